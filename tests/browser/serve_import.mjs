// Brings documents into an office that is being served. Usage: node serve_import.mjs ADDRESS FOLDER DOCUMENTS
import { end, expect, launch } from "./browser.mjs";
import { answered, in_git, is_accessible, is_within, open_page, picture } from "./office.mjs";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [address, folder, documents] = process.argv.slice(2);
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
const git = in_git(folder);
const changed = () => git("-c", "core.quotePath=false", "status", "--porcelain", "-uall").trim().split("\n").filter(Boolean);
const stored = (name) => readFileSync(join(folder, name), "utf8");
const brought = (page) => page.locator("#brought");
const drop = (page, path, name) => page.evaluate(({ bytes, name }) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0))], name));
  for (const kind of ["dragover", "drop"]) {
    document.getElementById("drop").dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));
  }
}, { bytes: readFileSync(path).toString("base64"), name });
const ready = (page, words) => page.waitForFunction((words) => document.querySelector("#brought").textContent.includes(words), words);
const page = await open_page(context, address, "import");
// Presses the button, and waits for the answer and until it is shown.
const write = async (way, ...key) => {
  const answered = page.waitForResponse((answer) => answer.url().includes("/import?"));
  await brought(page).locator("[data-write]")[way](...key);
  await (await answered).finished();
  await page.waitForFunction(() => document.querySelector("#status").textContent !== document.querySelector("#brought").dataset.reading);
};

// A Word document is dropped: what was read is shown, and nothing is written.
expect("one first-level heading", await page.locator("h1").count() === 1);
await is_accessible(page, "where a document is dropped");
await drop(page, join(documents, "新增.docx"), "新增.docx");
await ready(page, "防汛值班");
expect("nothing is written before it is asked for", changed().length === 0, changed());
expect("the account of every sign is told", (await brought(page).locator("table.tally tr").count()) === 4);
expect("the text is shown as it would be written", (await brought(page).locator("pre").allTextContents()).some((text) => text.includes("项目") && text.includes("防汛值班")));
await is_accessible(page, "a document that was read");
await picture(page, "import-read");

// Somebody writes in between: what the person saw is not what would be written now.
for (const name of ["宣传.jx", "部门.jx"]) writeFileSync(join(folder, name), stored(name) + "\n# 批注\n");
const before = stored("宣传.jx");
await write("click");
expect("what became another is shown once more, and not written", (await brought(page).textContent()).includes("刚才又改了") && !changed().some((line) => line.startsWith("??")), changed());
await write("press", "Enter");
expect("a new file came, and what was there stays", changed().some((line) => line.startsWith("??") && line.includes("防汛值班")) && stored("宣传.jx") === before, changed());
expect("what was done has the focus", await page.evaluate(() => document.activeElement.classList.contains("done")));
const brought_in = changed();
for (const [button, files] of [["#undo", changed().filter((line) => line.endsWith("宣传.jx") || line.endsWith("部门.jx"))], ["#redo", brought_in]]) {
  await answered(page, () => page.locator(button).click());
  expect(`${button} of a document that came in`, changed().join() === files.join(), [changed(), files]);
}
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
await is_accessible(page, "a document with conflicts");
await picture(page, "import-conflict");
await brought(page).locator("[data-theirs]").click();
await page.waitForFunction(() => document.querySelector("#brought [data-theirs]")?.dataset.theirs === "");
await write("click");
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

expect("the page is silent", page.troubles.length === 0, page.troubles);

// Narrow and dark.
const dark = await browser.newContext({ viewport: { width: 360, height: 800 }, colorScheme: "dark" });
const narrow = await open_page(dark, address, "import");
await narrow.setInputFiles("#document", join(documents, "另一份.docx"));
await ready(narrow, "冲突");
await narrow.locator("#brought details").evaluateAll((all) => all.forEach((one) => { one.open = true; }));
await is_within(narrow, "a document at 360");
await is_accessible(narrow, "a document, narrow and dark");
await picture(narrow, "import-narrow");
await end(browser);
