// Starts `jixiao lsp`, and builds the report. All that is known of the language is in the server.
import * as vscode from "vscode";
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { LanguageClient, RevealOutputChannelOn, State, Trace } from "vscode-languageclient/node";

const INSTALLATION = "https://www.rust-lang.org/tools/install";

let client;
let log;

/** The text in the language of the editor. */
const say = (chinese, english) => (vscode.env.language.toLowerCase().startsWith("zh") ? chinese : english);

const setting = (name) => vscode.workspace.getConfiguration("jixiao").get(name);

const program = () => (setting("path") || "").trim() || "jixiao";

/** Which language findings are written in: none means that the server follows the editor. */
const languageOptions = () => (setting("language") === "auto" ? [] : ["--lang", setting("language")]);

const traces = { off: Trace.Off, messages: Trace.Messages, verbose: Trace.Verbose };

export async function activate(context) {
  log = vscode.window.createOutputChannel("绩效 Jixiao");
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand("jixiao.restart", restart),
    vscode.commands.registerCommand("jixiao.build", build),
    vscode.commands.registerCommand("jixiao.log", () => log.show()),
    vscode.tasks.registerTaskProvider("jixiao", { provideTasks: tasks, resolveTask: resolved }),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("jixiao.path") || change.affectsConfiguration("jixiao.language")) await restart();
      else if (change.affectsConfiguration("jixiao.trace")) await client?.setTrace(traces[setting("trace")]);
    }),
  );
  await start();
}

export async function deactivate() {
  await stop();
}

async function start() {
  if (!(await isThere())) return;
  const run = { command: program(), args: [...languageOptions(), "lsp"] };
  client = new LanguageClient(
    "jixiao",
    "绩效 Jixiao",
    { run, debug: run },
    {
      documentSelector: [{ language: "jixiao" }],
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
    },
  );
  try {
    await client.start();
    await client.setTrace(traces[setting("trace")]);
  } catch (problem) {
    log.appendLine(String(problem));
    const open = say("查看日志", "Show the log");
    const text = say("绩效的服务没有启动。", "The Jixiao server did not start.");
    if ((await vscode.window.showErrorMessage(text, open)) === open) log.show();
  }
}

async function stop() {
  const old = client;
  client = undefined;
  if (old && old.state !== State.Stopped) await old.stop().catch((problem) => log.appendLine(String(problem)));
}

async function restart() {
  await stop();
  await start();
}

/** Whether the program runs; says how to get it where it does not. The file is coloured all the same. */
async function isThere() {
  const found = await runs(program(), ["--version"]);
  if (found.isFine) return true;
  log.appendLine(`${program()} --version: ${found.problem || found.output}`);
  const settings = say("指定位置", "Set its path");
  const help = say("怎样安装", "How to install");
  const text = say(
    `找不到 ${program()}：现在只有颜色，没有检查。安装它，或在设置 jixiao.path 里写明它在哪里。`,
    `${program()} was not found: files are coloured but not checked. Install it, or set jixiao.path.`,
  );
  // Not awaited: the extension is ready, the message may stay.
  vscode.window.showErrorMessage(text, settings, help).then((choice) => {
    if (choice === settings) vscode.commands.executeCommand("workbench.action.openSettings", "jixiao.path");
    if (choice === help) vscode.env.openExternal(vscode.Uri.parse(INSTALLATION));
  });
  return false;
}

function runs(command, options, folder) {
  return new Promise((done) => {
    let output = "";
    const child = spawn(command, options, { cwd: folder, windowsHide: true });
    const take = (piece) => (output += piece);
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    child.on("error", (problem) => done({ isFine: false, status: -1, output, problem: problem.message }));
    child.on("close", (status) => done({ isFine: status === 0, status, output }));
  });
}

/** Compiles the folder of the workspace, and opens the report in the browser. */
async function build() {
  const document = vscode.window.activeTextEditor?.document;
  const folder =
    (document && vscode.workspace.getWorkspaceFolder(document.uri)) || vscode.workspace.workspaceFolders?.[0];
  if (!folder) {
    vscode.window.showWarningMessage(say("请先打开一个文件夹。", "Open a folder first."));
    return;
  }
  await vscode.workspace.saveAll(false);
  const title = say("正在编译正式表格", "Building the official tables");
  const result = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
    runs(program(), [...languageOptions(), "build", "."], folder.uri.fsPath),
  );
  log.appendLine(result.problem || result.output);
  const report = /^\S+ (.*report\.html)\r?$/m.exec(result.output)?.[1];
  if (report) {
    await vscode.env.openExternal(vscode.Uri.file(resolve(folder.uri.fsPath, report)));
    return;
  }
  const show = say("查看日志", "Show the log");
  const text = say("没有编译成：先改正“问题”面板里的错误。", "Nothing was built: mend the errors under Problems first.");
  if ((await vscode.window.showErrorMessage(text, show)) === show) log.show();
}

function tasks() {
  return (vscode.workspace.workspaceFolders || []).flatMap((folder) =>
    ["check", "build"].map((task) => taskOf({ type: "jixiao", task }, folder)),
  );
}

function resolved(task) {
  return taskOf(task.definition, task.scope);
}

function taskOf(definition, folder) {
  const options = definition.task === "check" ? ["--format", "short"] : [];
  const all = [...languageOptions(), definition.task, ...options, definition.path || "."];
  return new vscode.Task(
    definition,
    folder,
    say({ check: "检查", build: "编译" }[definition.task], definition.task),
    "绩效",
    new vscode.ProcessExecution(program(), all),
    ["$jixiao-errors", "$jixiao-warnings", "$jixiao-notes"],
  );
}
