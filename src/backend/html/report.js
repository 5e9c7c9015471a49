// 报告的两件事：查找，深浅色。The page is whole without this script.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  // ── Theme: the system's, until the reader chooses ──
  const toggle = document.getElementById("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => { try { return localStorage.getItem("jixiao-theme"); } catch { return null; } };
  const isDark = () => (root.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
  const show = () => {
    toggle.setAttribute("aria-pressed", String(isDark()));
    toggle.textContent = isDark() ? toggle.dataset.light : toggle.dataset.dark;
  };
  if (stored()) root.dataset.theme = stored();
  toggle.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("jixiao-theme", root.dataset.theme); } catch { /* a private window */ }
    show();
  });
  dark.addEventListener("change", show);
  show();

  // ── Search: projects and indicators that hold every word ──
  const field = document.getElementById("search");
  const count = document.getElementById("count");
  const empty = document.getElementById("empty");
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const projects = [...document.querySelectorAll(".project")].map((element) => ({
    element,
    entry: document.querySelector(`.contents a[href="#${element.id}"]`)?.parentElement,
    text: fold(element.querySelector("h3").textContent + element.querySelector(".head").textContent),
    groups: [...element.querySelectorAll(".rows tbody")].map((group) => ({
      element: group,
      category: group.querySelector("th.first"),
      rows: [...group.rows].map((row) => ({ element: row, text: fold(row.textContent) })),
    })),
  }));
  const others = [...document.querySelectorAll(".overview, .title, .part:not(:has(.project))")];
  for (const project of projects) {
    for (const group of project.groups) {
      group.home = group.rows[0].element;
      group.span = group.category?.rowSpan;
    }
  }
  const search = () => {
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    const holds = (text) => words.every((word) => text.includes(word));
    let shown = 0;
    for (const project of projects) {
      const whole = words.length === 0 || holds(project.text);
      let visible = 0;
      for (const group of project.groups) {
        const rows = group.rows.filter((row) => {
          const matches = whole || holds(row.text);
          row.element.hidden = !matches;
          return matches;
        });
        group.element.hidden = rows.length === 0;
        // The category's cell moves to the first row that is left.
        if (group.category && rows.length > 0) {
          rows[0].element.prepend(group.category);
          group.category.rowSpan = whole ? group.span : rows.length;
        }
        visible += rows.length;
      }
      project.element.hidden = !whole && visible === 0;
      if (project.entry) project.entry.hidden = project.element.hidden;
      if (!project.element.hidden) shown += visible;
    }
    for (const other of others) other.hidden = words.length > 0;
    count.textContent = words.length === 0 ? "" : count.dataset.text.replace("{}", String(shown));
    empty.hidden = words.length === 0 || projects.some((project) => !project.element.hidden);
  };
  let waiting = 0;
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 60); });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { field.value = ""; search(); }
  });
})();
