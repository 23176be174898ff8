"""Every name, acronym and description used for a figure, by whom, and with what marks of distance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from quotidian.resolve.layout import Layout
from quotidian.types import Attribution, Label, Mention

_OPENING = frozenset("“\"‘'«„")
_CLOSING = frozenset("”\"’'»“")
_SO_CALLED = frozenset({"so-called", "self-styled", "self-proclaimed", "purported", "alleged", "ostensible"})
# How far before a label (in words) "so-called" may stand: "the so-called council".
_BEFORE = 4


def labels_of(
    layout: Layout, mentions: Sequence[Mention], attributions: Sequence[Attribution]
) -> tuple[Label, ...]:
    """The labels among one figure's mentions, by place; pronouns are none."""
    made = []
    for mention in mentions:
        if mention.form == "pronoun":
            continue
        word = layout.word_at(mention.passage.start)
        owner = layout.owner[word] if word < len(layout) else -1
        made.append(
            Label(
                mention.passage,
                _form(mention),
                attributions[owner].id if owner >= 0 else None,
                _marks(layout, mention),
            )
        )
    return tuple(made)


def _form(mention: Mention) -> Literal["name", "acronym", "description"]:
    if mention.form == "description":
        return "description"
    bare = mention.passage.text.replace(".", "").replace("the ", "")
    return "acronym" if bare.isupper() and 1 < len(bare) <= 6 and mention.type != "person" else "name"


def _marks(layout: Layout, mention: Mention) -> tuple[Literal["quoted", "so-called"], ...]:
    text, start, end = layout.text, mention.passage.start, mention.passage.end
    made: list[Literal["quoted", "so-called"]] = []
    inner = text[start:end].removeprefix("the ").removeprefix("a ")
    begin = end - len(inner)
    before, after = text[begin - 1 : begin], text[end : end + 1]
    if (before in _OPENING and after in _CLOSING and before and after) or (inner[:1] in _OPENING):
        made.append("quoted")
    near = text[max(0, start - 24) : end].lower()
    words = near.replace("so called", "so-called").split()
    if any(word.strip("“”\"'‘’") in _SO_CALLED for word in words[-_BEFORE - len(text[start:end].split()) :]):
        made.append("so-called")
    return tuple(made)
