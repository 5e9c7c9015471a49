// Drives the page of a department whose projects have pages of their own. Usage: node projects.mjs REPORT.html PROJECTS
import { end, expect, launch, open_file, scrolls } from "./browser.mjs";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const [report, projects] = process.argv.slice(2);
const browser = await launch();
const open = (options) => open_file(browser, report, options);

const page = await open();
const rows = page.locator(".departments tbody tr");
const seen = async () => (await rows.evaluateAll((all) => all.filter((row) => row.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }) && row.getClientRects().length > 0).length));
expect("every project has its row", await rows.count() === Number(projects));
expect(`a hundred stand open (${await seen()})`, await seen() === 100);
expect("no scrolling sideways at 1280", !(await scrolls(page)));

// A search finds what is folded away, and unfolds it.
const last = (await rows.last().locator("th a").textContent()).replace(/^\d+\./, "");
await page.fill("#search", last);
expect(`a search finds ${last}`, await seen() === 1 && await page.locator(".more[open]").count() === 1);
await page.press("#search", "Escape");
expect("Escape folds it again", await seen() === 100 && await page.locator(".more[open]").count() === 0);

// Sorted, all stand in one table; in the end as they came.
const money = page.locator(".departments thead button").nth(1);
const amounts = () => page.locator(".departments").first().locator("tbody tr td:nth-child(2)").evaluateAll((cells) => cells.map((cell) => Number(cell.dataset.v)));
await money.click();
const sorted = await amounts();
expect("the most money first, of all", sorted.length === Number(projects) && sorted.every((value, index) => index === 0 || sorted[index - 1] >= value));
await money.click();
await money.click();
expect("as they came", (await amounts()).length === 100 && await seen() === 100);

// A project leads to its page, and that back.
await page.locator(".departments tbody th a").first().click();
expect("the page of a project has its table", await page.locator("table.rows tbody tr").count() > 0 && await page.locator(".project").count() === 1);
expect("its findings", await page.locator(".review .findings li").count() > 0);
expect("its line in the sources", /:\d+$/.test((await page.locator(".project .source").textContent()).trim()));
await page.locator(".review .findings a").last().click();
expect("a finding leads to its row", await page.locator(":target").count() === 1);
await page.locator(".contents a").first().click();
expect("and back", page.url() === pathToFileURL(resolve(report)).href);
expect(`the page is silent ${page.troubles}`, page.troubles.length === 0);

const narrow = await open({ viewport: { width: 360, height: 800 } });
expect("no scrolling sideways at 360", !(await scrolls(narrow)));
const plain = await open({ javaScriptEnabled: false });
await plain.locator(".more summary").first().click();
expect("whole without script", await plain.locator(".departments tbody tr").count() === Number(projects) && await plain.locator(".more[open]").count() === 1);
await end(browser);
