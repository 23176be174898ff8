// An article: what belongs together lights up together, in the text and beside it. Without this, links do it.
"use strict";
const lit = (id, on) => {
  for (const element of document.querySelectorAll(`[data-s="${CSS.escape(id)}"]`)) element.classList.toggle("lit", on);
};
let chosen = null;
const choose = (id) => {
  if (chosen !== null) lit(chosen, false);
  chosen = id;
  if (id !== null) lit(id, true);
};
const outermost = (element) => element.closest?.("[data-s]");
document.addEventListener("click", (event) => {
  if (event.target.closest("a, button, summary, input")) {
    const link = event.target.closest("a.n, a.no");
    if (link) choose(outermost(link.classList.contains("n") ? link.parentElement : link).dataset.s);
    return;
  }
  if (!getSelection().isCollapsed) return;
  const found = outermost(event.target);
  if (!found) return choose(null);
  choose(found.dataset.s);
  const there = document.getElementById(`${found.closest(".text") ? "r" : "s"}${found.dataset.s}`);
  // Where the two stand below one another, the numbers lead there; a click in the text leaves one where one reads.
  if (!matchMedia("(min-width: 62rem)").matches) return;
  there?.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
});
const fromAddress = () => {
  const found = /^#[sr](.+)$/.exec(location.hash);
  if (found && document.getElementById(`s${found[1]}`)) choose(found[1]);
};
window.addEventListener("hashchange", fromAddress);
fromAddress();
