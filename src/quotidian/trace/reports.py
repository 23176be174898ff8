"""Statements as reports: what tracing is told of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from quotidian.trace.claims import claims
from quotidian.trace.values import Report, Voice
from quotidian.trace.words import often
from quotidian.types import Statement
from quotidian.when.edtf import bounds


def reports(
    statement: Statement,
    *,
    key: str,
    article: str,
    printed: date | None,
    stems: Mapping[str, int] | None = None,
) -> tuple[Report, ...]:
    """A statement's reports: one for each sentence or so of its content, in order.

    Their keys are ``key`` itself for the first, then ``key/1``, ``key/2`` …

    Args:
        statement: as it was read, with people's corrections in it.
        key: names the statement among all, the same whatever the order of arrival.
        article: names the article likewise.
        printed: the day of publication.
        stems: how often the article's text has each stem (:func:`quotidian.trace.words.stems`); without
            it no word is taken for one of the event.
    """
    first, last = bounds(statement.said.edtf) if statement.said.edtf else (None, None)
    voice = _voice(statement)
    return tuple(
        Report(
            key=f"{key}/{number}" if number else key,
            statement=key,
            article=article,
            content=claim.text,
            spans=claim.spans,
            directness=statement.attribution.directness,
            voice=voice,
            about=tuple(who.name for who in statement.about),
            first=first.toordinal() if first else None,
            last=last.toordinal() if last else None,
            printed=printed.toordinal() if printed else None,
            depth=statement.attribution.depth,
            act=statement.act.value,
            negated=statement.act.negated,
            often=often(claim.text, stems or {}),
        )
        for number, claim in enumerate(claims(statement.attribution.content))
    )


def unkeyed(report: Report) -> Report:
    """A report without what makes no difference to its links: who compares equal is linked alike."""
    return replace(report, key="", statement="", article="", spans=())


def _voice(statement: Statement) -> Voice:
    speaker = statement.speaker
    source = statement.attribution.source
    return Voice(
        kind=speaker.kind,
        name=speaker.name,
        role=speaker.role.passage.text if speaker.role else None,
        organisation=speaker.organisation.passage.text if speaker.organisation else None,
        maybe=tuple(who.name for who in speaker.maybe),
        also=tuple(who.name for who in speaker.also),
        source=source.text if source else None,
    )
