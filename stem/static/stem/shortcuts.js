/* Single keys for whoever works through many: only where the page offers them, never while typing, and switched off for
   good by a button (WCAG 2.1.4). Without this file every one of them is a button or a link. */
"use strict";

const KEPT_AS = "shortcuts";

function areOn() {
  return localStorage.getItem(KEPT_AS) !== "off";
}

function isTyping(target) {
  return Boolean(target.closest("textarea, select, input:not([type=radio]):not([type=checkbox])"));
}

function moveAmongRows(step) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const place = rows.indexOf(document.activeElement);
  const next = place < 0 ? (step > 0 ? 0 : rows.length - 1) : place + step;
  rows[next]?.focus();
}

function showState(button) {
  button.textContent = areOn() ? button.dataset.on : button.dataset.off;
}

document.addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll("[data-shortcuts]")) {
    const button = box.querySelector("[data-shortcuts-switch]");
    box.hidden = false;
    showState(button);
    button.addEventListener("click", () => {
      localStorage.setItem(KEPT_AS, areOn() ? "off" : "on");
      showState(button);
    });
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target) || !areOn()) return;
  if (event.key === "j" || event.key === "k") {
    moveAmongRows(event.key === "j" ? 1 : -1);
    return;
  }
  if (!/^[a-z]$/.test(event.key)) return;
  const wanted = document.querySelector(`[data-key="${event.key}"]`);
  if (wanted) wanted.click();
});
