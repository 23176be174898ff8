"""Statements as reports: what tracing is told of each."""

from __future__ import annotations

from datetime import date

from quotidian.trace.values import Report, Voice
from quotidian.types import Statement
from quotidian.when.edtf import bounds


def report(statement: Statement, *, key: str, article_key: str, printed: date | None) -> Report:
    """A statement as tracing sees it.

    Args:
        statement: as it was read, with people's corrections in it.
        key: names the statement among all, the same whatever the order of arrival.
        article_key: names the article likewise.
        printed: the day of publication.
    """
    first, last = bounds(statement.said.edtf) if statement.said.edtf else (None, None)
    speaker = statement.speaker
    source = statement.attribution.source
    return Report(
        key=key,
        article=article_key,
        content=statement.attribution.content.text,
        directness=statement.attribution.directness,
        voice=Voice(
            kind=speaker.kind,
            name=speaker.name,
            role=speaker.role.passage.text if speaker.role else None,
            organisation=speaker.organisation.passage.text if speaker.organisation else None,
            maybe=tuple(who.name for who in speaker.maybe),
            also=tuple(who.name for who in speaker.also),
            source=source.text if source else None,
        ),
        about=tuple(who.name for who in statement.about),
        first=first.toordinal() if first else None,
        last=last.toordinal() if last else None,
        printed=printed.toordinal() if printed else None,
        depth=statement.attribution.depth,
        act=statement.act.value,
        negated=statement.act.negated,
    )
