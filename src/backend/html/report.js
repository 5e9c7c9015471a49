// 报告的两件事：查找，窄屏上收起目录。The page is whole without this script.
(() => {
  "use strict";
  // ── Contents: on a narrow screen they open when asked for ──
  if (!matchMedia("(min-width: 70rem)").matches) document.querySelector(".contents details").open = false;

  // ── Search: projects and indicators that hold every word ──
  const field = document.getElementById("search");
  const count = document.getElementById("count");
  const empty = document.getElementById("empty");
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  // A merged cell speaks for every row it covers.
  const read = (group) => {
    const rows = [...group.rows].filter((row) => row.id).map((element) => ({ element, text: fold(element.textContent) }));
    // The second column first: each is put before what stands in the row.
    const merged = [":not(.first)", ".first"].flatMap((column) => [...group.querySelectorAll(`th${column}[rowspan]`)]).map((cell) => {
      const first = rows.findIndex((row) => row.element === cell.parentElement);
      const covered = rows.slice(first, first + cell.rowSpan);
      for (const row of covered.slice(1)) row.text += ` ${fold(cell.textContent)}`;
      return { cell, covered };
    });
    return { element: group, rows, merged };
  };
  const projects = [...document.querySelectorAll(".project")].map((element) => ({
    element,
    entry: document.querySelector(`.contents a[href="#${element.id}"]`)?.parentElement,
    // Name and code; not the labels of the form, which every project has.
    text: fold([...element.querySelectorAll("h3, .head tr:first-child td")].map((one) => one.textContent).join(" ")),
    groups: [...element.querySelectorAll(".rows tbody")].map(read),
  }));
  const others = [...document.querySelectorAll(".overview, .review, .title, .part:not(:has(.project))")];
  const search = (query) => {
    const words = fold(query).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const project of projects) {
      const whole = words.every((word) => project.text.includes(word));
      let visible = 0;
      for (const group of project.groups) {
        for (const row of group.rows) {
          row.element.hidden = !words.every((word) => project.text.includes(word) || row.text.includes(word));
          if (!row.element.hidden) visible += 1;
        }
        group.element.hidden = group.rows.every((row) => row.element.hidden);
        // A merged cell moves to the first row that is left of those it covers.
        for (const { cell, covered } of group.merged) {
          const left = covered.filter((row) => !row.element.hidden);
          if (left.length === 0) continue;
          left[0].element.prepend(cell);
          cell.rowSpan = left.length;
        }
      }
      project.element.hidden = !whole && visible === 0;
      if (project.entry) project.entry.hidden = project.element.hidden;
      shown += visible;
    }
    for (const other of others) other.hidden = words.length > 0;
    count.textContent = words.length === 0 ? "" : count.dataset.text.replace("{}", String(shown));
    empty.hidden = words.length === 0 || projects.some((project) => !project.element.hidden);
  };
  let waiting = 0;
  const soon = (event) => {
    // Letters on their way through an input method are not words yet.
    if (event.isComposing) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => search(field.value), 60);
  };
  field.addEventListener("input", soon);
  field.addEventListener("compositionend", soon);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) { field.value = ""; search(""); }
  });
  // Paper gets the whole document.
  addEventListener("beforeprint", () => search(""));
  addEventListener("afterprint", () => search(field.value));
})();
