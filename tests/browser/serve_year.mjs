// Fills in a checkpoint of an office that is being served. Usage: node serve_year.mjs ADDRESS FOLDER
import { end, expect, launch } from "./browser.mjs";
import { answered, changed_lines, in_git, is_accessible, is_within, open_page, picture } from "./office.mjs";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [address, folder] = process.argv.slice(2);
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
const git = in_git(folder);
const lines = () => changed_lines(folder);

// The checkpoint that is due: begun by a press, filled in line by line, with lights while one types.
const year = await open_page(context, address, "year");
expect("the report is not begun", await year.locator("[data-begin]").count() === 1);
await is_accessible(year, "a checkpoint that is not begun");
expect("nothing can be typed before it is begun", await year.locator("#form input:enabled").count() === 0);
await year.locator("[data-begin]").press("Enter");
await year.waitForSelector("#form input[data-fact]:enabled");
const report = git("-c", "core.quotePath=false", "ls-files", "--others").trim();
const reported = () => readFileSync(join(folder, report), "utf8");
expect("the report is one new file with lines that wait", reported().includes("完成 防火宣传.宣传场次 待填"), report);
for (const [button, is_there] of [["#undo", false], ["#redo", true]]) {
  await answered(year, () => year.locator(button).click());
  expect(`${button} of a report that was begun`, existsSync(join(folder, report)) === is_there);
}
await year.waitForSelector("#form input[data-fact]:enabled");
git("add", "-A");
git("-c", "user.name=甲", "-c", "user.email=a@example.invalid", "commit", "-q", "-m", "开始填");
const field = (name) => year.locator(".row.due", { has: year.locator(`label:has-text("${name}")`) }).first().locator("input");
const told = (name) => year.locator(".row.due", { has: year.locator(`label:has-text("${name}")`) }).first().locator("output");
// Types a value, and waits until it is answered.
const fill = async (name, value, key = "Enter") => {
  await field(name).fill(value);
  await answered(year, () => field(name).press(key));
};
await field("群众满意度").fill("45%");
await year.waitForFunction(() => /红/.test([...document.querySelectorAll(".row.due")].find((row) => row.textContent.includes("群众满意度")).querySelector("output").textContent));
expect("the light shows while one types", (await told("群众满意度").textContent()).includes("红"), await told("群众满意度").textContent());
expect("nothing is stored before the field is left", lines().length === 0, lines());
await fill("群众满意度", "96%");
await year.waitForFunction(() => document.querySelector("#lights").textContent.includes("96%"));
expect("git shows the line that changed", JSON.stringify(lines()) === JSON.stringify(["-  完成 防火宣传.群众满意度 待填", "+  完成 防火宣传.群众满意度 96%"]), JSON.stringify(lines()));
await fill("宣传场次", "4场", "Tab");
expect("a number takes its unit", /完成 防火宣传\.宣传场次 4 ?场/.test(reported()), reported());
// What is off its course wants a judgement and a reason, which stand below it.
const said = (label) => year.locator('.said[aria-label^="宣传场次"] .row', { has: year.locator(`label:text-is("${label}")`) }).locator("input");
expect("the reason is wanted", (await year.locator("#found").textContent()).includes("JX122") && await said("可能性").isVisible());
for (const [label, value] of [["可能性", "有可能"], ["偏差", "硬件条件保障：会场在修"]]) {
  await said(label).fill(value);
  await answered(year, () => said(label).press("Enter"));
}
await year.waitForFunction(() => !document.querySelector("#found").textContent.includes("JX122"));
expect("they stand in the braces of the line", /宣传场次 4 ?场 \{\n\s+可能性 有可能\n\s+偏差 硬件条件保障 "会场在修"\n\s+\}/.test(reported()), reported());
await fill("印发通知", "5月20日");
expect("a day is typed as people write it", /完成 防火宣传\.印发通知 \S*5月20日/.test(reported()), reported());
await fill("防火意识", "部分达成");
expect("words stand for words", reported().includes("完成 防火宣传.防火意识 部分达成"));
await fill("累计支出", "0.8万元");
expect("money is spent of a project", /执行 防火宣传 0\.8 ?万元/.test(reported()), reported());
// What is no value is told, and kept in the field.
const kept = reported();
await fill("宣传场次", "≥ 很多");
await year.waitForSelector("[aria-invalid=true]");
expect("what is no value is not stored", reported() === kept);
await field("宣传场次").press("Escape");
await year.waitForFunction(() => !document.querySelector("[aria-invalid=true]"));
// Taken back, and emptied.
await year.locator("#undo").click();
await year.waitForFunction(() => !document.querySelector("#status").className.includes("error"));
await year.waitForFunction(() => [...document.querySelectorAll(".row.due")].some((row) => row.querySelector("input").value === "" && row.textContent.includes("累计支出")));
expect("undo takes the money back", reported().includes("执行 防火宣传 待填"));
await fill("防火意识", "");
expect("an emptied line waits again", reported().includes("完成 防火宣传.防火意识 待填"), reported());
expect("findings of the year stand beside", await year.locator("#found").count() === 1);
await is_accessible(year, "a checkpoint");
await picture(year, "year");
await is_within(year, "a checkpoint at 1440");
expect("the page is silent", year.troubles.length === 0, year.troubles);

// English, narrow, dark.
const english = await open_page(context, address, "year?lang=en");
expect("English", (await english.locator("#form").textContent()).includes("Spent since January"));
const dark = await browser.newContext({ viewport: { width: 360, height: 800 }, colorScheme: "dark" });
const narrow = await open_page(dark, address, "year");
await is_within(narrow, "a checkpoint at 360");
await is_accessible(narrow, "a checkpoint, narrow and dark");
await picture(narrow, "year-narrow");
await end(browser);
