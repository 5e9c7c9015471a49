// What every page keeps: one frame, no request, readable by all, whole on a narrow screen. Usage: node pages.mjs PAGE.html…
import { end, expect, launch } from "./browser.mjs";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const browser = await launch();
for (const path of process.argv.slice(2)) {
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    const requests = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(resolve(path)).href);
    expect(`${path}: asks for nothing`, requests.length === 1, requests.join(" "));
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
    const grave = violations.filter((one) => ["moderate", "serious", "critical"].includes(one.impact));
    expect(`${path}: nothing in the way of anybody, ${colorScheme}`, grave.length === 0, grave.map((one) => `${one.impact} ${one.id} ${one.nodes[0].html.slice(0, 120)}`).join("; "));
    if (colorScheme === "light") {
      await page.setViewportSize({ width: 360, height: 740 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(`${path}: nothing wider than 360`, wide <= 0, wide);
      const parted = await page.evaluate(() => [...document.querySelectorAll("td.number")].filter((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return cell.textContent.trim() && (range.getClientRects().length > 1 || range.getBoundingClientRect().right > cell.getBoundingClientRect().right + 1);
      }).map((cell) => cell.textContent));
      expect(`${path}: no number is parted or cut`, parted.length === 0, parted.join(" "));
    }
    await context.close();
  }
}
await end(browser);
