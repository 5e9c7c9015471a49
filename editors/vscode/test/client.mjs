// Asks the server with the library that VS Code uses. Usage: node client.mjs PROGRAM FOLDER FILE WORDS
// Prints what it answers: the findings of the file, and what it offers behind the words.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const protocol = createRequire(import.meta.url)("vscode-languageserver-protocol/node");
const [program, folder, file, words] = process.argv.slice(2);
const server = spawn(program, ["--lang", "zh", "lsp"]);
const connection = protocol.createProtocolConnection(
  new protocol.StreamMessageReader(server.stdout),
  new protocol.StreamMessageWriter(server.stdin),
);
const uri = pathToFileURL(file).href;
const root = pathToFileURL(folder).href;
const told = new Promise((done) => {
  connection.onNotification(protocol.PublishDiagnosticsNotification.type, (params) => {
    if (decodeURIComponent(params.uri) === decodeURIComponent(uri)) done(params.diagnostics);
  });
});
connection.onRequest(protocol.RegistrationRequest.type, () => null);
connection.listen();
const { capabilities } = await connection.sendRequest(protocol.InitializeRequest.type, {
  processId: process.pid,
  rootUri: root,
  workspaceFolders: [{ uri: root, name: "root" }],
  capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
});
await connection.sendNotification(protocol.InitializedNotification.type, {});
const text = readFileSync(file, "utf8");
await connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
  textDocument: { uri, languageId: "jixiao", version: 1, text },
});
const findings = await told;
const before = text.slice(0, text.indexOf(words) + words.length).split("\n");
const position = { line: before.length - 1, character: before.at(-1).length };
const completion = await connection.sendRequest(protocol.CompletionRequest.type, { textDocument: { uri }, position });
const tokens = await connection.sendRequest(protocol.SemanticTokensRequest.type, { textDocument: { uri } });
await connection.sendRequest(protocol.ShutdownRequest.type);
await connection.sendNotification(protocol.ExitNotification.type);
const status = await new Promise((done) => server.on("close", done));
console.log(
  JSON.stringify({
    findings: findings.map((one) => one.data),
    labels: (completion.items ?? completion).map((item) => item.label),
    tokens: tokens.data.length,
    encoding: capabilities.positionEncoding ?? "utf-16",
    status,
  }),
);
