/* Everything works without this file: it only moves the focus and spares people a second click. */
"use strict";

function takeFocus(root) {
  const summary = root.querySelector("[data-takes-focus]");
  if (summary && !summary.closest("[data-still]")) summary.focus();
}

/* A link of an error summary leads to its field, with the label in view. */
document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  (field.closest(".field") || field).scrollIntoView({ block: "start" });
  field.focus({ preventScroll: true });
});

/* A form is sent once, however often its button is pressed. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
/* Coming back to a page from the browser's memory, its forms may be sent again. */
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  /* The folded menu closes when one turns to something else. */
  for (const menu of document.querySelectorAll(".menu-fold[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

/* What a button copies stands on the page already; without this it is marked and copied by hand. */
function offerToCopy() {
  for (const button of document.querySelectorAll("[data-copies]")) button.hidden = !navigator.clipboard;
}
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim());
  /* Read out, too: the button has the focus, and its words change within a live region. */
  button.textContent = button.dataset.said;
});

document.addEventListener("DOMContentLoaded", () => {
  takeFocus(document);
  offerToCopy();
});
document.addEventListener("htmx:afterSwap", (event) => {
  delete event.detail.elt.closest("form")?.dataset.sent;
  takeFocus(event.detail.target);
});
