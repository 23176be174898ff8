"""A statement in words that people read, from what the archive knows of it."""

from __future__ import annotations

import re

from quotidian.store.values import Head, Hit
from quotidian.types import Directness
from quotidian.write.days import in_words
from quotidian.write.wording import listed

_MARKED = re.compile(r"""\A["“„«'‘].*["”“»'’]\Z""", re.DOTALL)
_DIRECTNESS: dict[Directness, str] = {
    "direct": "",
    "indirect": "; indirect, in the outlet’s words",
    "mixed": "; partly in the outlet’s words",
}


def speaker(hit: Hit) -> str:
    """Who spoke, and that it is not clear or nobody is named where that is so."""
    if hit.speaker:
        return listed([hit.speaker.name, *(other.name for other in hit.also)])
    if hit.maybe:
        return f"perhaps {listed([other.name for other in hit.maybe], 'or')}"
    return {"none": "nobody named", "author": "the author"}.get(hit.kind, "not clear who")


def day(hit: Hit) -> str | None:
    """The day it was said, None where that is not known."""
    return in_words(hit.said) if hit.said else None


def act(hit: Hit) -> str:
    """The kind of act; that it was not done, where the text says so."""
    return f"did not {hit.act}" if hit.negated else hit.act


def quotation(hit: Hit) -> str:
    """What was said. Marks are set around a direct quotation alone: the rest is in the outlet's words."""
    if hit.directness == "direct" and not _MARKED.match(hit.content.text):
        return f"“{hit.content.text}”"
    return hit.content.text


def said_by(hit: Hit) -> str:
    """Who spoke, with the article's word for it: without "denied" a denial would read as a claim."""
    return f"{speaker(hit)} ({hit.cue.text})"


def attributed(hit: Hit) -> str:
    """The quotation, who said it and when: the words of a caption."""
    told = ", ".join(part for part in (said_by(hit), day(hit)) if part)
    return f"{quotation(hit)} — {told}{_DIRECTNESS[hit.directness]}"


def outlet(head: Head) -> str | None:
    """The outlet's name."""
    return head.outlet.name if head.outlet else None


def short(text: str, most: int) -> str:
    """At most so many code points, cut at a word, with an ellipsis where something is left out.

    >>> short("We will not yield", 12)
    'We will not…'
    """
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    in_a_word = not text[most - 1].isspace() and " " in cut
    return (cut.rsplit(" ", 1)[0] if in_a_word else cut).rstrip() + "…"
