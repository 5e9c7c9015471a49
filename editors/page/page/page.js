// 放进文件，问里面的编译器，看结果。Files come in, the compiler within answers; nothing goes out.
(() => {
  "use strict";
  const find = (query, root = document) => root.querySelector(query);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const made = (name, about = {}, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(about)) {
      if (key === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
      else if (key in element && typeof value !== "string") element[key] = value;
      else element.setAttribute(key, value);
    }
    element.append(...inside);
    return element;
  };
  // What a message quotes is set as code.
  const quoted = (message) => message.split("`").map((part, index) => index % 2 ? made("code", {}, part) : part);

  // ── Languages ──
  const kept = (key, value) => {
    try { return value === undefined ? localStorage.getItem(key) : localStorage.setItem(key, value); } catch { return null; }
  };
  let language = kept("jixiao-language") || (/^zh/i.test(navigator.language) ? "zh" : "en");
  const say = (key, ...values) => {
    const words = WORDS[language][key];
    return typeof words === "function" ? words(...values) : words;
  };

  // ── The program: packed in the page, opened once ──
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const unpacked = async () => {
    // The page is seen before.
    await painted();
    const { textContent, dataset } = find("#program");
    return WebAssembly.compile(expanded(bitsOfText(textContent), Number(dataset.size)));
  };
  // What crates in it could ask a browser for, the time and chance, is answered with nothing.
  const instance = async (module) => {
    const imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = () => 0;
    return (await WebAssembly.instantiate(module, imports)).exports;
  };
  let module;
  let program;
  const opened = (async () => {
    module = await unpacked();
    program = await instance(module);
  })();

  // Asks the program. Of files their bytes go in; the answer has those that come out.
  const ask = async (question, files = []) => {
    await opened;
    const text = new TextEncoder().encode(JSON.stringify({ ...question, in_english: language === "en" }));
    const length = 4 + text.length + files.reduce((sum, file) => sum + file.length, 0);
    try {
      const room = program.room(length);
      const piece = new Uint8Array(program.memory.buffer, room, length);
      new DataView(piece.buffer, room).setUint32(0, text.length, true);
      piece.set(text, 4);
      let at = 4 + text.length;
      for (const file of files) { piece.set(file, at); at += file.length; }
      const told = BigInt.asUintN(64, program.answer(room, length));
      const [place, size] = [Number(told & 0xffffffffn), Number(told >> 32n)];
      const written = new Uint8Array(program.memory.buffer, place, size).slice();
      program.release(place, size);
      const head = new DataView(written.buffer).getUint32(0, true);
      const answer = JSON.parse(new TextDecoder().decode(written.subarray(4, 4 + head)));
      let from = 4 + head;
      for (const file of answer.files) { file.data = written.subarray(from, from + file.bytes); from += file.bytes; }
      return answer;
    } catch (error) {
      // What it held is gone with it: the next question begins anew.
      program = await instance(module);
      versions.new = versions.old = null;
      throw error;
    }
  };
  const text = (file) => new TextDecoder().decode(file.data);

  // ── What is said of how things stand ──
  const state = find("#state");
  let standing = () => say("opening");
  const stand = (what, kind = "") => {
    standing = what;
    state.textContent = what();
    state.className = kind;
  };

  // ── Files: dropped, chosen, pasted ──
  // A file with its path, and whether it lay in a folder.
  const ofFolder = async (handle, path, found) => {
    for await (const [name, one] of handle.entries()) {
      const inside = `${path}/${name}`;
      if (one.kind === "directory") await ofFolder(one, inside, found);
      else found.push({ path: inside, file: await one.getFile(), isInFolder: true });
    }
  };
  // The same by what browsers have that do not hand out handles.
  const ofEntry = async (entry, path, found) => {
    if (entry.isFile) {
      found.push({ path, file: await new Promise((done, failed) => entry.file(done, failed)), isInFolder: true });
      return;
    }
    const reader = entry.createReader();
    // Each time it tells some, until there are none.
    for (let more = true; more;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      for (const one of some) await ofEntry(one, `${path}/${one.name}`, found);
      more = some.length > 0;
    }
  };
  const ofTransfer = async (transfer) => {
    const found = [];
    const items = [...transfer.items].filter((item) => item.kind === "file");
    // Asked for at once: when this has waited, what was dropped is gone.
    const asked = items.map((item) => {
      const entry = item.webkitGetAsEntry?.();
      return entry?.isDirectory ? { entry, handle: item.getAsFileSystemHandle?.() } : { file: item.getAsFile() };
    });
    for (const { file, entry, handle } of asked) {
      if (file) { found.push({ path: file.name, file }); continue; }
      try {
        const folder = await handle?.catch(() => null);
        if (folder) await ofFolder(folder, folder.name, found);
        else await ofEntry(entry, entry.name, found);
      } catch {
        throw new Error(say("folderAgain"));
      }
    }
    return found;
  };
  const ofInput = (input) => [...input.files].map((file) => (
    { path: file.webkitRelativePath || file.name, file, isInFolder: Boolean(file.webkitRelativePath) }
  ));
  const bytes = async ({ path, file }) => {
    try {
      return new Uint8Array(await file.arrayBuffer());
    } catch {
      throw new Error(say("unreadable", path));
    }
  };

  // Of a folder the files that are of performance targets.
  const wanted = async (offered) => {
    const inFolders = offered.filter((one) => one.isInFolder);
    if (inFolders.length === 0) return offered;
    const lists = inFolders.filter((one) => one.path.endsWith("/.jixiao.outputs"));
    const outputs = await Promise.all(lists.map(async (one) => (
      `${one.path.slice(0, -"/.jixiao.outputs".length)}\n${await one.file.text()}`
    )));
    const { chosen } = await ask({ ask: "choose", paths: inFolders.map((one) => one.path), outputs });
    const isChosen = new Set(chosen);
    return offered.filter((one) => !one.isInFolder || isChosen.has(one.path));
  };

  // ── Versions ──
  const versions = { new: null, old: null };
  const zone = (version) => find(`.zone[data-version=${version}]`);

  const nameOf = (offered) => {
    const [first] = offered;
    const top = first.path.split("/")[0];
    return offered.every((one) => one.path.split("/")[0] === top) ? top : `${top} …`;
  };
  const take = async (version, offered) => {
    if (offered.length === 0) return;
    const began = performance.now();
    stand(() => say("working", offered.length), "working");
    await painted();
    const files = await wanted(offered);
    if (files.length === 0) {
      stand(() => say("nothingIn"), "failed");
      return;
    }
    const data = await Promise.all(files.map(bytes));
    const heads = files.map((one, index) => ({ path: one.path, bytes: data[index].length }));
    const answer = await ask({ ask: "read", version, name: nameOf(offered), files: heads }, data);
    versions[version] = answer.version;
    const passedOver = offered.length - files.length;
    showVersions();
    if (version === "new") {
      forget("findings", "table", "changes", "account", "source");
      if (held()) {
        await choose("findings");
        await painted();
        performance.measure("jixiao:findings", { start: began });
        const small = versions.new.indicators < 5000;
        // The table is made while the findings are read, unless it is large.
        if (small) {
          await draw("table");
          await painted();
        }
        performance.measure("jixiao:table", { start: began });
      }
      const time = Math.round(performance.now() - began);
      const rest = () => passedOver > 0 ? ` ${say("passedOver", passedOver)}` : "";
      stand(() => (held() ? say("done", versions.new, time) : say("nothing")) + rest(), held() ? "" : "failed");
    } else {
      forget("changes");
      if (held()) await choose("changes");
      stand(() => holds("old") ? say("doneOld", versions.old) : say("nothing"), holds("old") ? "" : "failed");
    }
  };
  const holds = (version) => Boolean(versions[version]?.texts.length);
  const held = () => holds("new");

  // One after the other, whatever comes in between.
  let last = Promise.resolve();
  let isAsked = false;
  const after = (act) => {
    isAsked = true;
    const busy = () => find("main").setAttribute("aria-busy", "true");
    busy();
    last = last.then(() => { busy(); return act(); }).catch((error) => {
      const isOurs = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
      showVersions();
      const told = isOurs ? () => say("crashed", error.message) : () => error.message;
      stand(told, "failed");
    }).finally(() => find("main").removeAttribute("aria-busy"));
    return last;
  };

  for (const place of all(".zone")) {
    const { version } = place.dataset;
    for (const input of all("input", place)) {
      input.addEventListener("change", () => {
        const offered = ofInput(input);
        input.value = "";
        after(() => take(version, offered));
      });
    }
    for (const button of all("[data-pick]", place)) {
      button.addEventListener("click", () => find(`input[data-of=${button.dataset.pick}]`, place).click());
    }
    find("[data-forget]", place).addEventListener("click", () => after(async () => {
      await ask({ ask: "forget", version });
      versions[version] = null;
      forget(...(version === "new" ? ["findings", "table", "changes", "account", "source"] : ["changes"]));
      showVersions();
      if (held()) await choose(chosen());
      stand(() => say("ready"));
      find("[data-pick]", place).focus();
    }));
  }
  // What misses a place is of the version that is looked at: a page must not be left for a file.
  const placeOf = (event) => event.target.closest?.(".zone") ?? zone("new");
  const isOfFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const over = (place) => { for (const one of all(".zone")) one.classList.toggle("over", one === place); };
  const catchFiles = (place) => {
    place.addEventListener("dragover", (event) => {
      if (!isOfFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      over(placeOf(event));
    });
    place.addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(null); });
    place.addEventListener("drop", (event) => {
      if (!isOfFiles(event)) return;
      event.preventDefault();
      over(null);
      const { version } = placeOf(event).dataset;
      const offered = ofTransfer(event.dataTransfer);
      after(async () => take(version, await offered));
    });
  };
  catchFiles(document);
  document.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length) return;
    const offered = ofTransfer(event.clipboardData);
    after(async () => take("new", await offered));
  });

  // ── What was read, and what was not ──
  const refused = (told, path) => made("div", { class: "refused" },
    made("p", {}, ...(path ? [made("span", { class: "path" }, path), " "] : []), made("span", { class: "code" }, told.code), ` ${told.title}`),
    made("p", {}, ...quoted(told.message)),
    ...(told.help ? [made("p", { class: "help" }, ...quoted(told.help))] : []));
  const account = ({ path, account: told }) => {
    const places = told.told.reduce((sum, one) => sum + one.places.length, 0);
    const about = [made("p", {}, made("span", { class: "path" }, path), " ", say("understood", told))];
    about.push(made("p", { class: "soft" }, told.is_whole ? say("whole") : say("partial", told.left_over, told.characters)));
    if (places > 0) about.push(made("details", {}, made("summary", {}, say("look", places)), ...told.told.flatMap((one) => [
      made("h4", {}, made("span", { class: "code" }, one.code), ` ${one.title}`),
      made("ul", {}, ...one.places.map((at) => made("li", {}, made("span", { class: "place" }, at.place), " ", ...quoted(at.text)))),
    ])));
    return made("div", { class: told.is_whole ? "account" : "account partial" }, ...about);
  };
  const showVersions = () => {
    for (const version of ["new", "old"]) {
      const told = versions[version];
      const place = zone(version);
      const given = find(".given", place);
      given.hidden = !told;
      given.textContent = told ? say("given", told.name, told) : "";
      find("[data-forget]", place).hidden = !told;
    }
    find("#before").hidden = Boolean(versions.new);
    const documents = ["new", "old"].flatMap((version) => versions[version]?.documents ?? []);
    // What was refused stands first.
    const told = [...documents.filter((one) => one.refused), ...documents.filter((one) => one.account)];
    find("#documents").replaceChildren(...told.map((one) => one.refused ? refused(one.refused, one.path) : account(one)));
    find("#result").hidden = !held();
    for (const [name, isThere] of [["changes", holds("old")], ["account", versions.new?.documents.some((one) => one.account)]]) {
      find(`#tab-${name}`).dataset.empty = String(!isThere);
    }
  };

  // ── Pages of the compiler, shown as they are ──
  // A page's style is put in place by script, which the policy of this page allows to its own script alone. Each has a frame
  // of its own, as a page's policy stays with its frame, and is written into it at once: to be led to a page takes a frame
  // longer than all that is computed for it.
  // What is out of sight is laid out when it comes there: a person sees a screen of it first.
  const IN_SIGHT = "@media screen { .project { content-visibility: auto; contain-intrinsic-size: auto 30rem; } }";
  const writeInto = (frame, html) => {
    const style = [];
    const rest = html.replace(/<style>([^]*?)<\/style>/g, (_, sheet) => { style.push(sheet); return ""; });
    // Asked for its width, the frame has one, which scripts of pages look at.
    frame.getBoundingClientRect();
    const inside = frame.contentDocument;
    inside.open();
    const sheet = new frame.contentWindow.CSSStyleSheet();
    sheet.replaceSync(`${style.join("\n")}\n${IN_SIGHT}`);
    inside.adoptedStyleSheets = [sheet];
    inside.write(rest);
    inside.close();
    catchFiles(inside);
    return inside;
  };
  const reveal = (inside, id) => {
    const there = inside.getElementById(decodeURIComponent(id));
    if (!there) return;
    for (let around = there.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    there.scrollIntoView();
    if (there.tabIndex < 0) there.tabIndex = -1;
    there.focus({ preventScroll: true });
  };
  // Pages that know each other: a link leads to the other one, in its place.
  const pagesIn = (panel, title, files) => {
    const pages = new Map(files.map((file) => [file.path, file]));
    const first = pages.has("report.html") ? "report.html" : files[0].path;
    const chooser = made("select", { id: `${panel.id}-page` }, ...files.map((file) => made("option", { value: file.path }, file.path.replace(/\.html$/, ""))));
    const label = made("label", { for: chooser.id }, say("which"));
    const tools = made("div", { class: "tools" }, label, chooser);
    tools.hidden = files.length < 2;
    panel.replaceChildren(tools);
    const open = (path, anchor) => {
      chooser.value = path;
      const frame = made("iframe", { title });
      find("iframe", panel)?.remove();
      panel.append(frame);
      const inside = writeInto(frame, text(pages.get(path)));
      inside.addEventListener("click", (event) => {
        const link = event.target.closest?.("a[href]");
        if (!link) return;
        event.preventDefault();
        const to = new URL(link.getAttribute("href"), `page:///${path}`);
        const [other, id] = [decodeURIComponent(to.pathname.slice(1)), to.hash.slice(1)];
        if (other === path || link.getAttribute("href").startsWith("#")) reveal(inside, id);
        else if (pages.has(other)) open(other, id);
      });
      if (anchor) reveal(inside, anchor);
    };
    chooser.addEventListener("change", () => open(chooser.value));
    open(first);
  };

  // ── Views ──
  const views = {
    findings: async (panel) => {
      const { files } = await ask({ ask: "findings", format: "html" });
      pagesIn(panel, say("frameFindings"), files);
    },
    table: async (panel) => {
      const told = versions.new;
      if (told.errors > 0) {
        const back = made("button", { type: "button", on: { click: () => after(() => choose("findings", true)) } }, say("noFindings"));
        const errors = told.first_errors.map((one) => refused(one, one.place));
        panel.replaceChildren(made("p", {}, say("noTable")), ...errors, back);
        return;
      }
      const { files } = await ask({ ask: "build", to: "html" });
      const more = told.has_forms ? (await ask({ ask: "build", to: "html", forms: true })).files : [];
      pagesIn(panel, say("frameTable"), [...files, ...more]);
    },
    changes: async (panel) => {
      if (!holds("old")) { panel.replaceChildren(made("p", {}, say("noChanges"))); return; }
      const { files, refused: told } = await ask({ ask: "changes", format: "html" });
      if (told) panel.replaceChildren(refused(told));
      else pagesIn(panel, say("frameChanges"), files);
    },
    account: async (panel) => {
      if (!versions.new.documents.some((one) => one.account)) { panel.replaceChildren(made("p", {}, say("noAccount"))); return; }
      const { files } = await ask({ ask: "account", format: "html" });
      pagesIn(panel, say("frameAccount"), files);
    },
    source: async (panel) => {
      const { files } = await ask({ ask: "source" });
      const shown = made("pre", { tabindex: "0", translate: "no" });
      const chooser = made("select", { id: "source-file" }, ...files.map((file, index) => made("option", { value: String(index) }, file.path)));
      const show = () => {
        shown.textContent = text(files[Number(chooser.value)]);
        shown.setAttribute("aria-label", files[Number(chooser.value)].path);
      };
      chooser.addEventListener("change", show);
      show();
      panel.replaceChildren(made("div", { class: "tools" }, made("label", { for: "source-file" }, say("file")), chooser), shown);
    },
    save: async (panel) => {
      const told = versions.new;
      const list = (title, ways) => ways.length ? [made("h2", {}, say(title)), made("ul", { class: "saves" }, ...ways.map(way))] : [];
      const way = ([words, question, isOff]) => made("li", {}, made("button", {
        type: "button", disabled: Boolean(isOff), "data-save": words, on: { click: () => after(() => save(words, question)) },
      }, say(words)[0], made("small", {}, say(words)[1])));
      const isBroken = told.errors > 0;
      const build = (to, forms = false) => ({ ask: "build", to, forms });
      const imported = told.documents.some((one) => one.account);
      panel.replaceChildren(
        ...(isBroken ? [made("p", {}, say("noTable"))] : []),
        ...list("saveTargets", [
          ["asJx", { ask: "source" }],
          ...[["asDocx", "docx"], ["asXlsx", "xlsx"], ["asHtml", "html"], ["asOfd", "ofd"], ["asCsv", "csv"], ["asMarkdown", "markdown"], ["asJson", "json"]]
            .map(([words, to]) => [words, build(to), isBroken]),
        ]),
        ...list("saveFindings", [
          ...["html", "csv", "json"].map((format) => [`findings${format[0].toUpperCase()}${format.slice(1)}`, { ask: "findings", format }]),
          ...(imported ? [["accountHtml", { ask: "account", format: "html" }]] : []),
          ...(holds("old") ? [["changesHtml", { ask: "changes", format: "html" }], ["changesMarkdown", { ask: "changes", format: "markdown" }]] : []),
        ]),
        ...list("saveYear", told.has_forms && !isBroken ? [["asDocx", build("docx", true)], ["asXlsx", build("xlsx", true)], ["asHtml", build("html", true)]] : []),
      );
    },
  };
  const drawn = new Set();
  const forget = (...names) => { for (const name of [...names, "save"]) drawn.delete(name); };
  const draw = async (name) => {
    if (drawn.has(name)) return;
    await views[name](find(`#${name}`));
    drawn.add(name);
  };
  const tabs = all("[role=tab]");
  const nameOfTab = (tab) => tab.id.slice("tab-".length);
  const chosen = () => nameOfTab(tabs.find((tab) => tab.getAttribute("aria-selected") === "true") ?? tabs[0]);
  const choose = async (name, takesFocus = false) => {
    for (const tab of tabs) {
      const isIt = nameOfTab(tab) === name;
      tab.setAttribute("aria-selected", String(isIt));
      tab.tabIndex = isIt ? 0 : -1;
      find(`#${nameOfTab(tab)}`).hidden = !isIt;
      if (isIt && takesFocus) tab.focus();
    }
    await draw(name);
  };
  for (const [index, tab] of tabs.entries()) {
    tab.addEventListener("click", () => after(() => choose(nameOfTab(tab))));
    tab.addEventListener("keydown", (event) => {
      const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = tabs[(to + tabs.length) % tabs.length];
      after(() => choose(nameOfTab(next), true));
    });
  }
  for (const tab of tabs) { tab.tabIndex = -1; tab.setAttribute("aria-selected", "false"); }
  tabs[0].tabIndex = 0;
  tabs[0].setAttribute("aria-selected", "true");

  // ── Saving ──
  const kinds = { html: "text/html", json: "application/json", csv: "text/csv", zip: "application/zip" };
  const save = async (words, question) => {
    const { files, refused: told } = await ask(question);
    if (told) { stand(() => told.message, "failed"); return; }
    const plain = versions.new.name.replace(/( …|\.[^.]*)$/, "") || "jixiao";
    let [file] = files;
    let name = file.path.split("/").at(-1);
    if (files.length > 1) {
      const heads = files.map(({ path, bytes }) => ({ path, bytes }));
      [file] = (await ask({ ask: "pack", files: heads }, files.map((one) => one.data))).files;
      name = `${plain}-${question.to ?? "jx"}.zip`;
    }
    const address = URL.createObjectURL(new Blob([file.data], { type: kinds[name.split(".").at(-1)] ?? "application/octet-stream" }));
    made("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    stand(() => say("saved", name));
  };

  // ── Words ──
  const speak = () => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    for (const element of all("[data-say]")) element.textContent = say(element.dataset.say);
    for (const element of all("[data-label]")) element.setAttribute("aria-label", say(element.dataset.label));
    document.title = say("title");
    find("#language").textContent = say("other");
    find("#language").lang = language === "zh" ? "en" : "zh-CN";
    state.textContent = standing();
  };
  find("#language").addEventListener("click", () => after(async () => {
    language = language === "zh" ? "en" : "zh";
    kept("jixiao-language", language);
    for (const version of ["new", "old"]) {
      if (versions[version]) versions[version] = (await ask({ ask: "tell", version })).version;
    }
    forget("findings", "table", "changes", "account", "source");
    speak();
    showVersions();
    if (held()) await choose(chosen());
  }));
  speak();
  showVersions();
  stand(() => say("opening"), "working");
  opened.then(
    () => {
      performance.measure("jixiao:opened");
      if (state.className === "working" && !versions.new) stand(() => say("ready"));
    },
    () => stand(() => say("tooOld"), "failed"),
  );

  // ── Practice ──
  // A browser translates the program where it first runs, and the program reads its standards when it is first asked: that is
  // most of what a first file would wait for. It is done while a person still looks for the file, in steps, up to when
  // something is given.
  const practise = async () => {
    await opened;
    const read = async (path, data) => ask({ ask: "read", version: "new", name: path, files: [{ path, bytes: data.length }] }, [data]);
    let word;
    const steps = [
      () => read("a.jx", new TextEncoder().encode(PRACTICE)),
      async () => { [word] = (await ask({ ask: "build", to: "docx" })).files; },
      () => read("a.docx", word.data),
      () => ask({ ask: "findings", format: "html" }),
      () => ask({ ask: "build", to: "html" }),
    ];
    for (const step of steps) {
      await painted();
      if (isAsked) break;
      await step();
    }
    await ask({ ask: "forget", version: "new" });
    performance.measure("jixiao:practised");
  };
  last = practise().catch(() => {});
})();
