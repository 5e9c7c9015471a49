// Drives a report in a real browser. Usage: node report.mjs REPORT.html PROJECTS SEARCH-WORD PICTURES-FOLDER
import { end, expect, launch, scrolls } from "./browser.mjs";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { resolve, join } from "node:path";

const [report, projectCount, word, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const browser = await launch();
const open = async (options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.troubles = [];
  page.requests = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) page.troubles.push(message.text()); });
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("request", (request) => page.requests.push(request.url()));
  await page.goto(pathToFileURL(resolve(report)).href);
  return page;
};
const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

// Contrast of every visible text with the nearest painted background behind it.
const weakest = (page) => page.evaluate(() => {
  const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const parse = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = ([red, green, blue]) => 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
  let worst = { ratio: 21, text: "" };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    if (!text || !element.checkVisibility() || element.closest("script, style, title, desc")) continue;
    const style = getComputedStyle(element);
    const ink = parse(element.closest("svg") ? style.fill : style.color);
    let behind = element;
    let paper = [255, 255, 255];
    while (behind) {
      const colour = parse(getComputedStyle(behind).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) { paper = colour; break; }
      behind = behind.parentElement;
    }
    const [high, low] = [light(ink), light(paper)].sort((one, other) => other - one);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < worst.ratio) worst = { ratio, text: text.slice(0, 20) };
  }
  for (const field of document.querySelectorAll("input[placeholder]")) {
    const [high, low] = [getComputedStyle(field, "::placeholder").color, getComputedStyle(field).backgroundColor].map((colour) => light(parse(colour))).sort((one, other) => other - one);
    const ratio = (high + 0.05) / (low + 0.05);
    if (ratio < worst.ratio) worst = { ratio, text: field.placeholder };
  }
  return worst;
});

const page = await open();
expect("the language is stated", await page.evaluate(() => document.documentElement.lang) === "zh-CN");
expect("one first-level heading a department", await page.locator("h1").count() >= 1);
expect("every project has its section", await page.locator(".project").count() === Number(projectCount), await page.locator(".project").count());
expect("no scrolling sideways at 1280", !(await scrolls(page)));
const handlers = await page.evaluate(() => [...document.querySelectorAll("*")].filter((one) => [...one.attributes].some((attribute) => attribute.name.startsWith("on") || attribute.name === "style")).map((one) => one.outerHTML.slice(0, 120)));
expect("no inline handlers or styles", handlers.length === 0, handlers.join(" "));
await page.screenshot({ path: join(folder, "wide.png") });
await page.screenshot({ path: join(folder, "wide-full.png"), fullPage: true });

// Links lead somewhere.
const dead = await page.evaluate(() => [...document.querySelectorAll('a[href^="#"]')].filter((link) => !document.getElementById(link.hash.slice(1))).map((link) => link.hash));
expect("every link in the page leads somewhere", dead.length === 0, dead.join(" "));
const ids = await page.evaluate(() => { const all = [...document.querySelectorAll("[id]")].map((one) => one.id); return all.length - new Set(all).size; });
expect("ids are unique", ids === 0, ids);
const pictures = await page.evaluate(() => [...document.querySelectorAll("svg")].filter((svg) => svg.getAttribute("role") !== "img" || !(svg.getAttribute("aria-label") || svg.querySelector("title"))).length);
expect("every picture has a text", pictures === 0, pictures);
expect("header cells have a scope", await page.locator("table th:not([scope])").count() === 0);

// Search.
const rows = () => page.locator(".rows tbody tr[id]:visible").count();
const all = await rows();
// A busy machine answers late: what is told of the search says when it has.
const searched = async (act) => {
  const before = await page.textContent("#count");
  await act();
  const isTold = (before) => document.querySelector("#count").textContent !== before;
  await page.waitForFunction(isTold, before, { timeout: 10_000 }).catch(() => {});
};
await searched(() => page.fill("#search", word));
const some = await rows();
expect("searching narrows the rows", some > 0 && some < all, `${some} of ${all}`);
expect("the count is told", (await page.textContent("#count")).includes(String(some)));
expect("a category stays beside what is found", await page.locator(".rows tbody:visible th.first:visible").count() > 0);
await page.screenshot({ path: join(folder, "search.png") });
const spans = await page.evaluate(() => [...document.querySelectorAll(".rows")].filter((table) => table.offsetParent).flatMap((table) => {
  const columns = table.tHead.rows[0].cells.length;
  const covered = [];
  return [...table.tBodies].flatMap((body) => [...body.rows].filter((row) => row.id && !row.hidden).map((row, index, rows) => {
    let width = covered[index] || 0;
    for (const cell of row.cells) {
      width += 1;
      for (let below = 1; below < cell.rowSpan; below += 1) covered[index + below] = (covered[index + below] || 0) + 1;
    }
    if (index === rows.length - 1) covered.length = 0;
    return width === columns;
  }));
}).filter((fits) => !fits).length);
expect("merged cells still cover what is found", spans === 0, spans);
await searched(() => page.fill("#search", "查无此项查无此项"));
expect("nothing found is said", await page.locator("#empty").isVisible() && await rows() === 0);
await searched(() => page.press("#search", "Escape"));
expect("Escape brings everything back", await rows() === all, await rows());

// Keyboard and theme.
await page.evaluate(() => { document.activeElement.blur(); window.scrollTo(0, 0); });
const reached = [];
for (let step = 0; step < 4; step += 1) {
  await page.keyboard.press("Tab");
  reached.push(await page.evaluate(() => document.activeElement.id || document.activeElement.className));
}
const fresh = await open();
const order = [];
for (let step = 0; step < 3; step += 1) {
  await fresh.keyboard.press("Tab");
  order.push(await fresh.evaluate(() => document.activeElement.id || document.activeElement.className));
}
expect("Tab reaches the skip link, the search and the theme", order.join(" ") === "skip search theme", order.join(" "));
const day = await background(page);
expect("contrast by day is AA", (await weakest(page)).ratio >= 4.5, JSON.stringify(await weakest(page)));
await page.click("#theme");
const night = await background(page);
expect("the theme switches", day !== night, night);
expect("contrast by night is AA", (await weakest(page)).ratio >= 4.5, JSON.stringify(await weakest(page)));
await page.screenshot({ path: join(folder, "dark.png") });
expect("no trouble in the console", page.troubles.length === 0, page.troubles.join("; "));
expect("no request but the page", page.requests.length === 1, page.requests.join(" "));

const dark = await open({ colorScheme: "dark" });
expect("a dark system gets a dark page", await background(dark) === night);

for (const width of [360, 720, 768, 1120]) {
  const narrow = await open({ viewport: { width, height: 780 } });
  expect(`no scrolling sideways at ${width}`, !(await scrolls(narrow)));
  await narrow.screenshot({ path: join(folder, `narrow-${width}.png`) });
  await narrow.locator(".project").first().scrollIntoViewIfNeeded();
  await narrow.locator(".project .rows").first().screenshot({ path: join(folder, `table-${width}.png`) });
}
const silent = await open({ javaScriptEnabled: false });
expect("the page is whole without its script", await silent.locator(".project:visible").count() === Number(projectCount));

// Paper.
const paper = join(folder, "report.pdf");
await page.pdf({ path: paper, preferCSSPageSize: true, printBackground: true });
const sheets = execFileSync("pdftotext", ["-layout", paper, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
expect("a page for each project and more", sheets.length > Number(projectCount), sheets.length);
expect("findings stay on the screen", !sheets.join("").replace(/\s/g, "").includes("检查发现"));
const headings = await page.evaluate(() => [...document.querySelectorAll(".project h3")].map((heading) => heading.textContent.replace(/\s/g, "")));
const plain = sheets.map((sheet) => sheet.replace(/\s/g, ""));
const places = headings.map((heading) => plain.findIndex((sheet) => sheet.includes(heading)));
expect("every heading can be found in the text of the PDF", places.every((place) => place >= 0), places.join(" "));
expect("each project starts a page of its own", new Set(places).size === places.length, places.join(" "));
// The pages from the first project on hold tables only, where the report is of one department.
const tables = await page.locator("h1").count() === 1 ? plain.slice(Math.min(...places)).filter(Boolean) : [];
const headless = tables.filter((sheet) => !sheet.includes("三级指标"));
expect("the column headings are on every page of a table", headless.length === 0, headless.map((sheet) => sheet.slice(0, 40)).join(" | "));
const names = await page.evaluate(() => [...new Set([...document.querySelectorAll(".rows th.first")].map((cell) => cell.textContent.trim()))]);
// A long name wraps, and the text of the PDF then runs across cells: its beginning is enough.
const unlabelled = tables.filter((sheet) => !names.some((name) => sheet.includes(name.slice(0, 4))));
expect("a category is named on every page of a table", unlabelled.length === 0, unlabelled.length);

await end(browser);
