// Drives a list of changes in a real browser. Usage: node review.mjs REVIEW.html CHANGES HIGH PICTURES-FOLDER
import { end, expect, launch } from "./browser.mjs";
import { mkdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { resolve, join } from "node:path";

const [review, changes, high, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const browser = await launch();
const visible = (page, what) => page.evaluate((what) => [...document.querySelectorAll(what)].filter((one) => one.checkVisibility()).length, what);

for (const [name, options] of Object.entries({
  wide: { viewport: { width: 1280, height: 900 } },
  narrow: { viewport: { width: 360, height: 740 } },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
})) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const troubles = [];
  const requests = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) troubles.push(message.text()); });
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(resolve(review)).href);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  expect(`${name}: no scrolling sideways`, await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
  expect(`${name}: every change is listed`, await visible(page, "li.change") === Number(changes), await visible(page, "li.change"));
  await page.locator("#only-high").check();
  expect(`${name}: the filter leaves the grave ones`, await visible(page, "li.change") === Number(high), await visible(page, "li.change"));
  expect(`${name}: no project without a change is left`, await page.evaluate(() => [...document.querySelectorAll("section")].every((one) => !one.checkVisibility() || [...one.querySelectorAll("li.change")].some((change) => change.checkVisibility()))));
  await page.locator("#only-all").check();
  expect(`${name}: and everything comes back`, await visible(page, "li.change") === Number(changes));
  if (name === "dark") {
    expect("dark: the paper is dark", await page.evaluate(() => getComputedStyle(document.body).backgroundColor) !== "rgb(253, 252, 249)");
  }
  await page.locator("#only-high").check();
  await page.emulateMedia({ media: "print" });
  expect(`${name}: paper has no filter`, await visible(page, ".filter") === 0);
  expect(`${name}: paper has everything, whatever the filter says`, await visible(page, "li.change") === Number(changes), await visible(page, "li.change"));
  expect(`${name}: nothing is complained of`, troubles.length === 0, troubles.join("; "));
  expect(`${name}: nothing is fetched`, requests.length === 1, requests.join(" "));
  await context.close();
}
await end(browser);
