// Documents in the one page: dropped, refused, compared, saved; seen, heard and reached. Usage: node page.mjs PAGE ROOM
import { end, expect, launch } from "./browser.mjs";
import { drop, give, inTheWay, opened, quiet, same, saved, settled, view } from "./one_page.mjs";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unpacked } from "./unpacked.mjs";

const [path, room] = process.argv.slice(2);
const given = (name) => join(room, "given", name);
const native = (...names) => readFileSync(join(room, "native", ...names));
const pictures = join(room, "pictures");
mkdirSync(pictures, { recursive: true });
const browser = await launch();
const state = (page) => page.textContent("#state");
const scrolls = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
const frame = (page, panel) => page.frameLocator(`#${panel} iframe`);

// ── Nothing yet ──
const page = await opened(browser, path);
await settled(page);
expect("it says that it is ready", (await state(page)).includes("可以放文件了"), await state(page));
expect("it says that nothing leaves it", (await page.textContent(".promise")).includes("不离开这台电脑"));
expect("what comes of it is told, and no result shown", await page.locator("#before").isVisible() && await page.locator("#result").isHidden());
const reached = [];
for (let step = 0; step < 6; step += 1) {
  await page.keyboard.press("Tab");
  reached.push(await page.evaluate(() => document.activeElement.className || document.activeElement.id || document.activeElement.dataset.pick));
}
expect("Tab reaches every way to give a file", reached.join(" ") === "skip language main folder files folder", reached.join(" "));
const policy = await page.getAttribute("meta[http-equiv=Content-Security-Policy]", "content");
expect("the policy allows nothing from anywhere", policy.startsWith("default-src 'none'; style-src 'sha256-") && !/unsafe-(inline|eval'|hashes)|https?:|data:|blob:|\*/.test(policy.replace("'wasm-unsafe-eval'", "")), policy);
await page.screenshot({ path: join(pictures, "empty.png"), fullPage: true });

// ── A document, dropped as from the desk of the system ──
await drop(page, ".zone[data-version=new]", [given("office.docx")]);
expect("it is read", (await state(page)).includes("7 个项目、56 个指标"), await state(page));
expect("its account is told", await page.locator(".account").count() === 1);
const rules = await frame(page, "findings").locator("section.warning, section.note, section.error").count();
expect("the findings are listed by rule", rules > 3, rules);
const background = await frame(page, "findings").locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
expect("they have their own style", background === "rgb(253, 252, 249)", background);
await page.screenshot({ path: join(pictures, "findings.png"), fullPage: true });
await view(page, "table");
expect("the official table stands there", await frame(page, "table").locator(".project").count() === 7);
await frame(page, "table").locator("#search").fill("满意");
await page.waitForTimeout(300);
expect("it can be searched", await frame(page, "table").locator("#count").textContent() !== "");
await frame(page, "table").locator("#search").fill("");
await frame(page, "table").locator(".contents a[href^='#']").last().click();
expect("its links lead within it", await page.evaluate(() => document.querySelector("#table iframe").contentDocument.activeElement.id !== ""));
await page.screenshot({ path: join(pictures, "table.png"), fullPage: true });
await view(page, "account");
expect("every part of the document has its fate", await frame(page, "account").locator("table.parts tr").count() > 300);
await view(page, "source");
expect("its text can be read", (await page.textContent("#source pre")).includes("指标"));
await view(page, "changes");
expect("without an older version the view says what to do", (await page.textContent("#changes")).includes("放进旧版本"));

// ── The same bytes as the program ──
await view(page, "save");
await page.screenshot({ path: join(pictures, "save.png"), fullPage: true });
same("findings as JSON", (await saved(page, "findingsJson")).bytes, native("office", "findings.json"));
same("findings as HTML", (await saved(page, "findingsHtml")).bytes, native("office", "findings.html"));
const report = await saved(page, "asHtml");
expect("it is called like the program's", report.name === "report.html", report.name);
same("the report", report.bytes, native("office", "html", "report.html"));
const word = await saved(page, "asDocx");
same("the Word document", word.bytes, native("office", "docx", word.name));
const book = await saved(page, "asXlsx");
same("the workbook", book.bytes, native("office", "xlsx", book.name));
const texts = unpacked((await saved(page, "asJx")).bytes);
expect("the texts are packed, a file each", texts.size === 8 && [...texts.keys()].every((name) => name.startsWith("office/")), [...texts.keys()].join());

// ── An older version ──
await give(page, "old", given("county"), true);
expect("the changes are listed at once", await frame(page, "changes").locator("h1").textContent() === "绩效目标变化清单");
await page.screenshot({ path: join(pictures, "changes.png"), fullPage: true });
await view(page, "save");
same("the changes as HTML", (await saved(page, "changesHtml")).bytes, native("changes", "html"));
same("the changes as Markdown", (await saved(page, "changesMarkdown")).bytes, native("changes", "markdown"));

// ── Keyboard, languages, screens ──
await page.focus("#tab-save");
await page.keyboard.press("Home");
await page.waitForTimeout(200);
expect("arrows walk the tabs", await page.evaluate(() => document.activeElement.id) === "tab-findings");
await page.keyboard.press("ArrowRight");
await page.waitForTimeout(200);
expect("to the next one", await page.locator("#table").isVisible() && await page.evaluate(() => document.activeElement.id) === "tab-table");
await page.click("#language");
await settled(page);
await page.waitForTimeout(300);
expect("it speaks English, too", (await page.textContent("h1")) === "Performance targets, checked" && (await page.textContent(".account")).includes("indicators"));
await view(page, "findings");
expect("and so do the findings", await frame(page, "findings").locator("h1").textContent() === "Findings on the performance targets");
await page.screenshot({ path: join(pictures, "english.png"), fullPage: true });
await page.click("#language");
await settled(page);

// ── Several at once, some of them refused ──
writeFileSync(given("旧.doc"), Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(1024)]));
writeFileSync(given("扫描.pdf"), "%PDF-1.7\n");
writeFileSync(given("坏.docx"), readFileSync(given("office.docx")).subarray(0, 900));
writeFileSync(given("空.txt"), "");
writeFileSync(given("噪声.bin"), Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 251)));
await give(page, "new", ["旧.doc", "扫描.pdf", "坏.docx", "空.txt", "噪声.bin", "tables.xlsx"].map(given));
expect("each refused document says why", await page.locator(".refused").count() === 5, await page.locator(".refused").allTextContents());
const why = (await page.locator(".refused").allTextContents()).join("\n");
for (const word of ["JX601", "JX602", "另存为 docx", "不读 PDF"]) expect(`it says ${word}`, why.includes(word), why);
expect("the one that can be read is", (await state(page)).includes("7 个项目"), await state(page));
await page.screenshot({ path: join(pictures, "refused.png"), fullPage: true });
await give(page, "new", [given("旧.doc")]);
expect("nothing but a refused one leaves no result", await page.locator("#result").isHidden() && (await state(page)).includes("没有读到"), await state(page));
expect("nothing in the way of anybody who is refused", await inTheWay(await again("refused")) === "");

// ── A text with mistakes: findings, but no table ──
mkdirSync(given("broken"), { recursive: true });
writeFileSync(given("broken/甲.jx"), "项目 甲 {\n  预算 两万\n  指标 数量 甲 >= \n");
writeFileSync(given("broken/说明.md"), "| 甲 | 乙 |\n|---|---|\n");
await give(page, "new", given("broken"), true);
expect("what lies beside texts is left alone, and told", (await state(page)).includes("另有 1 个文件"), await state(page));
await view(page, "table");
expect("the first errors stand where the table would", await page.locator("#table .refused").count() > 0);
await page.screenshot({ path: join(pictures, "broken.png"), fullPage: true });
await view(page, "save");
expect("what cannot be made cannot be asked for", await page.locator("[data-save=asDocx]").first().isDisabled());
same("the text is saved as it is", (await saved(page, "asJx")).bytes, readFileSync(given("broken/甲.jx")));
await page.locator(".zone[data-version=new] [data-forget]").click();
await settled(page);
expect("taken away, it is as at the beginning", await page.locator("#before").isVisible());
quiet(page);

// ── A folder, dropped: departments below it, settings, and much that is none of it ──
const other = await opened(browser, path);
await settled(other);
await drop(other, ".zone[data-version=new]", [given("县")]);
const told = await state(other);
expect("a dropped folder is read", told.includes("2 个项目"), told);
expect("what is none of it is left alone, and counted", told.includes("另有 8 个文件"), told);
await view(other, "source");
const inIt = await other.locator("#source-file option").allTextContents();
expect("its texts are those that a check reads", inIt.sort().join() === "县/乙局/下/部门.jx,县/甲局/部门.jx", inIt.join());
await view(other, "save");
same("a folder: findings as JSON", (await saved(other, "findingsJson")).bytes, native("县", "findings.json"));
same("a folder: findings as HTML", (await saved(other, "findingsHtml")).bytes, native("县", "findings.html"));
await give(other, "new", given("县"), true);
await view(other, "save");
same("the folder, chosen", (await saved(other, "findingsJson")).bytes, native("县", "findings.json"));
quiet(other);

// ── Screens ──
async function again(files) {
  const one = await opened(browser, path, { bypassCSP: true });
  await settled(one);
  if (files === "refused") await give(one, "new", [given("旧.doc")]);
  return one;
}
for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 360]) {
    const one = await opened(browser, path, { bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
    await settled(one);
    const about = `${width}, ${colorScheme}`;
    expect(`nothing in the way of anybody, empty, ${about}`, await inTheWay(one) === "", await inTheWay(one));
    await give(one, "new", [given("office.docx"), given("旧.doc")]);
    for (const name of ["findings", "table", "changes", "account", "source", "save"]) {
      await view(one, name);
      const found = await inTheWay(one, name);
      expect(`nothing in the way of anybody, ${name}, ${about}`, found === "", found);
      expect(`nothing wider than the screen, ${name}, ${about}`, await scrolls(one) <= 0, await scrolls(one));
      await one.screenshot({ path: join(pictures, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
    await one.context().close();
  }
}

// ── What is not allowed ──
const locked = await opened(browser, path);
await settled(locked);
const asked = await locked.evaluate(async () => {
  const refused = [];
  document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
  await fetch("https://example.invalid/").catch(() => {});
  new Image().src = "https://example.invalid/a.png";
  await new Promise((done) => setTimeout(done, 200));
  return refused.join(" ");
});
expect("the page itself cannot ask for anything", asked.includes("connect-src") && asked.includes("img-src"), asked);

// ── Figures, told and not demanded ──
const timed = await opened(browser, path);
await timed.waitForFunction(() => performance.getEntriesByName("jixiao:practised").length > 0);
const [ready, practised] = await timed.evaluate(() => ["opened", "practised"].map((name) => Math.round(performance.getEntriesByName(`jixiao:${name}`)[0].duration)));
console.log(`figure the page, ms from its beginning: ready ${ready}; practised ${practised}`);
for (let round = 0; round < 8; round += 1) await give(timed, "new", [given("office.docx")]);
const figures = await timed.evaluate(() => ["findings", "table"].map((name) => performance.getEntriesByName(`jixiao:${name}`).map((one) => Math.round(one.duration))));
console.log(`figure office.docx, ms from the drop: findings ${figures[0].join(" ")}; table ${figures[1].join(" ")}`);
const published = process.env.JIXIAO_PUBLISHED;
if (published) {
  copyFileSync(published, given("published.txt"));
  for (let round = 0; round < 8; round += 1) await give(timed, "new", [given("published.txt")]);
  const rounds = await timed.evaluate(() => ["findings", "table"].map((name) => performance.getEntriesByName(`jixiao:${name}`).slice(8).map((one) => Math.round(one.duration))));
  console.log(`figure the published text, ms from the drop: findings ${rounds[0].join(" ")}; table ${rounds[1].join(" ")}`);
}
await end(browser);
