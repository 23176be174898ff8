"""Attributions and dates → the day on which each statement was made, with its evidence.

Four grounds, the first that there is: words of its own sentence (``words``); the context, where the same
occasion is dated elsewhere (``occasions``, ``live``); the day of publication, which is the latest that it can
be; none. Nothing is guessed: a bound is written as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quotidian.sentences import sentences
from quotidian.types import Attribution, Date, Evidence, Mention, Said, SaidFrom
from quotidian.when.edtf import reach
from quotidian.when.saying.acts import is_one_act, is_state
from quotidian.when.saying.frame import Frame, Frames
from quotidian.when.saying.live import Entries
from quotidian.when.saying.occasions import Link, Occasion, Occasions, is_public, nouns_in
from quotidian.when.saying.participants import ByEntity, ByName, Participants
from quotidian.when.saying.reasons import why
from quotidian.when.saying.words import Dating, clause_of, dated_by_words, dates_event

_HAD = re.compile(r"\bhad\b")
_BY_ENTRY = 0.7
# That it was not said later than it was printed is hardly ever wrong: some print what is still to be said.
_BOUND = 0.97


def said(
    text: str,
    attributions: Sequence[Attribution],
    dates: Sequence[Date],
    published: date | None,
    *,
    speakers: Sequence[str | None] | None = None,
    mentions: Sequence[Mention] = (),
) -> tuple[Said, ...]:
    """The day on which each attribution was said, in their order.

    Args:
        text: the article's text.
        attributions: its attributions, parents before their children.
        dates: its dates, in order, as :func:`quotidian.when.dates` gives them.
        published: the day of publication, None where it is not known.
        speakers: who speaks in each attribution, as ids of entities; without them, by the sources' words.
        mentions: the mentions of those entities.
    """
    possible = [one for one in dates if _may_be_said_on(one, published)]
    frames = Frames(text, sentences(text), attributions, possible)
    who: Participants = (
        ByName(attributions) if speakers is None else ByEntity(attributions, speakers, mentions)
    )
    sayings = [_saying(k, one, frames, who) for k, one in enumerate(attributions)]
    told = Occasions(_told(sayings, frames, who))
    entries = Entries(text, possible)
    found: dict[str, Said] = {}
    for saying in sorted(sayings, key=lambda one: (one.attribution.depth, one.attribution.cue.start)):
        one = saying.attribution
        if saying.dating:
            found[one.id] = _by_words(saying.dating, published)
        elif one.parent in found:
            found[one.id] = _no_later_than(found[one.parent])
        elif link := told.of(one, saying.frame, saying.speakers):
            told.add(saying.on(link.occasion.date, link.occasion))
            found[one.id] = _by_context(link, published)
        elif (stamp := entries.at(one.cue.start)) and is_one_act(one.cue.text):
            found[one.id] = _by_entry(stamp)
        else:
            found[one.id] = _bound(published)
    return tuple(found[one.id] for one in attributions)


@dataclass(frozen=True, slots=True)
class _Saying:
    """An attribution with what its own sentence tells: the frame, who speaks, and what date it has."""

    attribution: Attribution
    frame: Frame
    speakers: frozenset[str]
    dating: Dating | None

    @property
    def looks_back(self) -> bool:
        """Whether it tells of a time before that of the story: "had said on Friday"."""
        cue = self.attribution.cue
        return _HAD.search(self.frame.between(cue.start - 10, cue.end)) is not None

    def on(self, dated: Date, known: Occasion | None = None) -> Occasion:
        """The occasion that it was said on, which ``known`` told of before."""
        people, nouns = self.speakers, nouns_in(self.frame)
        if known:
            people, nouns = people | known.people, nouns | known.nouns
        return Occasion(dated, self.frame.number, people, nouns)


def _saying(number: int, one: Attribution, frames: Frames, who: Participants) -> _Saying:
    frame = frames.of(one)
    dating = None if is_state(one.cue.text) else dated_by_words(frame, one)
    return _Saying(one, frame, who.speakers(number, frame), dating)


def _may_be_said_on(one: Date, published: date | None) -> bool:
    """Whether anything may have been said then: not on what is ahead, nor "three days" or "every Friday"."""
    if one.type not in ("DATE", "TIME") or (one.edtf is None and not one.value.startswith("XXXX")):
        return False
    days = reach(one.edtf or "")
    return days is None or published is None or days[0] <= published


def _told(sayings: Sequence[_Saying], frames: Frames, who: Participants) -> list[Occasion]:
    """The occasions that the text dates: by a statement's own words, or in a sentence that tells of them."""
    told = [
        one.on(one.dating.date)
        for one in sayings
        if one.dating and one.attribution.parent is None and not one.looks_back
    ]
    for frame in frames.dated():
        if is_public(frame):
            told += [_event(frame, date, who) for date in frame.dates if dates_event(frame, date)]
    return told


def _event(frame: Frame, date: Date, who: Participants) -> Occasion:
    return Occasion(date, frame.number, who.present(frame, *clause_of(frame, date)), nouns_in(frame))


def _by_words(dating: Dating, published: date | None) -> Said:
    evidence = (Evidence(why(dating.date, published), dating.date.passage),)
    return _dated(dating.date, "words", dating.confidence, evidence, published)


def _by_context(link: Link, published: date | None) -> Said:
    dated = link.occasion.date
    evidence = (Evidence(why(dated, published), dated.passage), Evidence(link.why, link.passage))
    return _dated(dated, "context", link.confidence, evidence, published)


def _dated(
    dated: Date, from_: SaidFrom, confidence: float, evidence: tuple[Evidence, ...], published: date | None
) -> Said:
    if dated.edtf is None:
        return Said(None, "nothing", _BOUND, evidence)
    return Said(_up_to(dated.edtf, published), from_, confidence, evidence)


def _up_to(edtf: str, published: date | None) -> str:
    """An interval that publication lies in ends there, as nothing is said after it is printed."""
    days = reach(edtf)
    if published is None or days is None or "/" not in edtf or days[1] <= published:
        return edtf
    return f"{days[0]}/{published}" if days[0] < published else str(published)


def _by_entry(stamp: Date) -> Said:
    why = f"the entry of a live blog begins with “{stamp.passage.text}”, on the day of publication"
    return Said(stamp.edtf, "context", _BY_ENTRY, (Evidence(why, stamp.passage),))


def _no_later_than(parent: Said) -> Said:
    """What is reported inside another's words was said before they were, or with them."""
    days = reach(parent.edtf or "")
    if parent.from_ in ("published", "nothing") or days is None:
        return parent if parent.from_ == "published" else Said(None, "nothing", _BOUND, parent.evidence)
    evidence = (Evidence(f"reported in words said on {parent.edtf}, so no later"), *parent.evidence)
    return Said(f"../{days[1]}", "context", parent.confidence, evidence)


def _bound(published: date | None) -> Said:
    if published is None:
        because = "the text does not tell when, and the day of publication is not known"
        return Said(None, "nothing", _BOUND, (Evidence(because),))
    because = f"the text does not tell when; published on {published}, so no later"
    return Said(f"../{published}", "published", _BOUND, (Evidence(because),))
