// How quick the page of an office is in a browser: figures are told, none is demanded. ADDRESS PAGE, of an office that is
// served. A key is measured from its event to the change of the official table, and of the findings, in the page.
import { launch } from "./browser.mjs";

const [address, path] = process.argv.slice(2);
const KEYS = 100;
const LOADS = 15;

const told = (name, times) => {
  times.sort((one, other) => one - other);
  const at = (percent) => times[Math.floor((times.length - 1) * percent / 100)].toFixed(1);
  console.log(`  browser: ${name}: p50 ${at(50)} ms, p95 ${at(95)} ms`);
};

const browser = await launch();
const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();

for (const [name, part] of [["first page", ""], [path, path]]) {
  const drawn = [], loaded = [];
  for (let load = 0; load < LOADS; load += 1) {
    await page.goto(address + part, { waitUntil: "load" });
    const times = await page.evaluate(() => {
      const [navigation] = performance.getEntriesByType("navigation");
      const paint = performance.getEntriesByName("first-contentful-paint")[0];
      return [paint ? paint.startTime : navigation.domContentLoadedEventEnd, navigation.loadEventEnd || performance.now()];
    });
    drawn.push(times[0]);
    loaded.push(times[1]);
  }
  told(`${name}, first drawn`, drawn);
  told(`${name}, loaded`, loaded);
}

// From the key to the last of the parts that changed, before and after the browser draws them.
await page.evaluate(() => {
  window.keys = [];
  let pressed = null;
  document.addEventListener("keydown", (event) => { pressed = event.timeStamp; }, true);
  const changed = new MutationObserver(() => {
    if (pressed === null) return;
    const key = { put: performance.now() - pressed };
    const since = pressed;
    pressed = null;
    requestAnimationFrame(() => setTimeout(() => {
      key.drawn = performance.now() - since;
      window.keys.push(key);
    }, 0));
  });
  changed.observe(document.getElementById("table"), { childList: true });
});
const figures = async (name) => {
  const keys = await page.evaluate(() => window.keys.splice(0));
  if (keys.length === 0) return console.log(`  browser: ${name}: no figures`);
  told(`${name}, ${keys.length} keys, new table in the page`, keys.map((key) => key.put));
  return told(`${name}, drawn`, keys.map((key) => key.drawn));
};
// Types a digit over the one before the cursor, and waits until the page shows what follows from it.
const typed = async (name) => {
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press("Shift+ArrowLeft");
    const count = await page.evaluate(() => window.keys.length);
    await page.keyboard.press(String(1 + key % 9));
    await page.waitForFunction((before) => window.keys.length > before, count, { polling: 5 });
    await page.waitForTimeout(80);
  }
  await figures(name);
};

const target = page.locator("#form input[data-fact='\"target\"'][data-was$='0%']").first();
await target.focus();
await target.evaluate((field) => field.setSelectionRange(field.value.length - 1, field.value.length - 1));
await typed("a key in a target");
await page.keyboard.press("Escape");
await page.waitForTimeout(300);
// The same indicator: of a file with many projects the editor shows others as well.
const name = await target.evaluate((field) => JSON.parse(field.closest("[data-at]").dataset.at).indicator);
const line = page.locator("#editor .cm-line", { hasText: name }).filter({ hasText: /指标 .*\d%/ }).first();
await line.click();
await page.keyboard.press("End");
await page.evaluate(() => { window.keys.length = 0; });
// To the last digit of the target, whatever stands behind it.
const words = await line.textContent();
for (let sign = words.length; sign > words.search(/\d%/) + 1; sign -= 1) await page.keyboard.press("ArrowLeft");
await typed("a key in the text");
await browser.close();
