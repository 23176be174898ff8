"""What a search found, for a terminal: who, when, where, and the sentence with its parts marked."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from typing import TextIO

from quotidian.store.values import Hit, Results
from quotidian.write.days import in_words
from quotidian.write.terminal.shown import Shown, Signs, console

_WIDEST = 100
_MOST_FACETS = 5


def write(found: Results, file: TextIO, *, facets: bool) -> None:
    """The hits, then how many there are, and what they are made of where that is wanted."""
    shown = Shown.on(console(file))
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    for hit in found.hits:
        file.writelines(f"{line}\n" for line in lines(hit, shown, width))
        file.write("\n")
    for note in found.notes:
        file.write(f"{shown.line(note)}\n")
    file.write(f"{_how_many(found)}\n")
    if facets:
        for name, values in found.facets.items():
            if values:
                listed = ", ".join(f"{shown.line(one.shown)} {one.count:,}" for one in values[:_MOST_FACETS])
                file.write(textwrap.fill(f"{name}: {listed}", width, subsequent_indent="  ") + "\n")


def lines(hit: Hit, shown: Shown, width: int) -> Iterator[str]:
    """One statement: a line on who, when and where, then its sentence."""
    head = shown.signs.dot.join(
        shown.line(part)
        for part in (
            speaker(hit),
            in_words(hit.said) if hit.said else "day unknown",
            f"{'not ' if hit.negated else ''}{hit.act}",
            hit.article.outlet.name if hit.article.outlet else "",
            f"statement {hit.id}",
            "" if hit.state == "unreviewed" else hit.state,
        )
        if part
    )
    yield from textwrap.wrap(head, width, subsequent_indent="  ") or [""]
    yield from textwrap.wrap(
        shown.line(marked(hit, shown.signs)), width, initial_indent="  ", subsequent_indent="  "
    )
    if hit.about:
        names = ", ".join(who.name for who in hit.about)
        yield from textwrap.wrap(f"about {shown.line(names)}", width, initial_indent="  ")


def marked(hit: Hit, signs: Signs) -> str:
    """The sentence with signs around source, cue and content."""
    opening: dict[int, str] = {}
    closing: dict[int, str] = {}
    roles = ((hit.content, signs.content), (hit.source, signs.source), (hit.cue, signs.cue))
    for passage, (before, after) in roles:
        for start, end in passage.spans if passage else ():
            opening[start] = opening.get(start, "") + before
            closing[end] = after + closing.get(end, "")
    at = hit.context.start
    pieces = [closing.get(at + n, "") + opening.get(at + n, "") + sign for n, sign in enumerate(hit.words)]
    return "".join(pieces) + closing.get(hit.context.end, "")


def speaker(hit: Hit) -> str:
    """Who speaks, and for whom; or that nobody knows."""
    if hit.speaker is not None:
        # One who is known by an office alone is called so already.
        return ", ".join(
            dict.fromkeys(part for part in (hit.speaker.name, hit.role, hit.organisation) if part)
        )
    if hit.maybe:
        return "perhaps " + " or ".join(who.name for who in hit.maybe)
    return "nobody named" if hit.source is None else "not clear who"


def _how_many(found: Results) -> str:
    if not found.total:
        return "nothing found"
    statements = f"{found.total:,} statement{'' if found.total == 1 else 's'}"
    return statements if len(found.hits) == found.total else f"{len(found.hits):,} of {statements}"
