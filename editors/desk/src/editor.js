// The text of a file in the page of an office: CodeMirror, with everything that it shows asked of the program.
import { Annotation, EditorSelection, EditorState, StateEffect, StateField, Text } from "@codemirror/state";
import { Decoration, EditorView, highlightActiveLine, hoverTooltip, keymap, lineNumbers, showTooltip } from "@codemirror/view";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentService, indentUnit } from "@codemirror/language";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, snippet, startCompletion } from "@codemirror/autocomplete";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";

/// Opens the editor in a shadow root, so that its sheets are adopted ones, which no policy of styles has to let in.
///
/// It begins at a line, where what it is opened for stands. `changed(text)` is told of each change; `typed(question)` and
/// `look(question)` ask the program, of a text that was typed and of one that was not, and give null where the answer was
/// overtaken; `left()` is told when the text is left.
export function open({ parent, text, line, label, phrases, isReadOnly, changed, typed, look, left }) {
  let last = null;
  let later = null;

  const asked = (view, ask) => {
    const own = { doc: view.state.doc, at: view.state.selection.main.head };
    own.told = ask({ shown: [view.viewport.from, view.viewport.to], writing_at: own.at });
    own.told.then((told) => {
      // Nothing is drawn into a word that an input method puts together.
      if (told && !view.composing && view.state.doc.eq(own.doc)) show(view, told);
    });
    last = own;
    return own;
  };
  const ask_soon = (view) => {
    clearTimeout(later);
    later = setTimeout(() => { if (!view.composing) asked(view, look); }, 60);
  };

  // What may stand at the cursor comes with the answer to the key that was typed: a key asks once.
  const complete = async (context) => {
    if (view.composing) return null;
    // The next key overtakes the question, and asks anew.
    context.addEventListener("abort", () => {}, { onDocChange: true });
    const isKnown = last && last.at === context.pos && last.doc.eq(context.state.doc);
    const told = await (isKnown ? last : asked(view, look)).told;
    const offered = told && !context.aborted ? told.completion : [];
    if (!offered || offered.length === 0) return null;
    const { from, to } = offered[0];
    const written = context.state.sliceDoc(from, to);
    // A word that is whole, or none at all: Enter is a new line there, unless somebody asked.
    if (!context.explicit && (from === to || offered[0].text === written)) return null;
    return { from, to, filter: false, options: offered.map(option) };
  };

  const external = Annotation.define();
  const listener = EditorView.updateListener.of((update) => {
    const isExternal = update.transactions.some((one) => one.annotation(external));
    if (update.docChanged && !isExternal) {
      changed(update.state.doc.toString());
      clearTimeout(later);
      if (!update.view.composing) asked(update.view, typed);
    } else if (update.docChanged || update.viewportChanged) ask_soon(update.view);
  });
  const input_method = EditorView.domEventHandlers({
    compositionend: (_, view) => {
      setTimeout(() => { if (!view.composing) { asked(view, typed); startCompletion(view); } }, 0);
    },
    blur: () => { left(); },
  });
  const hovered = (told, at) => told && told.hover && {
    pos: told.hover.from, end: told.hover.to, above: true, create: () => ({ dom: paragraphs(told.hover.text) }), at,
  };
  const hover = hoverTooltip(async (_, at) => hovered(await look({ pointing_at: at }), at) || null);
  const explain = (view) => {
    const at = view.state.selection.main.head;
    look({ pointing_at: at }).then((told) => {
      const tooltip = hovered(told, at);
      if (!tooltip || view.state.selection.main.head !== at) return;
      view.dispatch({ effects: [explained.of(tooltip), EditorView.announce.of(told.hover.text)] });
    });
    return true;
  };

  const doc = Text.of(text.split("\n"));
  const start = doc.line(Math.min(Math.max(1, line), doc.lines)).from;
  // Where it begins moves the editor alone, and not the page.
  let begins = true;
  const begin = EditorView.scrollHandler.of((view, { head }) => {
    if (!begins) return false;
    begins = false;
    view.scrollDOM.scrollTop = view.lineBlockAt(head).top;
    return true;
  });
  const view = new EditorView({
    parent,
    root: parent,
    scrollTo: EditorView.scrollIntoView(start),
    state: EditorState.create({
      doc,
      selection: { anchor: start },
      extensions: [
        lineNumbers(), history(), bracketMatching(), closeBrackets(), indentOnInput(), highlightActiveLine(),
        highlightSelectionMatches(), EditorView.lineWrapping, indentUnit.of("  "), indentService.of(indented),
        EditorState.languageData.of(() => [SHAPE]), EditorState.phrases.of(phrases), EditorState.readOnly.of(isReadOnly),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off", tabindex: "0" }),
        autocompletion({ override: [complete], icons: false }),
        colours, explanation, hover, listener, input_method, theme, begin,
        keymap.of([
          { key: "Alt-/", run: startCompletion }, { key: "Mod-i", run: explain }, { key: "Escape", run: unexplained },
          ...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap,
        ]),
      ],
    }),
  });
  asked(view, look);

  return {
    view,
    focus: () => view.focus(),
    close: () => { clearTimeout(later); view.destroy(); },
    /// Puts another text in, as the smallest change, so that the cursor and what can be taken back stay.
    put: (text) => {
      const change = difference(view.state.doc.toString(), text);
      if (change) view.dispatch({ changes: change, annotations: [external.of(true)] });
      else ask_soon(view);
    },
    go_to_line: (number) => {
      const { from, to } = view.state.doc.line(Math.min(Math.max(1, number), view.state.doc.lines));
      view.dispatch({ selection: EditorSelection.single(from, to), effects: EditorView.scrollIntoView(from, { y: "center" }) });
      view.focus();
    },
  };
}

/// What the language looks like to whom only types it.
const SHAPE = { commentTokens: { line: "#" }, closeBrackets: { brackets: ["{", "\""] }, indentOnInput: /^\s*\}$/ };

const indented = (context, at) => {
  const line = context.lineAt(at, 1);
  const before = at > 0 ? context.lineAt(at, -1) : null;
  const above = before && before.from < line.from ? before : previous(context, line);
  if (!above) return 0;
  const blanks = context.countColumn(above.text, above.text.search(/\S|$/));
  const opens = /\{\s*(#.*)?$/.test(above.text) ? context.unit : 0;
  const closes = /^\s*\}/.test(line.text) ? context.unit : 0;
  return Math.max(0, blanks + opens - closes);
};

const previous = (context, line) => {
  for (let number = context.state.doc.lineAt(line.from).number - 1; number > 0; number -= 1) {
    const one = context.state.doc.line(number);
    if (/\S/.test(one.text)) return one;
  }
  return null;
};

// ── What the program says of the text ──
const set_colours = StateEffect.define();
const marks = new Map();
const mark = (kind) => {
  if (!marks.has(kind)) marks.set(kind, Decoration.mark({ class: `jx-${kind}` }));
  return marks.get(kind);
};

const colours = StateField.define({
  create: () => Decoration.none,
  update(all, transaction) {
    let coloured = all.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(set_colours)) continue;
      const { shown, words } = effect.value;
      const add = words.filter(([from, to]) => from < to && to <= transaction.newDoc.length).map(([from, to, kind]) => mark(kind).range(from, to));
      coloured = coloured.update({ filter: (from, to) => to <= shown[0] || from >= shown[1], add, sort: true });
    }
    return coloured;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function show(view, { shown, colours: words, findings }) {
  if (!words) return;
  const end = view.state.doc.length;
  const found = findings.map(({ from, to, severity, code, message, help }) => ({
    // A finding about nothing is shown at the sign beside it.
    from: Math.min(from === to && from === end ? Math.max(0, from - 1) : from, end), to: Math.min(from === to ? to + 1 : to, end),
    severity: severity === "note" ? "info" : severity, source: code, message: help ? `${message}\n${help}` : message,
  }));
  view.dispatch({ effects: set_colours.of({ shown, words }) }, setDiagnostics(view.state, found));
}

// ── What is offered ──
const option = ({ label, text, is_snippet, detail, documentation, to }) => ({
  label, detail,
  info: documentation ? () => paragraphs(documentation) : undefined,
  apply: (view, completion, from) => {
    const written = is_snippet ? places(text) : text;
    if (is_snippet) return snippet(written)(view, completion, from, to);
    view.dispatch({ changes: { from, to, insert: written }, selection: { anchor: from + written.length }, userEvent: "input.complete" });
  },
});

/// The places of a snippet in the spelling of this editor: the first of several words, the last place at its end.
const places = (text) => text.replace(/\\([\\$}])|\$(?:(\d+)|\{(\d+)(?::([^}]*)|\|([^,|]*)[^}]*)?\})/g, (_, sign, bare, number, word, choice) => {
  if (sign) return sign;
  const place = bare || number;
  return `#{${place === "0" ? "99" : place}${word || choice ? `:${word || choice}` : ""}}`;
});

// ── What a thing is ──
const explained = StateEffect.define();
const explanation = StateField.define({
  create: () => null,
  update(shown, transaction) {
    if (transaction.docChanged || transaction.selection) shown = null;
    for (const effect of transaction.effects) if (effect.is(explained)) shown = effect.value;
    return shown;
  },
  provide: (field) => showTooltip.from(field),
});
const unexplained = (view) => {
  if (!view.state.field(explanation)) return false;
  view.dispatch({ effects: explained.of(null) });
  return true;
};

/// Paragraphs with what is strong and what is code; everything else is text.
function paragraphs(markdown) {
  const whole = document.createElement("div");
  whole.className = "jx-told";
  for (const part of markdown.split(/\n{2,}/)) {
    if (part === "---") { whole.append(document.createElement("hr")); continue; }
    const isQuote = part.startsWith("> ");
    const one = document.createElement(isQuote ? "blockquote" : "p");
    const lines = isQuote ? part.replaceAll(/^> ?/gm, "") : part;
    for (const piece of lines.split(/(\*\*[^*]+\*\*|`[^`]+`)/)) {
      const kind = piece.startsWith("**") && piece.length > 4 ? "strong" : piece.startsWith("`") && piece.length > 2 ? "code" : null;
      if (!kind) { one.append(piece); continue; }
      const inline = document.createElement(kind);
      inline.textContent = kind === "strong" ? piece.slice(2, -2) : piece.slice(1, -1);
      one.append(inline);
    }
    whole.append(one);
  }
  return whole;
}

/// Where two texts differ; null where they do not. A pair of units is never parted.
function difference(before, after) {
  if (before === after) return null;
  const isPair = (text, at) => at > 0 && /[\ud800-\udbff]/.test(text[at - 1]) && /[\udc00-\udfff]/.test(text[at] || "");
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  if (isPair(before, start) || isPair(after, start)) start -= 1;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1;
  if (isPair(before, before.length - same) || isPair(after, after.length - same)) same -= 1;
  return { from: start, to: before.length - same, insert: after.slice(start, after.length - same) };
}

// ── Its look: the colours of the page, light and dark ──
const wavy = (colour, style = "wavy") => ({ backgroundImage: "none", paddingBottom: "0", textDecoration: `underline ${style} ${colour}`, textUnderlineOffset: ".25em", textDecorationSkipInk: "none" });
const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--sheet)", border: "1px solid var(--line)", borderRadius: "3px", minHeight: "22rem", maxHeight: "max(22rem, 70vh)", fontSize: ".95rem" },
  "&.cm-focused": { outline: "2px solid var(--seal)", outlineOffset: "1px" },
  ".cm-scroller": { fontFamily: "\"Sarasa Mono SC\", \"Noto Sans Mono CJK SC\", ui-monospace, monospace", lineHeight: "1.6", overflow: "auto", minHeight: "22rem" },
  ".cm-content": { caretColor: "var(--ink)", padding: ".6rem 0" },
  ".cm-gutters": { backgroundColor: "var(--sheet)", color: "var(--soft)", borderRight: "1px solid var(--hair)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--ink) 5%, transparent)" },
  ".cm-activeLineGutter": { color: "var(--ink)" },
  "&.cm-focused .cm-matchingBracket, .cm-selectionMatch": { backgroundColor: "color-mix(in srgb, var(--ink) 14%, transparent)" },
  ".cm-lintRange-error": wavy("var(--seal)"),
  ".cm-lintRange-warning": wavy("var(--seal)", "dashed"),
  ".cm-lintRange-info": wavy("var(--soft)", "dotted"),
  ".cm-lintRange-active": { backgroundColor: "var(--seal-soft)" },
  ".cm-tooltip, .cm-panels": { color: "var(--ink)", backgroundColor: "var(--sheet)", borderColor: "var(--line)" },
  ".cm-tooltip": { border: "1px solid var(--line)", boxShadow: "0 4px 16px #0003", maxWidth: "min(32rem, 90vw)", fontFamily: "var(--hei)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "inherit", maxHeight: "16em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".15rem .6rem", lineHeight: "1.5" },
  ".cm-tooltip-autocomplete ul li[aria-selected], .cm-tooltip-autocomplete-disabled ul li[aria-selected]": { color: "var(--ink)", backgroundColor: "var(--seal-soft)" },
  ".cm-completionDetail": { color: "var(--soft)", fontStyle: "normal" },
  ".cm-diagnostic": { borderLeft: "3px solid var(--seal)", whiteSpace: "pre-wrap", padding: ".3rem .6rem" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--hair)" },
  ".cm-diagnosticSource": { color: "var(--soft)", opacity: "1" },
  ".cm-panel.cm-panel-lint ul [aria-selected]": { color: "var(--ink)", backgroundColor: "var(--seal-soft)" },
  ".cm-panel input, .cm-panel button": { font: "inherit", color: "inherit", background: "var(--sheet)", border: "1px solid var(--line)", borderRadius: "3px" },
  ".jx-told": { padding: ".3rem .7rem", lineHeight: "1.6" },
  ".jx-told p, .jx-told blockquote": { margin: "0 0 .3rem", whiteSpace: "pre-line", overflowWrap: "anywhere" },
  ".jx-told blockquote": { borderLeft: "3px solid var(--hair)", paddingLeft: ".6rem" },
  ".jx-told hr": { border: "0", borderTop: "1px solid var(--hair)" },
  ".jx-told code": { fontSize: "inherit" },
  ".jx-keyword": { color: "var(--jx-keyword)", fontWeight: "700" },
  ".jx-property": { color: "var(--jx-field)" },
  ".jx-namespace, .jx-class, .jx-function, .jx-interface": { color: "var(--jx-name)" },
  ".jx-type, .jx-variable": { color: "var(--jx-word)" },
  ".jx-number, .jx-macro, .jx-operator, .jx-enumMember": { color: "var(--jx-number)" },
  ".jx-string": { color: "var(--jx-text)" },
  ".jx-comment": { color: "var(--soft)" },
  ".jx-decorator": { color: "var(--jx-word)" },
});
