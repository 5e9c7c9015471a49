// What all scripts that drive a browser share: the browser itself, and what is expected of it.
import { chromium } from "playwright-core";

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update"],
});

let failures = 0;
export const expect = (what, holds, seen = "") => {
  console.log(`${holds ? "ok  " : "FAIL"} ${what}${holds ? "" : ` (${seen})`}`);
  if (!holds) failures += 1;
};

export const end = async (browser) => {
  await browser.close();
  process.exit(failures ? 1 : 0);
};
