// The tokens of files as VS Code sees them. Usage: node tokens.mjs FILE… — one JSON line a file: [[start, end, scopes], …]
// in UTF-16 units of the file.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

const here = dirname(fileURLToPath(import.meta.url));
const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");

export async function grammar() {
  await oniguruma.loadWASM(readFileSync(wasm));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () =>
      textmate.parseRawGrammar(readFileSync(join(here, "../syntaxes/jixiao.tmLanguage.json"), "utf8"), "jixiao.json"),
  });
  return registry.loadGrammar("source.jixiao");
}

export function tokens(language, text) {
  const found = [];
  let stack = textmate.INITIAL;
  let offset = 0;
  for (const line of text.split(/(?<=\n)/)) {
    const content = line.replace(/\r?\n$/, "");
    const result = language.tokenizeLine(content, stack);
    if (result.stoppedEarly) throw new Error(`too slow: ${content}`);
    stack = result.ruleStack;
    for (const token of result.tokens) {
      const end = Math.min(token.endIndex, content.length);
      if (end > token.startIndex) found.push([offset + token.startIndex, offset + end, token.scopes.slice(1).join(" ")]);
    }
    offset += line.length;
  }
  return found;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const language = await grammar();
  for (const file of process.argv.slice(2)) console.log(JSON.stringify(tokens(language, readFileSync(file, "utf8"))));
}
