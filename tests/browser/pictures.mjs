// The pictures of the README, and the words that each shows, by which a suite knows whether it is still true.
// Usage: node pictures.mjs REPORT.html ADDRESS FOLDER [--check], with the address of an office that is served.
import { end, expect, launch } from "./browser.mjs";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [report, address, folder, check] = process.argv.slice(2);

// What a picture is of: a page, its size, and the parts whose words it shows.
const pictures = [
  { name: "form", page: `${address}project/6`, width: 1280, height: 620, parts: ["#form h1", "#table"] },
  { name: "report", page: pathToFileURL(resolve(report)).href, width: 1060, height: 640, parts: ["header.title", "section.overview"] },
];

const browser = await launch();
for (const { name, page: path, width, height, parts } of pictures) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: "light", locale: "zh-CN", reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(path);
  const words = await page.evaluate((parts) => parts.map((part) => document.querySelector(part).innerText), parts);
  const shown = words.join("\n").split(/\s*\n\s*/).map((line) => line.trim()).filter(Boolean).join("\n") + "\n";
  const text = join(folder, `${name}.txt`);
  if (check) {
    expect(`${name}.png shows what the page says now: else \`just pictures\``, readFileSync(text, "utf8") === shown, shown);
  } else {
    await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
    writeFileSync(text, shown);
    console.log(`wrote ${name}.png`);
  }
  await context.close();
}
await end(browser);
