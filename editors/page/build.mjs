// Puts the page together: the compiled compiler, packed, into the page, whose style and scripts are allowed by their hashes.
// Usage: node build.mjs COMPILER.wasm PAGE.html
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { deflateRawSync, constants } from "node:zlib";

const [compiler, output] = process.argv.slice(2);
const read = (name) => readFileSync(new URL(`page/${name}`, import.meta.url), "utf8");
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

// What npm brings makes the compiler smaller; without it the page works as well.
const smaller = async (bytes) => {
  const { default: binaryen } = await import("binaryen").catch(() => ({}));
  if (!binaryen) return bytes;
  const module = binaryen.readBinary(bytes);
  module.setFeatures(binaryen.Features.All);
  const names = Array.from({ length: module.getNumExports() }, (_, at) => binaryen.getExportInfo(module.getExportByIndex(at)).name);
  for (const name of names.filter((one) => !["memory", "room", "release", "answer"].includes(one))) module.removeExport(name);
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(2);
  module.optimize();
  return module.emitBinary();
};

// Of its functions from outside the page gives none: they only stand in the way of a module that computes.
const nothing = (module) => {
  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== "function" || !from.startsWith("__wbindgen_")) throw new Error(`the compiler wants ${from}.${name} of the page`);
    (imports[from] ??= {})[name] = () => 0;
  }
  return imports;
};

// The scripts of the pages that the compiler makes: the page shows them within itself.
const scripts = (bytes) => {
  const module = new WebAssembly.Module(bytes);
  const program = new WebAssembly.Instance(module, nothing(module)).exports;
  const question = Buffer.from(JSON.stringify({ ask: "scripts" }));
  const length = 4 + question.length;
  const room = program.room(length);
  const piece = Buffer.from(program.memory.buffer, room, length);
  piece.writeUInt32LE(question.length, 0);
  question.copy(piece, 4);
  const told = BigInt.asUintN(64, program.answer(room, length));
  const written = Buffer.from(program.memory.buffer, Number(told & 0xffffffffn), Number(told >> 32n));
  const head = written.readUInt32LE(0);
  const { files } = JSON.parse(written.toString("utf8", 4, 4 + head));
  let from = 4 + head;
  return files.map(({ bytes: size }) => written.toString("utf8", from, from += size));
};

// Making it smaller takes minutes, which the tests have no use for.
const bytes = process.env.JIXIAO_PAGE_QUICK ? readFileSync(compiler) : await smaller(readFileSync(compiler));
const packed = deflateRawSync(bytes, { level: 9, strategy: constants.Z_DEFAULT_STRATEGY, memLevel: 9 }).toString("base64");
const style = read("page.css");
const script = `${read("words.js")}${read("page.js")}`;
const policy = [
  "default-src 'none'",
  `style-src ${hash(style)}`,
  `script-src ${[script, ...scripts(bytes)].map(hash).join(" ")} 'wasm-unsafe-eval'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
const release = readFileSync(new URL("Cargo.toml", import.meta.url), "utf8").match(/^version = "(.*)"/m)[1];
const parts = { policy, style, script, release, program: packed };
const page = read("page.html").replace(/\{(policy|style|script|release|program)\}/g, (_, part) => parts[part]);
writeFileSync(output, page);
const size = (count) => `${(count / 1024).toFixed(0)} KiB`;
console.log(`${output}: ${size(Buffer.byteLength(page))}; the compiler ${size(bytes.length)}, packed ${size(packed.length)}`);
