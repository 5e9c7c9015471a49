// Brings documents into an office that is being served, and fills in a checkpoint. Usage: node serve_more.mjs ADDRESS FOLDER DOCUMENTS
import { end, expect, launch } from "./browser.mjs";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [address, folder, documents] = process.argv.slice(2);
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
const open = async (path = "", own = context) => {
  const page = await own.newPage();
  page.troubles = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) page.troubles.push(message.text()); });
  page.on("pageerror", (error) => page.troubles.push(String(error)));
  await page.goto(address + path);
  return page;
};
const scrolls = (page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
const accessible = async (page, what) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  const grave = violations.filter((one) => ["serious", "moderate", "critical"].includes(one.impact));
  expect(`${what} is accessible`, grave.length === 0, JSON.stringify(grave.map((one) => [one.id, one.nodes.map((node) => node.target)])));
};
const picture = async (page, name) => { if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `${name}.png`), fullPage: true }); };
const git = (...options) => execFileSync("git", ["-C", folder, ...options], { encoding: "utf8" });
const changed = () => git("-c", "core.quotePath=false", "status", "--porcelain", "-uall").trim().split("\n").filter(Boolean);
const stored = (name) => readFileSync(join(folder, name), "utf8");
const brought = (page) => page.locator("#brought");
const drop = (page, path, name) => page.evaluate(({ bytes, name }) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0))], name));
  document.getElementById("drop").dispatchEvent(new DragEvent("dragover", { bubbles: true, cancelable: true, dataTransfer: data }));
  document.getElementById("drop").dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
}, { bytes: readFileSync(path).toString("base64"), name });
const ready = (page, words) => page.waitForFunction((words) => document.querySelector("#brought").textContent.includes(words), words);

// A Word document is dropped: what was read is shown, and nothing is written.
const page = await open("import");
expect("one first-level heading", await page.locator("h1").count() === 1);
await accessible(page, "where a document is dropped");
await drop(page, join(documents, "新增.docx"), "新增.docx");
await ready(page, "防汛值班");
expect("nothing is written before it is asked for", changed().length === 0, changed());
expect("the account of every sign is told", (await brought(page).locator("table.tally tr").count()) === 4);
expect("the text is shown as it would be written", (await brought(page).locator("pre").allTextContents()).some((text) => text.includes("项目") && text.includes("防汛值班")));
await accessible(page, "a document that was read");
await picture(page, "import-read");

// Somebody writes in between: what the person saw is not what would be written now.
const before = stored("宣传.jx");
writeFileSync(join(folder, "宣传.jx"), before + "\n# 批注\n");
await brought(page).locator("[data-write]").click();
await ready(page, "防汛值班");
const said = await brought(page).textContent();
if (!said.includes("已经写入")) {
  expect("what became another is shown once more", said.includes("刚才又改了") && changed().every((line) => line.endsWith("宣传.jx")), changed());
  await brought(page).locator("[data-write]").press("Enter");
}
await ready(page, "已经写入");
expect("a new file came, and what was there stays", changed().some((line) => line.startsWith("??") && line.includes("防汛值班")) && stored("宣传.jx") === before + "\n# 批注\n", changed());
expect("what was done has the focus", await page.evaluate(() => document.activeElement.classList.contains("done")));
await brought(page).locator(".done a").first().click();
await page.waitForSelector("table.projects");
expect("the project is among the others", (await page.locator("table.projects").textContent()).includes("防汛值班"));
git("add", "-A");
git("-c", "user.name=甲", "-c", "user.email=a@example.invalid", "commit", "-q", "-m", "导入");

// The same document once more brings nothing; by the keyboard, from a file that is chosen.
await page.goto(address + "import");
await page.setInputFiles("#document", join(documents, "新增.docx"));
await ready(page, "没有要写的");
expect("the same document brings nothing", await brought(page).locator("[data-write]").count() === 0);

// A document that says otherwise conflicts: told, and nothing is passed over.
await page.setInputFiles("#document", join(documents, "另一份.docx"));
await ready(page, "冲突");
expect("a conflict is told before anything is written", changed().length === 0, changed());
await accessible(page, "a document with conflicts");
await picture(page, "import-conflict");
await brought(page).locator("[data-theirs]").click();
await page.waitForFunction(() => document.querySelector("#brought [data-theirs]")?.dataset.theirs === "");
await brought(page).locator("[data-write]").click();
await ready(page, "已经写入");
expect("where they conflict, the document's was taken", stored("宣传.jx").includes("8 场") && !stored("宣传.jx").includes("<<<<<<<"), stored("宣传.jx"));
expect("comments stay", stored("宣传.jx").includes("# 批注"));
git("checkout", "-q", ".");
git("clean", "-fdq");

// What cannot be read tells why, and the way out.
writeFileSync(join(documents, "旧表.doc"), Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...Array(600).fill(0)]));
for (const [name, code] of [["旧表.doc", /JX60\d/], ["空.txt", /JX60\d/]]) {
  if (name === "空.txt") writeFileSync(join(documents, name), " \n");
  await page.setInputFiles("#document", join(documents, name));
  await page.waitForFunction(() => document.querySelector("#brought .refused"));
  expect(`${name} is refused by a code`, code.test(await brought(page).textContent()), await brought(page).textContent());
  expect(`${name} tells a way out`, await brought(page).locator(".help").count() > 0);
  await page.evaluate(() => document.querySelector("#brought").replaceChildren());
}
const noise = page.troubles.filter((one) => !one.includes("409"));
expect(`the page is silent ${noise}`, noise.length === 0);

// The checkpoint that is due: begun by a press, filled in line by line, with lights while one types.
const year = await open("year");
expect("the report is not begun", await year.locator("[data-begin]").count() === 1);
await accessible(year, "a checkpoint that is not begun");
expect("nothing can be typed before it is begun", await year.locator("#form input:enabled").count() === 0);
await year.locator("[data-begin]").press("Enter");
await year.waitForSelector("#form input[data-fact]:enabled");
const report = changed().map((line) => line.slice(3)).find((line) => line.includes("监控/"));
expect("the report is a new file with lines that wait", report && stored(report.trim()).includes("完成 防火宣传.宣传场次 待填"), String(changed()));
git("add", "-A");
git("-c", "user.name=甲", "-c", "user.email=a@example.invalid", "commit", "-q", "-m", "开始填");
const lines = () => git("diff", "-U0").split("\n").filter((line) => /^[+-](?![+-])/.test(line));
const field = (name) => year.locator(".row.due", { has: year.locator(`label:has-text("${name}")`) }).first().locator("input");
const told = (name) => year.locator(".row.due", { has: year.locator(`label:has-text("${name}")`) }).first().locator("output");
const saved = () => year.waitForFunction(() => document.querySelector("#status").className === "good");
await field("群众满意度").fill("45%");
await year.waitForFunction(() => /红/.test([...document.querySelectorAll(".row.due")].find((row) => row.textContent.includes("群众满意度")).querySelector("output").textContent));
expect("the light shows while one types", (await told("群众满意度").textContent()).includes("红"), await told("群众满意度").textContent());
expect("nothing is stored before the field is left", lines().length === 0, lines());
await field("群众满意度").fill("96%");
await field("群众满意度").press("Enter");
await year.waitForFunction(() => document.querySelector("#lights").textContent.includes("96%"));
expect("git shows the line that changed", JSON.stringify(lines()) === JSON.stringify(["-  完成 防火宣传.群众满意度 待填", "+  完成 防火宣传.群众满意度 96%"]), JSON.stringify(lines()));
await field("宣传场次").fill("4场");
await field("宣传场次").press("Tab");
await year.waitForFunction(() => document.querySelector("#lights").textContent.includes("宣传场次"));
expect("a number takes its unit", /完成 防火宣传\.宣传场次 4 ?场/.test(stored(report.trim())), stored(report.trim()));
await field("印发通知").fill("5月20日");
await field("印发通知").press("Enter");
await year.waitForFunction(() => document.querySelector("#lights").textContent.includes("印发通知"));
expect("a day is typed as people write it", /完成 防火宣传\.印发通知 \S*5月20日/.test(stored(report.trim())), stored(report.trim()));
await field("防火意识").fill("部分达成");
await field("防火意识").press("Enter");
await year.waitForFunction(() => document.querySelector("#lights").textContent.includes("防火意识"));
expect("words stand for words", stored(report.trim()).includes("完成 防火宣传.防火意识 部分达成"));
await field("累计支出").fill("0.8万元");
await field("累计支出").press("Enter");
await year.waitForFunction(() => document.querySelector("#lights").textContent.includes("40"));
expect("money is spent of a project", /执行 防火宣传 0\.8 ?万元/.test(stored(report.trim())), stored(report.trim()));
// What is no value is told, and kept in the field.
const kept = stored(report.trim());
await field("宣传场次").fill("≥ 很多");
await field("宣传场次").press("Enter");
await year.waitForSelector("[aria-invalid=true]");
expect("what is no value is not stored", stored(report.trim()) === kept);
await field("宣传场次").press("Escape");
await year.waitForFunction(() => !document.querySelector("[aria-invalid=true]"));
// Taken back, and emptied.
await year.locator("#undo").click();
await year.waitForFunction(() => !document.querySelector("#status").className.includes("error"));
await year.waitForFunction(() => [...document.querySelectorAll(".row.due")].some((row) => row.querySelector("input").value === "" && row.textContent.includes("累计支出")));
expect("undo takes the money back", stored(report.trim()).includes("执行 防火宣传 待填"));
await field("防火意识").fill("");
await field("防火意识").press("Enter");
await saved();
await year.waitForTimeout(200);
expect("an emptied line waits again", stored(report.trim()).includes("完成 防火宣传.防火意识 待填"), stored(report.trim()));
expect("findings of the year stand beside", await year.locator("#found").count() === 1);
await accessible(year, "a checkpoint");
await picture(year, "year");
expect("no scrolling sideways at 1440", !(await scrolls(year)));
expect(`the page is silent ${year.troubles.filter((one) => !one.includes("409"))}`, year.troubles.every((one) => one.includes("409")));

// English, narrow, dark.
const english = await open("year?lang=en");
expect("English", (await english.locator("#form").textContent()).includes("Spent since January"));
const dark = await browser.newContext({ viewport: { width: 360, height: 800 }, colorScheme: "dark" });
for (const path of ["year", "import"]) {
  const narrow = await open(path, dark);
  if (path === "import") {
    await narrow.setInputFiles("#document", join(documents, "另一份.docx"));
    await ready(narrow, "冲突");
    await narrow.locator("#brought details").evaluateAll((all) => all.forEach((one) => { one.open = true; }));
  }
  expect(`no scrolling sideways at 360: ${path}`, !(await scrolls(narrow)));
  await accessible(narrow, `${path}, narrow and dark`);
  await picture(narrow, `${path}-narrow`);
}
expect("the folder is whole", existsSync(join(folder, "部门.jx")));
await end(browser);
