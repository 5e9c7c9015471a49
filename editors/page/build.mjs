// Puts the page together: the compiled compiler, packed, into the page, whose style and scripts are allowed by their hashes.
// Usage: node build.mjs COMPILER.wasm PAGE.html
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const [compiler, output] = process.argv.slice(2);
const read = (name) => readFileSync(new URL(`page/${name}`, import.meta.url), "utf8");
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

// Without what tools have written beside the program: the sections that mean nothing to a browser.
const programAlone = (bytes) => {
  const parts = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length;) {
    let [length, shift, from] = [0, 0, at + 1];
    for (let more = true; more; shift += 7, from += 1) {
      length |= (bytes[from] & 127) << shift;
      more = bytes[from] > 127;
    }
    if (bytes[at] !== 0) parts.push(bytes.subarray(at, from + length));
    at = from + length;
  }
  return Buffer.concat(parts);
};

// Crates leave functions behind for tools that write scripts around them. What npm brings takes them out, which is
// three hundredths; all its passes together made the page no smaller, as what they take out packs well (decision 28).
const smaller = async (bytes) => {
  const { default: binaryen } = await import("binaryen").catch(() => ({}));
  if (!binaryen) return bytes;
  const module = binaryen.readBinary(bytes);
  const { MutableGlobals, NontrappingFPToInt, BulkMemory, BulkMemoryOpt, SignExt, ReferenceTypes, Multivalue } = binaryen.Features;
  // What the compiler is built with, and browsers have had for years.
  module.setFeatures(MutableGlobals | NontrappingFPToInt | BulkMemory | BulkMemoryOpt | SignExt | ReferenceTypes | Multivalue);
  const names = Array.from({ length: module.getNumExports() }, (_, at) => binaryen.getExportInfo(module.getExportByIndex(at)).name);
  for (const name of names.filter((one) => !["memory", "room", "release", "answer"].includes(one))) module.removeExport(name);
  module.runPasses(["remove-unused-module-elements"]);
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

// What unpacks it in the page unpacks it here, too: what comes out must be what went in.
const { SIGNS, bitsOfText, expanded } = new Function(`${read("unpack.js")}return { SIGNS, bitsOfText, expanded };`)();
const textOfBits = (packed) => {
  let [text, held, count] = ["", 0, 0];
  const put = () => {
    const value = held & 8191;
    text += SIGNS[value % 91] + SIGNS[Math.floor(value / 91)];
    held >>>= 13;
    count -= 13;
  };
  for (const byte of packed) {
    held |= byte << count;
    count += 8;
    if (count >= 13) put();
  }
  if (count > 0) put();
  // Editors are slow with a line of millions.
  return text.match(/.{1,8192}/g).join("\n");
};
// The parameters of unpack.js. LZMA packs a quarter better than what browsers unpack by themselves.
const packed = (bytes) => {
  const parameters = "--lzma1=dict=16MiB,lc=3,lp=0,pb=0,mode=normal,nice=273,mf=bt4,depth=1000";
  const { error, status, stdout } = spawnSync("xz", ["--format=raw", parameters, "--stdout"], { input: bytes, maxBuffer: 1 << 28 });
  if (error || status !== 0) throw new Error(`xz packs the compiler, and does not run: ${error ?? status}`);
  return stdout;
};

const bytes = await smaller(programAlone(readFileSync(compiler)));
const program = textOfBits(packed(bytes));
if (!Buffer.from(expanded(bitsOfText(program), bytes.length)).equals(bytes)) throw new Error("unpacked, the compiler is another one");
const style = read("page.css");
const script = `${read("unpack.js")}${read("words.js")}const PRACTICE = ${JSON.stringify(read("practice.jx"))};\n${read("page.js")}`;
const policy = [
  "default-src 'none'",
  `style-src ${hash(style)}`,
  `script-src ${[script, ...scripts(bytes)].map(hash).join(" ")} 'wasm-unsafe-eval'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
const release = readFileSync(new URL("Cargo.toml", import.meta.url), "utf8").match(/^version = "(.*)"/m)[1];
const parts = { policy, style, script, release, program, size: bytes.length };
const page = read("page.html").replace(/\{(policy|style|script|release|program|size)\}/g, (_, part) => parts[part]);
writeFileSync(output, page);
const size = (count) => `${(count / 1024).toFixed(0)} KiB`;
console.log(`${output}: ${size(Buffer.byteLength(page))}; the compiler ${size(bytes.length)}, as text ${size(program.length)}`);
