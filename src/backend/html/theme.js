// 深浅色，各页共用；没有它，页面也是完整的。Shared by the pages, which are whole without it.
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
})();
