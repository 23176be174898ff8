"""Invented utterances to export: one that three outlets report and a fourth contradicts, and ones alone."""

from __future__ import annotations

from dataclasses import replace

from export.invented import hits
from quotidian.store.values import (
    Appeared,
    Hit,
    Named,
    Outlet,
    Utterance,
    UtteranceHead,
    UtteranceLink,
    UtteranceReport,
)
from quotidian.trace.alignment import aligned
from quotidian.trace.values import Credit
from quotidian.types import Passage

FIRST = hits()[0]
NOBODY = Credit("nobody", None, None, None, "the text does not say how it came by the words")
TIDE, COURIER, POST, GULL = (
    Outlet(3, "The Sarv Tide"),
    Outlet(4, "The Ellery Courier"),
    Outlet(5, "The Orsel Post"),
    Outlet(6, "The Grey Gull"),
)


def elsewhere(
    id: int, words: str, outlet: Outlet, published: str | None, own_id: str, speaker: Named | None = None
) -> Hit:
    """The first statement of the article, as another outlet has it: its text is these words alone."""
    first = FIRST
    where = replace(
        first.article,
        id=id // 100,
        own_id=own_id,
        url=f"https://{own_id}.example/port",
        outlet=outlet,
        title="The port",
        published=published,
    )
    return replace(
        first,
        id=id,
        key=f"{id:016x}",
        article=where,
        content=Passage.of(words, [(0, len(words))]),
        words=words,
        speaker=speaker or first.speaker,
    )


def appeared(hit: Hit, earliest: str | None, latest: str | None) -> Appeared:
    return Appeared(
        earliest=earliest,
        latest=latest,
        published=hit.article.published,
        modified=None,
        read=hit.article.read_at,
    )


def report(hit: Hit, when: Appeared, first: Hit | None = None, **changes) -> UtteranceReport:
    given = {
        "hit": hit,
        "content": hit.content,
        "appeared": when,
        "may_be_first": first is None,
        "credit": NOBODY,
        "credited_to": None,
        "depth": 0,
        "relation": "first" if first is None else "independent",
        "follows": None,
        "alignment": aligned(first.content.text, hit.content.text) if first else None,
    }
    return UtteranceReport(**{**given, **changes})


def link(a: int, b: int, **changes) -> UtteranceLink:
    given = {
        "a": a,
        "b": b,
        "rule": "quotation",
        "score": 0.98,
        "change": "none",
        "conflict": None,
        "because": ("6 words in a row are the same",),
        "by": None,
    }
    return UtteranceLink(**{**given, **changes})


def alone(hit: Hit) -> Utterance:
    """What one article alone reports."""
    day = hit.article.published_day
    time = f"{day}T06:30:00Z" if day else None
    return Utterance(
        head=UtteranceHead(
            id=hit.key,
            statement=hit.id,
            content=hit.content.text,
            speaker=hit.speaker,
            first_day=day,
            last_day=day,
            reports=1,
            outlets=1,
            changes={},
            unsourced=0,
        ),
        reports=(report(hit, appeared(hit, time, time)),),
        links=(),
        conflicting=(),
        others=(),
    )


def told_again() -> Utterance:
    """The port will reopen: the Tide has it, the Courier copies it, the Post says where it has it from.

    The Gull has somebody else say it.
    """
    first = FIRST
    copy = elsewhere(800, first.content.text, COURIER, "2031-03-06", "courier-8")
    told = elsewhere(900, "The port of Sarv may reopen in June", POST, "2031-03-07T08:00:00Z", "post-9")
    gull = elsewhere(
        1000, first.content.text, GULL, "2031-03-08T08:00:00Z", "gull-10", Named(16, "Ole Strand", 0.8)
    )
    credit = Passage.of("according to The Sarv Tide", [(0, 26)])
    reports = (
        report(first, appeared(first, "2031-03-06T06:30:00Z", "2031-03-06T06:30:00Z")),
        report(
            copy,
            appeared(copy, "2031-03-05T10:00:00Z", "2031-03-07T12:00:00Z"),
            first,
            relation="copy",
            follows=700,
            may_be_first=True,
        ),
        report(
            told,
            appeared(told, "2031-03-07T08:00:00Z", "2031-03-07T08:00:00Z"),
            first,
            relation="credit",
            follows=700,
            credit=Credit("outlet", "the Tide", told.key, credit, "“according to”"),
            credited_to=TIDE,
            depth=1,
        ),
    )
    return Utterance(
        head=UtteranceHead(
            id=first.key,
            statement=700,
            content=first.content.text,
            speaker=first.speaker,
            first_day="2031-03-05",
            last_day="2031-03-07",
            reports=3,
            outlets=3,
            changes={"none": 1, "meaning": 1},
            unsourced=0,
        ),
        reports=reports,
        links=(
            link(700, 800),
            link(900, 700, rule="review", score=1.0, because=("a person said that they are one",), by="ines"),
        ),
        conflicting=((gull, link(700, 1000, conflict="speaker", because=("two speakers",))),),
        others=(),
    )


def utterance(hit: Hit) -> Utterance:
    """The utterance that a statement of the invented archive reports."""
    return told_again() if hit == FIRST else alone(hit)
