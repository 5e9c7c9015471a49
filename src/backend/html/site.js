// 全县的首页：按列排序，查找部门。The page is whole without this script.
(() => {
  "use strict";
  // ── Sorting: the most first, then the least, then as they came ──
  const table = document.querySelector(".departments");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const value = (row, column) => {
    const cell = row.cells[column];
    return Number(cell.dataset.v ?? cell.textContent.replace(/[^\d.-]/g, ""));
  };
  const sort = (column, order) => {
    const sign = order === "descending" ? -1 : 1;
    const sorted = order ? [...rows].sort((one, other) => sign * (value(one, column) - value(other, column))) : rows;
    body.append(...sorted);
    for (const [index, head] of heads.entries()) {
      if (index === column && order) head.setAttribute("aria-sort", order);
      else head.removeAttribute("aria-sort");
    }
  };
  for (const [column, head] of heads.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const next = { descending: "ascending", ascending: null };
      const now = head.getAttribute("aria-sort");
      sort(column, now ? next[now] : "descending");
    });
  }

  // ── Search: departments whose name or code holds every word ──
  const field = document.getElementById("search");
  const count = document.getElementById("count");
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const names = new Map(rows.map((row) => [row, fold(row.cells[0].textContent)]));
  const search = (query) => {
    const words = fold(query).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !words.every((word) => names.get(row).includes(word));
      if (!row.hidden) shown += 1;
    }
    count.textContent = words.length === 0 ? "" : count.dataset.text.replace("{}", String(shown));
  };
  const soon = (event) => { if (!event.isComposing) search(field.value); };
  field.addEventListener("input", soon);
  field.addEventListener("compositionend", soon);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) { field.value = ""; search(""); }
  });
  // Paper gets every department, and what is folded away.
  addEventListener("beforeprint", () => search(""));
  addEventListener("afterprint", () => search(field.value));
})();
