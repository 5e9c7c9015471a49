// What all scripts that drive a browser share: the browser itself, and what is expected of it.
import { chromium } from "playwright-core";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update"],
});

// A page of the disk in a context of its own; what goes wrong in it, and what it asks of anybody, is kept in `troubles`.
export const open_file = async (browser, path, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.troubles = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) page.troubles.push(message.text()); });
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("request", (request) => { if (!request.url().startsWith("file:")) page.troubles.push(request.url()); });
  await page.goto(pathToFileURL(resolve(path)).href);
  return page;
};

export const scrolls = (page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

let failures = 0;
export const expect = (what, holds, seen = "") => {
  console.log(`${holds ? "ok  " : "FAIL"} ${what}${holds ? "" : ` (${seen})`}`);
  if (!holds) failures += 1;
};

export const end = async (browser) => {
  await browser.close();
  process.exit(failures ? 1 : 0);
};
