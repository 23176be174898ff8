"""Reports of our own making: invented people, outlets and places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from quotidian.trace.values import Report, Voice
from quotidian.types import Directness, Span

MONDAY = date(2026, 3, 2).toordinal()
VARRO = Voice("person", "Edita Varró", role="minister of waters")
DRAGE = Voice("person", "Anselm Drage", role="prime minister")
OFFICIAL = Voice("unnamed", "a senior official", source="a senior official")


def report(
    content: str,
    *,
    key: str = "a",
    article: str | None = None,
    voice: Voice = VARRO,
    day: int = MONDAY,
    directness: Directness | None = None,
) -> Report:
    """A report of some words; a quotation where they stand in quotation marks."""
    return Report(
        key=key,
        statement=key,
        article=article or f"article of {key}",
        content=content,
        spans=(Span(0, len(content)),),
        directness=directness or ("direct" if content[:1] in '“"' else "indirect"),
        voice=voice,
        last=day,
        printed=day,
    )


def elsewhere(one: Report, key: str = "b") -> Report:
    """The same report in another article."""
    return replace(one, key=key, statement=key, article=f"article of {key}")
