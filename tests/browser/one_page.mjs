// What the scripts of the one page share: the page opened from disk, files given to it, and what it saves.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "./browser.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// The page without a network, as an office opens it; what it asks for and complains of is kept.
export const opened = async (browser, path, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "zh-CN", acceptDownloads: true, offline: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  page.troubles = [];
  page.requests = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) page.troubles.push(message.text()); });
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("request", (request) => { if (!request.url().startsWith("blob:")) page.requests.push(request.url()); });
  await page.goto(pathToFileURL(resolve(path)).href);
  return page;
};

export const quiet = (page) => {
  expect("no request but the page", page.requests.length === 1, page.requests.join(" "));
  expect("no trouble in the console", page.troubles.length === 0, page.troubles.join("; "));
};

export const settled = (page) => page.waitForFunction(() => {
  const state = document.querySelector("#state");
  return !state.classList.contains("working") && !document.querySelector("main").hasAttribute("aria-busy");
});

// Files, or a folder, through the page's own chooser.
export const give = async (page, version, paths, isFolder = false) => {
  await page.setInputFiles(`.zone[data-version=${version}] input[data-of=${isFolder ? "folder" : "files"}]`, paths);
  await page.waitForTimeout(30);
  await settled(page);
};

// Files from the desk of the system, let fall on a place of the page.
export const drop = async (page, where, files) => {
  const client = await page.context().newCDPSession(page);
  const box = await page.locator(where).boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const data = { items: [], files: files.map((file) => resolve(file)), dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) await client.send("Input.dispatchDragEvent", { type, x, y, data });
  await page.waitForTimeout(30);
  await settled(page);
};

export const view = async (page, name) => {
  await page.click(`#tab-${name}`);
  await page.waitForFunction((name) => !document.querySelector(`#${name}`).hidden, name);
};

// The bytes of what a button saves, and their name.
export const saved = async (page, name, nth = 0) => {
  const waiting = page.waitForEvent("download");
  await page.locator(`[data-save=${name}]`).nth(nth).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
};

export const same = (what, one, other) => {
  const at = one.findIndex((byte, index) => byte !== other[index]);
  const where = at < 0 ? Math.min(one.length, other.length) : at;
  expect(what, one.equals(other), `${one.length} and ${other.length} bytes, first other at ${where}: ${one.subarray(where - 40, where + 40)} | ${other.subarray(where - 40, where + 40)}`);
};

// Every file below a folder, by its path in it.
export const below = (folder, path = "") => readdirSync(join(folder, path)).sort().flatMap((name) => {
  const inside = path ? `${path}/${name}` : name;
  return statSync(join(folder, inside)).isDirectory() ? below(folder, inside) : [inside];
});

// What is in the way of anybody, on the page and in the frame of a view. Scripts from outside are against the policies of
// both: that is stepped around for axe alone.
export const inTheWay = async (page, view = "") => {
  const handle = view && await page.$(`#${view} iframe`);
  const places = [page, ...(handle ? [await handle.contentFrame()] : [])];
  const found = [];
  for (const place of places) {
    await place.evaluate(axe);
    const { violations } = await place.evaluate(() => axe.run(document, { resultTypes: ["violations"], iframes: false }));
    const grave = violations.filter((one) => ["moderate", "serious", "critical"].includes(one.impact));
    found.push(...grave.map((one) => `${one.impact} ${one.id} ${one.nodes[0].html.slice(0, 160)}`));
  }
  return found.join("; ");
};
