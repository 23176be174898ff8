// Keys of the review queue. They can be turned off, and never act while something is typed.
"use strict";
const keysOn = document.getElementById("keys-on");
try {
  if (keysOn) {
    keysOn.checked = localStorage.getItem("keys") !== "off";
    keysOn.addEventListener("change", () => localStorage.setItem("keys", keysOn.checked ? "on" : "off"));
  }
} catch { /* without storage the keys are on until turned off */ }
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  if (keysOn && !keysOn.checked && event.key !== "?") return;
  const key = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key.split(" ").includes(event.key));
  if (!key) return;
  event.preventDefault();
  if (event.key === "c" || event.key === "s") {
    document.getElementById("correct").open = true;
    const field = document.getElementById(event.key === "s" ? "speaker" : "source_words");
    field.focus();
    field.scrollIntoView({ block: "center" });
    return;
  }
  key.click();
});
