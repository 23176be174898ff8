// Words selected in a text become source, cue or content in the form: their places, and the words themselves.
"use strict";
const text = document.querySelector("[data-text]");
const length = (string) => [...string].length; // in code points, as all offsets are
const before = (node, offset) => {
  const range = document.createRange();
  range.setStart(text, 0);
  range.setEnd(node, offset);
  return range.toString();
};
// Pressing a button must not lose what is selected; the last selection in the text is kept.
let selected = null;
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (!text || selection.isCollapsed || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return;
  const words = range.toString();
  const trimmed = words.trim();
  if (!trimmed) return;
  const lead = words.length - words.trimStart().length;
  const start = Number(text.dataset.start) + length(before(range.startContainer, range.startOffset)) + length(words.slice(0, lead));
  selected = { start, end: start + length(trimmed), words: trimmed.replace(/\s+/g, " ") };
});
const use = (role, more) => {
  if (!selected) return;
  const places = document.getElementById(`${role}_places`);
  const words = document.getElementById(`${role}_words`);
  const place = `${selected.start}-${selected.end}`;
  places.value = more && places.value ? `${places.value}, ${place}` : place;
  words.value = more && words.value ? `${words.value}\n${selected.words}` : selected.words;
  words.classList.add("filled");
};
for (const button of document.querySelectorAll("[data-take], [data-more]"))
  button.addEventListener("click", () => use(button.dataset.take || button.dataset.more, "more" in button.dataset));
// Words typed by hand are looked for by the server: their old places would win over them.
for (const field of document.querySelectorAll(".role textarea"))
  field.addEventListener("input", () => { document.getElementById(field.id.replace("_words", "_places")).value = ""; });
