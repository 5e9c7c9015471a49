// Every example in the one page, against what the program wrote. Usage: node page_examples.mjs PAGE ROOM
import { end, expect, launch } from "./browser.mjs";
import { below, give, opened, quiet, same, saved, view } from "./one_page.mjs";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { unpacked } from "./unpacked.mjs";

const [path, room] = process.argv.slice(2);
const browser = await launch();
const page = await opened(browser, path);
for (const name of readdirSync(join(room, "given")).sort()) {
  const native = join(room, "native", name);
  await give(page, "new", join(room, "given", name), true);
  await view(page, "save");
  for (const format of ["Json", "Html"]) {
    const expected = readFileSync(join(native, `findings.${format.toLowerCase()}`));
    same(`${name}: findings as ${format}`, (await saved(page, `findings${format}`)).bytes, expected);
  }
  for (const format of ["html", "docx", "xlsx"]) {
    const folder = join(native, format);
    const files = below(folder).sort();
    const one = await saved(page, `as${format[0].toUpperCase()}${format.slice(1)}`);
    const parts = files.length > 1 ? unpacked(one.bytes) : new Map([[files[0], one.bytes]]);
    expect(`${name}: the files of ${format}`, [...parts.keys()].sort().join() === files.join(), [...parts.keys()].join());
    for (const file of files) same(`${name}: ${file}`, parts.get(file), readFileSync(join(folder, file)));
  }
}
quiet(page);
await end(browser);
