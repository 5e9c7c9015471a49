// Drives the page before those of several departments. Usage: node site.mjs REPORT.html DEPARTMENTS
import { end, expect, launch, open_file, scrolls } from "./browser.mjs";
import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { resolve } from "node:path";

const [report, departments] = process.argv.slice(2);
const browser = await launch();
const open = (options) => open_file(browser, report, options);

const page = await open();
const names = () => page.locator(".departments tbody tr:not([hidden]) th a").allTextContents();
const first = await names();
expect(`every department has its row (${first.length})`, first.length === Number(departments));
expect("no scrolling sideways at 1280", !(await scrolls(page)));
expect("one first-level heading", await page.locator("h1").count() === 1);

// Links lead to files that are there, and to what stands in them.
const links = await page.locator("main a").evaluateAll((all) => [...new Set(all.map((link) => link.href))]);
expect(`links lead to files that are there (${links.length})`, links.length > 0 && links.every((link) => existsSync(fileURLToPath(link.split("#")[0]))));
const other = await browser.newPage();
let missing = [];
for (const link of links) {
  await other.goto(link);
  const hash = new URL(link).hash.slice(1);
  if (hash && !(await other.evaluate((id) => Boolean(document.getElementById(id)), hash))) missing.push(link);
}
expect(`links lead to what stands there ${missing}`, missing.length === 0);
await other.goto(links.find((link) => link.includes("/report/")).split("#")[0]);
await other.locator(".contents a").first().click();
expect("a department leads back", other.url() === pathToFileURL(resolve(report)).href);

// Every number that counts something leads to it.
const bare = await page.locator(".departments tbody td.amount, .changed tbody td.amount").evaluateAll((cells) =>
  cells.filter((cell) => !["0", "—"].includes(cell.textContent.trim()) && !cell.querySelector("a")).map((cell) => cell.textContent));
expect(`figures lead to what they count ${bare}`, bare.length === 0);

// Sorting by money: the most first, then the least, then as they came.
const money = page.locator(".departments thead button").nth(1);
const amounts = async () => (await page.locator(".departments tbody tr td:nth-child(2)").evaluateAll((cells) => cells.map((cell) => Number(cell.dataset.v))));
const falls = (values) => values.every((value, index) => index === 0 || values[index - 1] >= value);
await money.click();
expect("the most money first", falls(await amounts()) && await page.locator("[aria-sort=descending]").count() === 1);
await money.press("Enter");
expect("the least money first", falls((await amounts()).reverse()) && await page.locator("[aria-sort=ascending]").count() === 1);
await money.click();
expect("as they came", JSON.stringify(await names()) === JSON.stringify(first) && await page.locator("[aria-sort]").count() === 0);

// Search.
await page.fill("#search", first[1]);
expect("a search leaves what it is for", JSON.stringify(await names()) === JSON.stringify([first[1]]));
await page.press("#search", "Escape");
expect("Escape shows everything", (await names()).length === first.length);

// Comparisons.
expect("prices are compared", await page.locator("#prices").count() === 1);
await page.locator(".compared summary").first().click();
expect("a price names its line in the sources", /:\d+$/.test((await page.locator(".compared .source").first().textContent()).trim()));

await page.click("#theme");
expect("dark on demand", await page.evaluate(() => document.documentElement.dataset.theme) === "dark");
expect(`the page is silent ${page.troubles}`, page.troubles.length === 0);

const narrow = await open({ viewport: { width: 360, height: 800 } });
expect("no scrolling sideways at 360", !(await scrolls(narrow)));
const plain = await open({ javaScriptEnabled: false });
expect("whole without script", await plain.locator(".departments tbody tr").count() === Number(departments) && !(await plain.locator("#search").isVisible()));
await end(browser);
