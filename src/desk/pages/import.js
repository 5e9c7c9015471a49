// A document that is dropped: sent as it is, shown as it was read, and written on a press. Beside desk.js, whose words hold.
"use strict";
const LONGEST_DOCUMENT = 32 * 1024 * 1024;
let in_hand = null;
let brought_key = "";
let brought_theirs = "";

async function bring(file, options) {
  const place = by("brought");
  if (file.size > LONGEST_DOCUMENT) return say(place.dataset.tooLong, "error");
  say(place.dataset.reading, "");
  const words = new URLSearchParams({ lang: language, name: file.name, ...options });
  try {
    const answer = await fetch(root + "import?" + words, {
      method: "POST", headers: { "content-type": "application/octet-stream" }, body: file,
    });
    if (answer.status === 413) return say(place.dataset.tooLong, "error");
    if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
    const told = await answer.json();
    if (told.refused) return say(told.refused, "error");
    place.innerHTML = told.brought;
    brought_key = told.seen || "";
    brought_theirs = options.theirs || "";
    if (language) for (const link of place.querySelectorAll("a")) link.href = address(link.getAttribute("href").slice(root.length));
    const first = place.querySelector("[tabindex='-1']");
    if (first) first.focus();
    say(told.written ? status.dataset.saved : "", told.written ? "good" : "");
  } catch { lost(); }
}

function take_document(file) {
  if (!file) return;
  in_hand = file;
  return bring(file, {});
}

document.addEventListener("change", (event) => {
  if (event.target.id === "document") take_document(event.target.files[0]);
});
// Choosing the same file again reads it again.
document.addEventListener("click", (event) => {
  if (event.target.id === "document") event.target.value = "";
  const button = event.target.closest("button");
  if (!button || !in_hand) return;
  if (button.dataset.write !== undefined) bring(in_hand, { seen: brought_key, theirs: brought_theirs });
  if (button.dataset.theirs !== undefined) bring(in_hand, { theirs: button.dataset.theirs });
});
// A document that is dropped beside the place is meant for it: the browser would leave the page for it.
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    if (by("drop")) by("drop").classList.add("over");
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget && by("drop")) by("drop").classList.remove("over");
});
document.addEventListener("drop", (event) => {
  if (event.dataTransfer.files.length === 0) return;
  event.preventDefault();
  if (!by("drop")) return;
  by("drop").classList.remove("over");
  take_document(event.dataTransfer.files[0]);
});
