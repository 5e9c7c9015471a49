// Validates documents against a schema. Usage: node schema.mjs SCHEMA.json DOCUMENT.json …
import Ajv from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";

const [schema, ...documents] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, "utf8")));
// Formats of numbers are hints; the types are checked.
const validate = new Ajv({ allErrors: true, strict: true, validateFormats: false }).compile(schema);
let failures = 0;
for (const document of documents) {
  if (validate(document)) continue;
  failures += 1;
  for (const error of validate.errors.slice(0, 10)) console.log(`${error.instancePath}: ${error.message}`);
}
console.log(`${documents.length - failures} of ${documents.length} documents fit`);
process.exit(failures ? 1 : 0);
