"""Two articles beside each other: what stands in both is marked, and each mark leads to its twin."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from quotidian.store.values import CopyOf
from quotidian.trace.values import CopyKind
from quotidian.types import Span
from quotidian.write.html.markup import escaped

KINDS: dict[CopyKind, str] = {
    "exact": "the same text",
    "near": "nearly the same text",
    "partial": "a part of the text is the same",
    "independent": "no text in common but chance",
}


def marked_runs(text: str, runs: Sequence[Span], own: str, other: str) -> Markup:
    """A text in paragraphs with the runs marked and numbered as they were given.

    Args:
        text: of the article.
        runs: spans of it, in the order in which both articles number them; they may overlap.
        own: the letter of this article in the page's anchors.
        other: that of the other one.
    """
    placed, at = [], 0
    for number, (start, end) in sorted(enumerate(runs, start=1), key=lambda one: (one[1], one[0])):
        start = max(start, at)
        if start < end <= len(text):
            placed.append((start, end, number))
            at = end
    found, at = [], 0
    for start, end in _paragraphs(text):
        pieces = []
        at = start
        for a, b, number in placed:
            if b <= start or a >= end:
                continue
            pieces.append(escaped(text[at : max(a, start)]))
            pieces.append(_run(text[max(a, start) : min(b, end)], number, own, other, begins=a >= start))
            at = min(b, end)
        pieces.append(escaped(text[at:end]))
        found.append(f'<p dir="auto">{"".join(pieces)}</p>')
    return Markup("\n".join(found))


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Where the lines that hold something lie."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((at, at + len(line)))
        at += len(line) + 1
    return found


def _run(words: str, number: int, own: str, other: str, *, begins: bool) -> str:
    if not begins:
        return f'<span class="run">{escaped(words)}</span>'
    label = f"Run {number}, in the other article"
    return (
        f'<span class="run" id="{own}{number}"><a class="n" href="#{other}{number}" data-n="{number}" '
        f'aria-label="{label}"></a>{escaped(words)}</span>'
    )


def share(of: CopyOf, article: int) -> float:
    """The share of an article's words that the other one has too."""
    return of.copied.share_a if of.a.id == article else of.copied.share_b
