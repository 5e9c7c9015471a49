// Drives the page of an office that is being served. Usage: node serve.mjs ADDRESS FOLDER
import { end, expect, launch, scrolls } from "./browser.mjs";
import { answered, changed_lines, in_git, is_accessible as accessible, open_page, picture } from "./office.mjs";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [address, folder] = process.argv.slice(2);
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
const open = (path = "", own = context) => open_page(own, address, path);
const git = in_git(folder);
const lines = () => changed_lines(folder);
const file = () => join(folder, "宣传.jx");
const stored = () => readFileSync(file(), "utf8");

// The overview leads to a project.
const page = await open();
expect("one first-level heading", await page.locator("h1").count() === 1);
expect("no scrolling sideways at 1440", !(await scrolls(page)));
await accessible(page, "the overview");
await page.locator("table.projects a").first().click();
await page.waitForSelector("#form");
await accessible(page, "a project");
const target = page.locator("[data-fact='\"target\"']").first();
const table = page.locator("#table");
const found = page.locator("#found");

// What is typed is shown as it will be printed, and not yet stored.
const before = stored();
expect("a finding is told", (await found.textContent()).includes("JX063"), await found.textContent());
await target.fill("不少于8场");
await page.waitForFunction(() => document.querySelector("#table").textContent.includes("≥8"));
expect("the official table follows what is typed", (await table.textContent()).includes("≥8"));
expect("nothing is stored before the field is left", stored() === before);
await target.press("Enter");
await page.waitForFunction(() => document.querySelector("#status").className === "good");
expect("the finding is gone", !(await found.textContent()).includes("JX063"), await found.textContent());
expect("git shows the line that changed", JSON.stringify(lines()) === JSON.stringify(["-  指标 数量 宣传场次 6 场", "+  指标 数量 宣传场次 ≥ 8 场"]), JSON.stringify(lines()));
expect("the text follows the form", (await page.locator("#source").inputValue()).includes("宣传场次 ≥ 8 场"));

// Money between sources.
const money = (name) => page.locator(".row", { has: page.locator(`label:text-is("${name}")`) }).locator("input");
await money("财政拨款").fill("1.5 万元");
await answered(page, () => money("财政拨款").press("Enter"));
await page.waitForFunction(() => document.querySelector("#source").value.includes("财政拨款 1.5 万元"));
await money("其他资金").fill("0.5万元");
await answered(page, () => money("其他资金").press("Tab"));
await page.waitForFunction(() => document.querySelector("#source").value.includes("其他资金 0.5 万元"));
expect("money moved from one source to another", lines().some((line) => /^\+\s+财政拨款 1\.5 万元/.test(line)) && lines().some((line) => /^\+\s+其他资金 0\.5 ?万元/.test(line)), JSON.stringify(lines()));

// A new indicator, by keyboard.
await page.selectOption("#new-category", "质量");
await page.fill("#new-name", "活动按期率");
await page.fill("#new-target", "≥ 95%");
await answered(page, () => page.press("#new-target", "Enter"));
await page.waitForFunction(() => document.querySelector("#source").value.includes("指标 质量 活动按期率 ≥ 95%"));
expect("an indicator came, and its row in the table", (await table.textContent()).includes("活动按期率"));

// What is not understood is told, kept in the field, and written only when asked.
const after = stored();
await target.fill("≥ 八九场左右吧 约");
await target.press("Enter");
await page.waitForSelector("[aria-invalid=true]");
expect("nothing is stored that would be an error", stored() === after);
expect("what was typed stays in the field", (await target.inputValue()).startsWith("≥ 八九场"));
await target.press("Escape");
await page.waitForFunction(() => !document.querySelector("[aria-invalid=true]"));

// Undo and redo.
await page.locator("#undo").click();
await page.waitForFunction(() => !document.querySelector("#source").value.includes("活动按期率"));
expect("undo takes the last change back", !stored().includes("活动按期率"));
await page.locator("#redo").click();
await page.waitForFunction(() => document.querySelector("#source").value.includes("活动按期率"));
expect("redo makes it again", stored().includes("活动按期率"));

// Names are found by pinyin without an input method: what is spelt is marked, and Enter takes it.
const kind = page.locator("[data-fact='\"category\"']").first();
const unspelt = stored();
await kind.fill("shxy");
expect("what is spelt is marked", (await page.locator("#choices [aria-selected=true]").textContent()).includes("社会效益"));
await answered(page, () => kind.press("Enter"));
expect("a category is found by pinyin", stored().includes("指标 社会效益 宣传场次"), stored());
await answered(page, () => page.locator("#undo").click());
expect("and taken back", stored() === unspelt, stored());

// An input method: nothing is asked while a word is put together.
await page.evaluate(() => {
  const field = document.querySelector("[data-fact='\"target\"']");
  window.tried = 0;
  const real = window.fetch;
  window.fetch = (...all) => { if (String(all[0]).endsWith("try")) window.tried += 1; return real(...all); };
  field.focus();
  field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
  field.value = "bu";
  field.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
  window.before = window.tried;
  field.value = "不少于9场";
  field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "不少于9场" }));
});
expect("an input method is left in peace", await page.evaluate(() => window.before) === 0 && await page.evaluate(() => window.tried) > 0);
await target.press("Escape");

// Two tabs: each shows what the other did; the same fact is a conflict that shows both.
const other = await open(new URL(page.url()).pathname.split("/").slice(2).join("/"));
const theirs = other.locator("[data-fact='\"target\"']").first();
await target.fill("≥ 10 场");
await theirs.fill("≥ 12 场");
await theirs.press("Enter");
await other.waitForFunction(() => document.querySelector("#status").className === "good");
await page.waitForFunction(() => document.querySelector("#source").value.includes("宣传场次 ≥ 12 场"));
expect("what is typed stays when another tab changes the same", (await target.inputValue()) === "≥ 10 场");
for (const [choice, mine, yours, stays] of [["theirs", "≥ 10 场", "≥ 12 场", "≥ 12 场"], ["yours", "≥ 14 场", "≥ 13 场", "≥ 14 场"]]) {
  await target.fill(mine);
  if (!stored().includes(yours)) await answered(other, async () => { await theirs.fill(yours); await theirs.press("Enter"); });
  await page.waitForFunction((value) => document.querySelector("#source").value.includes(`宣传场次 ${value}`), yours);
  await target.press("Enter");
  await page.locator("#conflict[open]").waitFor();
  const shown = [await page.locator("#conflict-now").textContent(), await page.locator("#conflict-yours").textContent()];
  expect("a conflict shows both", shown.join() === [yours, mine].join(), shown);
  expect("nothing is stored over another's value", stored().includes(`宣传场次 ${yours}`), stored());
  await accessible(page, "a conflict");
  if (choice === "yours") await answered(page, () => page.locator("#conflict button[value=yours]").click());
  else await page.locator("#conflict button:not([value=yours])").click();
  await page.waitForFunction((value) => document.querySelector("[data-fact='\"target\"']").value === value, stays);
  expect(`a conflict is settled: ${choice}`, stored().includes(`宣传场次 ${stays}`), stored());
}

// An editor changes the file: the page follows.
writeFileSync(file(), stored().replace("办好宣传。", "办好防火宣传。"));
await page.waitForFunction(() => document.querySelector("#source").value.includes("办好防火宣传。"));
expect("a change on the disk is shown", true);
await other.close();

// The text: an editor with colours and findings, and what is typed there is in the form at once.
await page.reload();
const words = (kind) => page.locator(`#editor .jx-${kind}`);
const line = (text) => page.locator("#editor .cm-line", { hasText: text });
const text = () => page.locator("#source").inputValue();
const asks = [];
page.on("request", (request) => { if (/\/(try|look)$/.test(request.url())) asks.push(request.url().split("/").pop()); });
await words("keyword").first().waitFor();
expect("words have colours", (await words("function").allTextContents()).includes("宣传场次"), String(await words("function").allTextContents()));
const inks = await page.evaluate(() => ["keyword", "property", "number"].map((kind) => getComputedStyle(document.querySelector("#editor").shadowRoot.querySelector(`.jx-${kind}`)).color));
expect("each kind has its own", new Set(inks).size === 3, String(inks));
await line("宣传场次").click();
await page.keyboard.press("End");
for (let signs = 0; signs < 4; signs += 1) await page.keyboard.press("Backspace");
await page.keyboard.type("15 场");
await page.waitForFunction(() => document.querySelector("#table").textContent.includes("≥15"));
expect("the form follows what is typed in the text", (await target.inputValue()) === "≥ 15 场", await target.inputValue());
expect("nothing is stored while it is typed", !stored().includes("宣传场次 ≥ 15 场"));
await page.keyboard.press("Control+s");
await page.waitForFunction(() => document.querySelector("#status").className === "good");
expect("the text is stored", stored().includes("宣传场次 ≥ 15 场"));
expect("the form follows the text", (await target.inputValue()) === "≥ 15 场");

// The text follows the form with each key, and goes back with it.
await target.fill("≥ 16 场");
await page.waitForFunction(() => document.querySelector("#source").value.includes("宣传场次 ≥ 16 场"));
await line("宣传场次 ≥ 16 场").waitFor();
await target.press("Escape");
await line("宣传场次 ≥ 15 场").waitFor();
expect("what was only typed in the form is not stored", stored().includes("宣传场次 ≥ 15 场"));

// What may be written, by pinyin; a key asks once at most.
await line("群众满意度").click();
await page.keyboard.press("End");
await page.keyboard.press("Enter");
await page.waitForTimeout(300);
asks.length = 0;
await page.keyboard.type("指标 shul", { delay: 150 });
await page.locator("#editor .cm-tooltip-autocomplete li[aria-selected]", { hasText: "数量" }).waitFor();
expect(`a key asks once at most ${asks}`, asks.length <= 7 && asks.every((one) => one === "try"));
await page.waitForTimeout(120);
await page.keyboard.press("Enter");
await line("指标 数量").nth(1).waitFor();
expect("a completion by pinyin is taken", /\n  指标 数量\n/.test(await text()), await text());
await page.locator("#editor .cm-lintRange-error").first().waitFor();
const underline = await page.locator("#editor .cm-lintRange-error").first().evaluate((one) => getComputedStyle(one).textDecorationLine);
expect("what is wrong is underlined", underline === "underline", underline);

// An input method: the word is put together in peace, and stands there once.
const keys = await context.newCDPSession(page);
await page.keyboard.type(" ");
await page.waitForTimeout(300);
asks.length = 0;
for (const typed of ["p", "pei", "pei'x", "pei'xun"]) {
  await keys.send("Input.imeSetComposition", { text: typed, selectionStart: typed.length, selectionEnd: typed.length });
  await page.waitForTimeout(60);
}
expect("nothing is asked while a word is put together", asks.length === 0, String(asks));
expect("it is shown where it will stand", await line("指标 数量 pei'xun").count() === 1);
await keys.send("Input.insertText", { text: "培训场次" });
await page.waitForFunction(() => document.querySelector("#source").value.includes("指标 数量 培训场次"));
await page.waitForTimeout(300);
expect("then it is asked", asks.length > 0);
await page.keyboard.type(" ≥ 2 场");
await page.waitForFunction(() => document.querySelector("#table").textContent.includes("培训场次"));
await page.waitForFunction(() => !document.querySelector("#editor").shadowRoot.querySelector(".cm-lintRange-error"));
expect("a word of an input method stands there once", (await text()).split("培训场次").length === 2 && !(await text()).includes("pei"), await text());

// What a word means, for the pointer and for the keyboard.
await words("property").filter({ hasText: "预算" }).hover();
await page.locator("#editor .jx-told", { hasText: "预算" }).waitFor();
await accessible(page, "a project with what a word means");
await page.mouse.move(5, 5);
await page.locator("#editor .jx-told").waitFor({ state: "detached" });
await page.keyboard.press("Control+i");
await page.locator("#editor .jx-told", { hasText: "培训场次" }).waitFor();
await page.keyboard.press("Escape");
await page.locator("#editor .jx-told").waitFor({ state: "detached" });

// Left, it is stored; the plain box holds the same.
await page.locator("#search").focus();
await page.waitForFunction(() => document.querySelector("#status").className === "good");
await page.waitForTimeout(100);
expect("a text that is left is stored", stored().includes("\n  指标 数量 培训场次 ≥ 2 场\n"), stored());
await page.locator("#plain").click();
await accessible(page, "a project with the plain box");
const source = page.locator("#source");
await source.fill((await text()).replace("培训场次 ≥ 2 场", "培训场次 ≥ 3 场"));
await page.waitForFunction(() => document.querySelector("#table").textContent.includes("≥3"));
await source.press("Control+s");
await page.waitForTimeout(300);
expect("the plain box stores, too", stored().includes("培训场次 ≥ 3 场"));
await page.locator("#plain").click();
await line("培训场次 ≥ 3 场").waitFor();

// The same line changed here and on the disk: both are shown.
await line("培训场次 ≥ 3 场").click();
await page.keyboard.press("End");
for (let signs = 0; signs < 3; signs += 1) await page.keyboard.press("Backspace");
await page.keyboard.type("4 场");
writeFileSync(file(), stored().replace("培训场次 ≥ 3 场", "培训场次 ≥ 5 场"));
await page.waitForTimeout(700);
expect("what is typed in the text stays", (await text()).includes("培训场次 ≥ 4 场"));
await page.keyboard.press("Control+s");
await page.locator("#conflict[open]").waitFor();
await page.locator("#conflict button[value=yours]").click();
await page.waitForTimeout(500);
expect("a conflict of texts is settled", stored().includes("培训场次 ≥ 4 场"), stored());

// A finding leads to its line.
await page.locator("#found [data-line]").first().click();
expect("a finding leads to its line", await page.evaluate(() => document.activeElement.id === "editor"));
expect(`the page is silent ${page.troubles}`, page.troubles.length === 0);

// Findings: mended, and excused with a reason.
await page.goto(address + "findings");
await accessible(page, "the findings");
const excuse = page.locator("[data-excuse]").first();
const code = JSON.parse(await excuse.getAttribute("data-excuse")).code;
await page.locator("details.rule").evaluateAll((all) => all.forEach((one) => { one.open = true; }));
await excuse.click();
await page.fill("#reason-text", "上级统一的说法");
await page.locator("#reason button[value=excuse]").click();
await page.waitForFunction(() => document.querySelector("#status").className === "good");
expect("a finding is excused by a comment", stored().includes(`# 允许 ${code}：上级统一的说法`), stored());

// Search, also in pinyin, from the keyboard.
await page.locator("h1").click();
await page.keyboard.press("/");
await page.keyboard.type("xccc");
await page.waitForSelector("#hits li a");
expect("pinyin finds an indicator", (await page.locator("#hits li").first().textContent()).includes("宣传场次"));
expect(`the page is silent ${page.troubles}`, page.troubles.length === 0);

// What changed since the last commit, by what it means, and a commit of it.
await page.goto(address + "changes");
await accessible(page, "the changes");
expect("a change says what it means, and leads to its project", await page.locator("#since h3").count() > 0 && await page.locator("#since a[href*='/project/1']").count() > 0);
await picture(page, "changes");
await page.fill("#message", "按批复调整");
await page.locator("#message").press("Enter");
await page.locator("#changes .none").waitFor();
expect("what changed is committed", git("log", "-1", "--format=%s").trim() === "按批复调整" && git("status", "--porcelain").trim() === "", git("status", "--porcelain"));

// A file of several projects: the text begins with the project of the page.
writeFileSync(file(), `${stored()}\n${"# 说明\n".repeat(200)}项目 防汛值班 {\n  目标 "汛期有人值守。"\n}\n${"# 其余\n".repeat(100)}`);
const many = await open();
await many.locator("table.projects a", { hasText: "防汛值班" }).click();
const shown = many.locator("#editor .cm-line", { hasText: "项目 防汛值班" });
await shown.waitFor();
const frame = await many.locator("#editor .cm-scroller").boundingBox(), head = await shown.boundingBox();
expect("the text begins with the project of the page", head.y >= frame.y && head.y < frame.y + frame.height / 2, JSON.stringify([frame, head]));
const fingers = await browser.newContext({ viewport: { width: 360, height: 800 }, hasTouch: true, isMobile: true });
const touched_many = await open(new URL(many.url()).pathname.split("/").slice(2).join("/"), fingers);
expect("the plain box, too", await touched_many.locator("#source").evaluate((box) => box.scrollTop > box.scrollHeight / 2));
expect("nothing is pushed out of the page", await many.evaluate(() => scrollY) === 0);

// English, narrow, dark.
const english = await open("?lang=en");
expect("English", (await english.locator(".tabs").textContent()).includes("Findings"));
const narrow = await open("project/1", await browser.newContext({ viewport: { width: 360, height: 800 }, colorScheme: "dark" }));
expect("no scrolling sideways at 360", !(await scrolls(narrow)));
await narrow.locator("#editor .jx-keyword").first().waitFor();
await accessible(narrow, "a project, narrow and dark");
// A finger gets the box of the system.
const touched = await open("project/1", await browser.newContext({ viewport: { width: 360, height: 800 }, hasTouch: true, isMobile: true }));
expect("a finger has the plain box", await touched.locator("#source").isVisible() && await touched.locator("#editor").count() === 0);
await accessible(touched, "a project for a finger");
await end(browser);
