// 全县的首页、项目很多的部门：按列排序，查找。The page is whole without this script.
(() => {
  "use strict";
  // ── Sorting: the most first, then the least, then as they came ──
  const tables = [...document.querySelectorAll(".departments")];
  const rows = tables.flatMap((table) => [...table.tBodies[0].rows]);
  const homes = new Map(rows.map((row) => [row, row.parentElement]));
  const parts = [...document.querySelectorAll(".more")];
  const heads = [...tables[0].tHead.rows[0].cells];
  const value = (row, column) => {
    const cell = row.cells[column];
    return Number(cell.dataset.v ?? cell.textContent.replace(/[^\d.-]/g, ""));
  };
  let order = null;
  // Parts without a row to show are not shown, those that a search finds something in stand open.
  const fold = (isOpen) => {
    for (const part of parts) {
      part.hidden = ![...part.querySelectorAll("tbody tr")].some((row) => !row.hidden);
      part.open = isOpen && !part.hidden;
    }
  };
  const sort = (column) => {
    const sign = order === "descending" ? -1 : 1;
    // Sorted, all stand in the first table.
    if (order) tables[0].tBodies[0].append(...[...rows].sort((one, other) => sign * (value(one, column) - value(other, column))));
    else for (const row of rows) homes.get(row).append(row);
    for (const [index, head] of heads.entries()) {
      if (index === column && order) head.setAttribute("aria-sort", order);
      else head.removeAttribute("aria-sort");
    }
    fold(field.value !== "");
  };
  for (const [column, head] of heads.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const next = { descending: "ascending", ascending: null };
      const now = head.getAttribute("aria-sort");
      order = now ? next[now] : "descending";
      sort(column);
    });
  }

  // ── Search: rows whose name or code holds every word ──
  const field = document.getElementById("search");
  const count = document.getElementById("count");
  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const names = new Map(rows.map((row) => [row, plain(row.cells[0].textContent)]));
  const search = (query) => {
    const words = plain(query).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !words.every((word) => names.get(row).includes(word));
      if (!row.hidden) shown += 1;
    }
    fold(words.length > 0);
    count.textContent = words.length === 0 ? "" : count.dataset.text.replace("{}", String(shown));
  };
  const soon = (event) => { if (!event.isComposing) search(field.value); };
  field.addEventListener("input", soon);
  field.addEventListener("compositionend", soon);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) { field.value = ""; search(""); }
  });
  // Paper gets every row.
  addEventListener("beforeprint", () => {
    search("");
    fold(true);
  });
  addEventListener("afterprint", () => search(field.value));
})();
