// The checkpoint form: a press begins its report. Beside desk.js, whose words hold.
"use strict";
document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-begin]");
  if (!button) return;
  button.disabled = true;
  try {
    const answer = await post("begin", JSON.parse(button.dataset.begin));
    if (!answer.ok && answer.status !== 409) throw new Error(String(answer.status));
    const told = await answer.json();
    button.disabled = false;
    if (told.refused) return say(told.refused, "error");
    await refresh();
    say(status.dataset.saved, "good");
    const first = document.querySelector("#form input[data-fact]");
    if (first) first.focus();
  } catch { button.disabled = false; lost(); }
});
