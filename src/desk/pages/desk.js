// The page of an office: what is typed is tried out at once, and stored when the field is left.
"use strict";
const page = document.documentElement;
const root = page.dataset.root;
const language = new URLSearchParams(location.search).get("lang") || "";
const by = (id) => document.getElementById(id);
const status = by("status");
let revision = Number(page.dataset.revision);
let asked = 0;
let pending = null;
let isComposing = false;
let is_putting = false;

// ── The server ──
const address = (path) => root + path + (path.includes("?") ? "&" : "?") + "lang=" + encodeURIComponent(language);

const post = (path, said, signal) => fetch(root + path, {
  method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ lang: language || null, ...said }), signal,
});
const fetch_state = () => fetch(address("state?page=" + encodeURIComponent(page.dataset.page)));

async function ask(path, change, signal, question) {
  const answer = await post(path, { page: page.dataset.page, change, question }, signal);
  if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
  return answer.json();
}

function say(text, kind) {
  status.textContent = text;
  status.className = kind || "";
}

const lost = () => say(status.dataset.lost, "error");

// ── Parts of the page ──
// What somebody types stays under their hands, with what they saw before: a part is put in around it. Only the answer to
// what was sent says what became of it: others may come while it is on the way.
const is_unstored = ({ value, dataset }, is_answer) =>
  dataset.was !== undefined && value !== dataset.was && !(is_answer && value === dataset.sent);

function put(id, markup, is_answer) {
  const old = by(id);
  if (!old || old.innerHTML === markup) return;
  const active = document.activeElement;
  const held = old.contains(active) && active.id ? active : null;
  const open = new Map([...old.querySelectorAll("details[data-keep]")].map((one) => [one.dataset.keep, one.open]));
  const cursor = held && { id: held.id, start: held.selectionStart, end: held.selectionEnd };
  const unstored = [...old.querySelectorAll("[data-fact]")].filter((one) => is_unstored(one, is_answer)).map((one) => ({
    id: one.id, value: one.value, was: one.dataset.was, sent: one.dataset.sent,
    refusal: one.getAttribute("aria-invalid") === "true" && by(one.getAttribute("aria-describedby")),
  }));
  const drafts = [...old.querySelectorAll("form[data-add] [name]")].map((one) => [one.id, one.value]);
  is_putting = true;
  old.innerHTML = markup;
  is_putting = false;
  for (const one of old.querySelectorAll("details[data-keep]")) {
    if (open.has(one.dataset.keep)) one.open = open.get(one.dataset.keep);
  }
  for (const [draft, value] of drafts) if (by(draft)) by(draft).value = value;
  for (const { id: field_id, value, was, sent, refusal } of unstored) {
    const field = by(field_id);
    if (!field) continue;
    field.value = value;
    field.dataset.was = was;
    if (sent !== undefined) field.dataset.sent = sent;
    if (!refusal) continue;
    field.setAttribute("aria-invalid", "true");
    const told = by(field.getAttribute("aria-describedby"));
    told.className = refusal.className;
    told.replaceChildren(...refusal.childNodes);
  }
  const again = cursor && by(cursor.id);
  if (again) {
    again.focus({ preventScroll: true });
    if (cursor.start !== null && cursor.start !== undefined && again.setSelectionRange && again.type !== "number") {
      try { again.setSelectionRange(cursor.start, cursor.end); } catch { /* not a text */ }
    }
  }
}

function show(state, is_answer) {
  revision = state.revision;
  for (const [id, markup] of Object.entries(state.parts)) put(id, markup, is_answer);
  if (by("undo")) by("undo").disabled = !state.undo;
  if (by("redo")) by("redo").disabled = !state.redo;
  if (by("standing")) by("standing").textContent = state.standing;
  if (state.text) show_text(state.text, is_answer);
}

async function refresh() {
  try {
    const answer = await fetch_state();
    if (answer.status === 404) return location.assign(root);
    show(await answer.json());
    // What is being typed is shown on top of what others did.
    const field = document.activeElement;
    if (!isComposing && field.dataset.fact && is_unstored(field, true)) try_out(change_of(field, field.value), field);
  } catch { lost(); }
}

// ── Changes ──
const change_of = (field, value) => ({
  kind: "set", at: JSON.parse(field.dataset.at), fact: JSON.parse(field.dataset.fact), was: field.dataset.was, value,
});

async function make(change, field) {
  if (pending) pending.abort();
  asked += 1;
  try {
    const answer = await ask("make", change);
    if (!answer.parts) end_preview();
    if (answer.conflict) return settle(change, answer.conflict, field);
    if (answer.refused) return refused(answer, change, field);
    if (field) mark(field, null);
    show(answer, true);
    say(status.dataset.saved, "good");
    return true;
  } catch { lost(); }
  return false;
}

// What was typed stays where it is, with the reason below it.
function refused(answer, change, field) {
  say(answer.refused, "error");
  if (field) mark(field, answer, change);
  return false;
}

// The part that the field stood in may have been put in again before the answer came.
function mark(asked_for, answer, change) {
  const field = by(asked_for.id) || asked_for;
  const told = by(field.getAttribute("aria-describedby"));
  field.setAttribute("aria-invalid", answer ? "true" : "false");
  if (!told || !answer) return;
  told.className = "understood wrong";
  told.textContent = answer.refused + (answer.help ? "　" + answer.help : "");
  if (answer.may_be_verbatim && change) {
    const anyway = document.createElement("button");
    anyway.type = "button";
    anyway.textContent = page.lang === "en" ? "Keep it as it is" : "先照样留下";
    anyway.addEventListener("click", () => make({ ...change, verbatim: true }, field));
    told.append(" ", anyway);
  }
}

function settle(change, conflict, asked_for) {
  by("conflict-now").textContent = conflict.now;
  by("conflict-yours").textContent = conflict.yours;
  const dialog = by("conflict");
  dialog.addEventListener("close", async () => {
    const field = asked_for && by(asked_for.id);
    if (dialog.returnValue !== "yours") {
      if (field) field.value = field.dataset.was;
      return refresh();
    }
    if (change.kind === "text") {
      sent_text = change.text;
      const state = await (await fetch_state()).json();
      return make({ ...change, version: state.text.version });
    }
    if (field) field.dataset.sent = change.value;
    return make({ ...change, was: conflict.now }, field);
  }, { once: true });
  dialog.showModal();
  return false;
}

// What a change would do, while it is typed. An answer that was overtaken is dropped.
async function try_out(change, field, question) {
  if (pending) pending.abort();
  pending = new AbortController();
  asked += 1;
  const own = asked;
  try {
    const answer = await ask("try", change, pending.signal, question);
    if (own !== asked) return null;
    const told = field && by(field.getAttribute("aria-describedby"));
    if (answer.parts) {
      const isText = change.kind === "text";
      for (const [id, markup] of Object.entries(answer.parts)) if (id !== "form" || isText) put(id, markup);
      if (field) understood(field, told, answer);
      if (!isText && answer.text) preview(answer.text);
    } else if (told) {
      told.className = "understood wrong";
      told.textContent = answer.refused || "";
      end_preview();
    }
    return answer.answer;
  } catch (error) {
    if (error.name !== "AbortError") lost();
  }
  return null;
}

// How what is typed will be printed; where it is not told, it stands in the form as it would be.
function understood(field, told, answer) {
  if (!told) return;
  told.className = "understood";
  field.setAttribute("aria-invalid", "false");
  if (answer.understood !== null) {
    told.textContent = answer.understood;
    return;
  }
  const would = document.createElement("template");
  would.innerHTML = answer.parts.form || "";
  const there = would.content.getElementById(told.id);
  told.textContent = there ? there.textContent : "";
}

document.addEventListener("compositionstart", () => { isComposing = true; });
document.addEventListener("compositionend", (event) => { isComposing = false; typed(event); });
document.addEventListener("input", typed);

function typed(event) {
  const field = event.target;
  if (isComposing || event.isComposing) return;
  if (field.dataset && field.dataset.fact) {
    suggest(field);
    if (field.value === field.dataset.was) return refresh();
    return try_out(change_of(field, field.value), field);
  }
  if (field.form && field.form.dataset.add) return try_out(added(field.form), field.form.elements.target);
  if (field.id === "source") return try_out(text_change());
  if (field.id === "search") return search(field.value);
}

document.addEventListener("change", (event) => {
  const field = event.target;
  // A field that is taken out to be put in again was not left by anybody.
  if (is_putting || !field.isConnected) return;
  if (field.dataset && field.dataset.fact) store(field);
  if (field.id === "source") save_text();
});

// A field is stored once for what it holds: a part that is put in again lets the browser tell of the change once more.
async function store(field) {
  if (field.value === field.dataset.was || field.value === field.dataset.sent) return;
  field.dataset.sent = field.value;
  if (!await make(change_of(field, field.value), field)) delete (by(field.id) || field).dataset.sent;
}

const added = (form) => ({
  kind: "add", at: JSON.parse(form.dataset.add), category: form.elements.category.value,
  name: form.elements.name.value, target: form.elements.target.value,
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.hasAttribute("data-commit")) {
    event.preventDefault();
    return commit(form.elements.message.value);
  }
  if (!form.dataset.add) return;
  event.preventDefault();
  const change = added(form);
  const name = form.elements.name;
  if (await make(change, form.elements.target)) {
    const fresh = document.querySelector("form[data-add]");
    for (const field of [fresh.elements.name, fresh.elements.target]) field.value = "";
    fresh.elements.name.focus();
  } else if (name.isConnected) name.focus();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button, a[data-language]");
  if (!button) return;
  if (button.id === "plain") return editor ? close_editor() : open_editor();
  const { remove, mend, excuse, line } = button.dataset;
  if (button.dataset.language) {
    event.preventDefault();
    return location.assign(location.pathname + "?lang=" + button.dataset.language);
  }
  if (remove && await confirmed(button)) return make({ kind: "remove", at: JSON.parse(remove) });
  if (mend) return make({ kind: "mend", finding: JSON.parse(mend) });
  if (excuse) return ask_reason(JSON.parse(excuse));
  if (line) return go_to_line(Number(line));
  if (button.id === "undo" || button.id === "redo") return make({ kind: button.id });
});

async function commit(message) {
  try {
    const told = await (await post("commit", { message })).json();
    if (told.refused) return say(told.refused, "error");
    await refresh();
    say(page.lang === "en" ? "Committed" : "已经提交", "good");
  } catch { lost(); }
}

// A second press removes: nothing is lost by a slip, and everything can be taken back.
function confirmed(button) {
  if (button.dataset.sure) return true;
  button.dataset.sure = "yes";
  const before = button.textContent;
  button.textContent = page.lang === "en" ? "Press again to remove it" : "再按一次就删去";
  setTimeout(() => { delete button.dataset.sure; button.textContent = before; }, 3000);
  return false;
}

function ask_reason(finding) {
  const dialog = by("reason");
  by("reason-text").value = "";
  dialog.returnValue = "";
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "excuse") make({ kind: "excuse", finding, reason: by("reason-text").value });
  }, { once: true });
  dialog.showModal();
}

// ── The text ──
// The plain box holds the text; the editor with colours, where there is one, is a view of it.
let editor = null;
let editor_place = null;
let stored_text = by("source") ? by("source").value : "";
let is_preview = false;
let sent_text = null;
let looking = {};
const unix = (text) => text.replace(/\r\n?/g, "\n");

const text_change = () => ({
  kind: "text", path: by("text").dataset.path, version: Number(by("text").dataset.version), text: by("source").value,
});

const is_in_text = (field) => Boolean(field) && (field.id === "source" || field === editor_place);

function put_text(text) {
  const source = by("source");
  if (source.value !== text) {
    const { selectionStart, selectionEnd, scrollTop } = source;
    source.value = text;
    source.setSelectionRange(selectionStart, selectionEnd);
    source.scrollTop = scrollTop;
  }
  if (editor) editor.put(text);
}

function show_text({ path, version, text }, is_answer) {
  const place = by("text"), source = by("source");
  if (!place || !source) return;
  const is_typed = source.value !== stored_text && !(is_answer && source.value === sent_text);
  if (is_in_text(document.activeElement) && !is_preview && is_typed) return;
  place.dataset.path = path;
  place.dataset.version = version;
  stored_text = unix(text);
  is_preview = false;
  put_text(stored_text);
}

// What is typed in the form stands in the text at once, and is no text of its own before it is stored.
function preview({ version, from, to, text }) {
  if (!by("source") || is_in_text(document.activeElement) || version !== Number(by("text").dataset.version)) return;
  is_preview = true;
  put_text(stored_text.slice(0, from) + text + stored_text.slice(to));
}

function end_preview() {
  if (!is_preview) return;
  is_preview = false;
  put_text(stored_text);
}

async function save_text() {
  const source = by("source");
  if (!source || is_preview || source.value === stored_text || source.readOnly) return;
  const text = source.value;
  sent_text = text;
  await make(text_change());
  sent_text = null;
}

function go_to_line(line) {
  const source = by("source");
  if (!source) return;
  if (editor) return editor.go_to_line(line);
  const lines = source.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  source.focus();
  source.setSelectionRange(start, start + (lines[line - 1] || "").length);
  scroll_to_line(line - 3);
}

function scroll_to_line(line) {
  const source = by("source");
  source.scrollTop = (source.scrollHeight / source.value.split("\n").length) * Math.max(0, line - 1);
}

// What the editor asks of a text that nobody changed. The program answers one question of a kind at a time.
async function look(question) {
  const kind = "pointing_at" in question ? "pointing" : "shown";
  looking = { ...looking, [kind]: (looking[kind] || 0) + 1 };
  const own = looking[kind];
  const { path } = by("text").dataset;
  try {
    const answer = await post("look", { path, text: by("source").value, question });
    if (!answer.ok || own !== looking[kind]) return null;
    return (await answer.json()).answer;
  } catch { lost(); }
  return null;
}

function open_editor() {
  const source = by("source");
  editor_place = document.createElement("div");
  editor_place.id = "editor";
  source.before(editor_place);
  editor = JixiaoText.open({
    parent: editor_place.attachShadow({ mode: "open" }),
    text: source.value,
    line: Number(by("text").dataset.line),
    label: by("text-label").textContent,
    phrases: page.lang === "en" ? {} : PHRASES,
    isReadOnly: source.readOnly,
    changed: (text) => { is_preview = false; source.value = text; },
    typed: (question) => try_out(text_change(), null, question),
    look,
    left: save_text,
  });
  source.hidden = true;
  by("plain").setAttribute("aria-pressed", "false");
}

function close_editor() {
  editor.close();
  editor_place.remove();
  editor = null;
  editor_place = null;
  by("source").hidden = false;
  by("plain").setAttribute("aria-pressed", "true");
}

const PHRASES = {
  "Completions": "可以写的", "Diagnostics": "检查发现", "No diagnostics": "没有发现", "close": "关闭", "Control character": "控制字符",
  "Find": "查找", "Replace": "换成", "next": "下一处", "previous": "上一处", "all": "全部", "match case": "区分大小写",
  "regexp": "正则式", "by word": "整词", "replace": "换", "replace all": "全换", "Go to line": "到第几行", "go": "去",
  "current match": "当前一处", "on line": "在第", "replaced $ matches": "换了 $ 处", "replaced match on line $": "换了第 $ 行的一处",
  "Selection deleted": "选中的已删去",
};

// ── Words to choose from ──
const list = document.createElement("ul");
list.id = "choices";
list.setAttribute("role", "listbox");
list.hidden = true;
document.body.append(list);
let chosen = -1;

function suggest(field) {
  const all = field.dataset.choices ? field.dataset.choices.split("\n").map((line) => line.split("\t")) : [];
  const typed = field.value.trim().toLowerCase();
  const holds = ([name]) => name.toLowerCase().includes(typed);
  const is_spelt = ([, spellings]) => spellings.split(" ").some((one) => one.startsWith(typed));
  const fitting = (field.value === field.dataset.was ? all : all.filter((one) => holds(one) || is_spelt(one))).map(([name]) => name);
  chosen = -1;
  list.replaceChildren(...fitting.slice(0, 40).map((one, index) => {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.id = "choice-" + index;
    item.textContent = one;
    item.addEventListener("mousedown", (event) => { event.preventDefault(); take(field, one); });
    return item;
  }));
  list.hidden = fitting.length === 0 || (fitting.length === 1 && fitting[0] === field.value);
  field.setAttribute("aria-expanded", String(!list.hidden));
  if (list.hidden) return;
  const place = field.getBoundingClientRect();
  list.style.left = `${place.left + scrollX}px`;
  list.style.top = `${place.bottom + scrollY}px`;
  list.style.minWidth = `${place.width}px`;
  // What is spelt without an input method is no value itself: the first name it spells is meant.
  if (field.value !== field.dataset.was && !all.some(holds)) point_at(field, 0);
}

function point_at(field, index) {
  chosen = index;
  const items = [...list.children];
  items.forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
  field.setAttribute("aria-activedescendant", items[chosen].id);
  items[chosen].scrollIntoView({ block: "nearest" });
}

function take(field, value) {
  field.value = value;
  list.hidden = true;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("focusin", (event) => {
  const field = event.target;
  if (field.dataset && field.dataset.choices) {
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-controls", "choices");
    suggest(field);
  }
});
document.addEventListener("focusout", () => { list.hidden = true; });

document.addEventListener("keydown", (event) => {
  const [field] = event.composedPath();
  if (event.isComposing) return;
  if (!list.hidden && field.dataset && field.dataset.choices) {
    const items = [...list.children];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const from = chosen < 0 && event.key === "ArrowUp" ? 0 : chosen;
      return point_at(field, (from + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length);
    }
    if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      return take(field, items[chosen].textContent);
    }
    if (event.key === "Escape") { list.hidden = true; return; }
  }
  const writes = ["INPUT", "TEXTAREA", "SELECT"].includes(field.tagName) || field.isContentEditable;
  if (event.key === "/" && !writes) { event.preventDefault(); by("search").focus(); return; }
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    if (is_in_text(event.target)) return save_text();
    if (field.dataset && field.dataset.fact) store(field);
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !writes) {
    event.preventDefault();
    return make({ kind: event.shiftKey ? "redo" : "undo" });
  }
  // A field is left with Enter as a table's cell is; what was typed is taken back with Escape.
  if (event.key === "Enter" && field.tagName === "INPUT" && field.dataset.fact) {
    event.preventDefault();
    store(field);
  }
  if (event.key === "Escape" && field.dataset && field.dataset.was !== undefined && field.value !== field.dataset.was) {
    field.value = field.dataset.was;
    mark(field, null);
    refresh();
  }
});

// ── Search ──
let sought = 0;
async function search(words) {
  const hits = by("hits");
  sought += 1;
  const own = sought;
  if (!words.trim()) { hits.hidden = true; return; }
  try {
    const answer = await fetch(address("search?words=" + encodeURIComponent(words)));
    const found = await answer.json();
    if (own !== sought) return;
    hits.replaceChildren(...found.map(({ name, detail, page: target }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = address(target);
      link.textContent = name;
      const more = document.createElement("small");
      more.textContent = " " + detail;
      item.append(link, more);
      return item;
    }));
    hits.hidden = found.length === 0;
  } catch { lost(); }
}
document.addEventListener("keydown", (event) => {
  if (event.target.id === "search" && event.key === "Escape") { by("hits").hidden = true; event.target.blur(); }
});

// ── News: another tab, an editor, git ──
const news = new EventSource(root + "events");
news.addEventListener("revision", (event) => {
  const fresh = Number(event.data);
  if (fresh > revision) { revision = fresh; refresh(); }
});
news.addEventListener("error", lost);
news.addEventListener("open", () => { if (status.className === "error") say("", ""); });

// Links keep the language that was chosen.
if (language) {
  for (const link of document.querySelectorAll("a[href^='" + root + "']")) {
    link.href += (link.href.includes("?") ? "&" : "?") + "lang=" + encodeURIComponent(language);
  }
}
if (page.hasAttribute("data-read-only") && by("source")) by("source").readOnly = true;
// A finger keeps the box of the system, which its keyboards and handles know best, until it asks for the other.
if (by("plain")) {
  by("plain").hidden = false;
  by("plain").setAttribute("aria-pressed", "true");
  if (matchMedia("(pointer: coarse)").matches) scroll_to_line(Number(by("text").dataset.line)); else open_editor();
}
page.classList.add("js");
