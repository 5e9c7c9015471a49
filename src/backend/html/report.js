// The report's only script: the theme button and the search box. Without it the page reads in full.
(() => {
  'use strict';
  const root = document.documentElement;

  // ── Theme: the system's until the reader chooses ──
  const key = 'jixiao-theme';
  try {
    // Reading may be refused, as where storage is off.
    const chosen = localStorage.getItem(key);
    if (chosen === 'dark' || chosen === 'light') root.dataset.theme = chosen;
  } catch { /* the system's theme */ }

  function theme(button) {
    const system = matchMedia('(prefers-color-scheme: dark)');
    const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches);
    const show = () => button.setAttribute('aria-pressed', String(isDark()));
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      try { localStorage.setItem(key, root.dataset.theme); } catch { /* lasts until the page closes */ }
      show();
    });
    system.addEventListener('change', show);
    show();
    button.hidden = false;
  }

  // ── Search: every word must stand in the project's name or code, or in the indicator's row ──
  // Full-width and half-width are the same, and so are capitals and small letters.
  const plain = (text) => text.normalize('NFKC').toLowerCase();

  function read(section) {
    const rows = [...section.querySelectorAll('.indicators tr[id]')];
    const columns = [...section.querySelectorAll('.indicators thead th')].map((cell) => cell.classList[0]);
    const group = new Map();
    const merged = [...section.querySelectorAll('.indicators .merged')].map((cell) => {
      const first = rows.indexOf(cell.parentElement);
      const covered = rows.slice(first, first + cell.rowSpan);
      for (const row of covered) group.set(row, `${group.get(row) ?? ''} ${plain(cell.textContent)}`);
      return { cell, rows: covered, column: columns.indexOf(cell.classList[0]) };
    });
    const link = document.querySelector(`.contents a[href="#${section.id}"]`);
    return {
      section,
      entry: link && link.parentElement,
      text: plain([...section.querySelectorAll('[data-find]')].map((cell) => cell.textContent).join(' ')),
      rows: rows.map((row) => ({ row, text: plain(row.textContent) + (group.get(row) ?? '') })),
      merged,
      columns,
    };
  }

  // Hides rows, and moves each merged cell to the first of its rows that is left.
  function sift(project, words) {
    const whole = words.every((word) => project.text.includes(word));
    let found = 0;
    for (const { row, text } of project.rows) {
      row.hidden = !words.every((word) => project.text.includes(word) || text.includes(word));
      if (!row.hidden) found += 1;
    }
    for (const { cell, rows, column } of project.merged) {
      const left = rows.filter((row) => !row.hidden);
      if (!left.length) continue;
      cell.rowSpan = left.length;
      const isLater = (other) => other !== cell && project.columns.indexOf(other.classList[0]) > column;
      left[0].insertBefore(cell, [...left[0].cells].find(isLater) ?? null);
    }
    for (const body of project.section.querySelectorAll('.indicators tbody')) {
      body.hidden = !body.querySelector('tr[id]:not([hidden])');
    }
    project.section.hidden = !whole && !found;
    if (project.entry) project.entry.hidden = project.section.hidden;
    return found;
  }

  function search(input) {
    const status = document.getElementById('found');
    const empty = document.getElementById('empty');
    let projects;
    let last = '';
    const filter = (query) => {
      const text = plain(query.trim());
      if (text === last) return;
      projects ??= [...document.querySelectorAll('.project')].map(read);
      const words = text.split(/\s+/).filter(Boolean);
      const found = projects.reduce((sum, project) => sum + sift(project, words), 0);
      const shown = projects.filter(({ section }) => !section.hidden).length;
      for (const part of document.querySelectorAll('.part-two')) part.hidden = !part.querySelector('.project:not([hidden])');
      for (const office of document.querySelectorAll('.department')) {
        office.hidden = text !== '' && !office.querySelector('.project:not([hidden])');
      }
      root.classList.toggle('searching', text !== '');
      const says = text === '' ? '' : shown ? status.dataset.found : status.dataset.none;
      status.textContent = says.replace('{projects}', shown).replace('{indicators}', found);
      empty.hidden = text === '' || shown > 0;
      if (text !== '' && last === '') document.querySelector('.layout').scrollIntoView({ behavior: 'instant' });
      last = text;
    };
    input.addEventListener('input', () => filter(input.value));
    input.addEventListener('keydown', (event) => {
      // Not while a candidate of an input method is being chosen.
      if (event.key !== 'Escape' || event.isComposing) return;
      event.preventDefault();
      input.value = '';
      filter('');
    });
    // Paper gets the whole document.
    addEventListener('beforeprint', () => filter(''));
    addEventListener('afterprint', () => filter(input.value));
    // What a browser kept in the box from before a reload.
    filter(input.value);
    input.disabled = false;
    input.closest('[role="search"]').hidden = false;
  }

  document.addEventListener('DOMContentLoaded', () => {
    theme(document.getElementById('theme'));
    search(document.getElementById('search'));
  });
})();
