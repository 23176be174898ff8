// What every page has: things that need a script appear, a form that was sent says so.
"use strict";
for (const element of document.querySelectorAll(".needs-script")) element.hidden = false;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  const button = event.submitter;
  if (button && form.dataset.busy) button.textContent = form.dataset.busy;
});
// Coming back with the browser's own button shows the page as it was left: its forms can be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
// A link to a part that is folded unfolds it.
function unfold() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
}
window.addEventListener("hashchange", unfold);
unfold();
