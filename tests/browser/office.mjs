// What the scripts share that drive the page of an office being served: pages that ask nobody else, git, and axe.
import { expect, scrolls } from "./browser.mjs";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// What goes wrong in a page, and what it asks of anybody but its office, is kept in `troubles`; a conflict is no trouble.
export const open_page = async (context, address, path = "") => {
  const page = await context.newPage();
  page.troubles = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type()) && !message.text().includes("409 (Conflict)")) page.troubles.push(message.text()); });
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  page.on("request", (request) => { if (!request.url().startsWith(new URL(address).origin)) page.troubles.push(request.url()); });
  await page.goto(address + path);
  return page;
};

export const in_git = (folder) => (...options) => execFileSync("git", ["-C", folder, ...options], { encoding: "utf8" });

// The lines that git says changed.
export const changed_lines = (folder) => in_git(folder)("diff", "-U0").split("\n").filter((line) => /^[+-](?![+-])/.test(line));

export const is_accessible = async (page, what) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  const grave = violations.filter((one) => ["serious", "moderate", "critical"].includes(one.impact));
  expect(`${what} is accessible`, grave.length === 0, JSON.stringify(grave.map((one) => [one.id, one.nodes.map((node) => node.target)])));
};

export const is_within = async (page, what) => expect(`no scrolling sideways: ${what}`, !(await scrolls(page)));

// Does what is answered in the status, and waits until that is shown.
export const answered = async (page, act) => {
  await page.evaluate(() => { document.querySelector("#status").className = ""; });
  await act();
  await page.waitForFunction(() => document.querySelector("#status").className !== "");
};

// Kept where somebody wants to look at them.
export const picture = async (page, name) => {
  if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `${name}.png`), fullPage: true });
};
