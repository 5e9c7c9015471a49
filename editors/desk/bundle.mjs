// Makes the editor of the page, with the licences of what is in it. Usage: node bundle.mjs [OUTPUT]
import { build } from "esbuild";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const output = process.argv[2] || join(here, "../../src/desk/pages/editor.js");
const options = {
  absWorkingDir: here, entryPoints: ["src/editor.js"], bundle: true, minify: true, charset: "utf8",
  format: "iife", globalName: "JixiaoText", target: "es2022", legalComments: "none",
};

// What came into the bundle says whose licences it carries.
const { metafile } = await build({ ...options, write: false, metafile: true });
const [{ inputs }] = Object.values(metafile.outputs);
const folder = (path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0];
const used = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => folder(path));
const licences = new Map();
for (const path of [...new Set(used)].filter(Boolean).sort()) {
  const { name, version } = JSON.parse(readFileSync(join(here, path, "package.json"), "utf8"));
  const file = readdirSync(join(here, path)).find((one) => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${name} has no licence`);
  const text = readFileSync(join(here, path, file), "utf8").trim().replaceAll("\r\n", "\n");
  licences.set(text, [...(licences.get(text) || []), `${name} ${version}`]);
}
const told = [...licences].map(([text, names]) => `${names.join(", ")}\n\n${text}`).join("\n\n");
const banner = `/*! Made by editors/desk/bundle.mjs; do not edit.\n\n${told}\n*/`;
await build({ ...options, banner: { js: banner }, outfile: output });
