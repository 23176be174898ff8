"""A statement in words that people read, whatever the format: who, when, what kind, and why.

Names and quoted words are the article's own, a stranger's: each format makes them safe to show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quotidian.types import Act, Evidence, Found, Passage, Said, SaidFrom, Speaker, Stance, Statement, Who
from quotidian.write.days import in_words

# A speaker less sure than this is shown with the figure: one in four would be wrong.
_DOUBTFUL = 0.75

_NO_DAY = "unknown"
_DATED_BY: dict[SaidFrom, str] = {
    "words": "the article gives the day beside the statement",
    "context": "the article dates the same occasion elsewhere",
    "published": "the article does not say when; it cannot be later than its publication",
    "nothing": "the article does not say when, and its day of publication is not known",
}
_STANCES = {"vouches": "vouched for", "distances": "distanced", "neutral": ""}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is said of a statement, how sure, and what shows it.

    ``confidence`` is None where the answer has none of its own. ``where`` is the place of an
    answer in the article's own words.
    """

    question: str
    answer: str
    confidence: float | None
    evidence: tuple[Evidence, ...] = ()
    where: Passage | None = None


def listed(names: Sequence[str], joint: str = "and") -> str:
    """Names as people list them.

    >>> listed(["Lind", "Moor", "Hale"], "or")
    'Lind, Moor or Hale'
    """
    return f" {joint} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def speaker(who: Speaker) -> str:
    """Who spoke, and that it is not clear or nobody is named where that is so."""
    if who.name is not None:
        return listed([who.name, *(other.name for other in who.also)])
    if who.maybe:
        return f"perhaps {listed([other.name for other in who.maybe], 'or')}"
    return {"none": "nobody named", "author": "the author"}.get(who.kind, "not clear who")


def is_settled(who: Speaker) -> bool:
    """Whether the text says who speaks."""
    return who.name is not None or who.kind == "author"


def doubt(who: Speaker) -> str:
    """How sure the speaker is, where that is worth a word: somebody is named, and may well be wrong."""
    return f"{who.confidence:.0%}" if is_settled(who) and who.confidence < _DOUBTFUL else ""


def office(who: Speaker) -> str:
    """Role and organisation as the article has them, or that the speaker is kept unnamed."""
    found = [part.passage for part in (who.role, who.organisation) if part]
    parts = ["unnamed"] if who.kind == "unnamed" else []
    return ", ".join(parts + not_said_again(who.name or "", found))


def not_said_again(name: str, found: Iterable[Passage]) -> list[str]:
    """The words of some passages, but for those that the name or a passage before says already.

    >>> not_said_again("Eva Lund", [Passage("head of the bank", ()), Passage("The bank", ())])
    ['head of the bank']
    """
    parts: list[str] = []
    said = name.casefold()
    for passage in found:
        if passage.text.casefold() not in said:
            parts.append(passage.text)
            said += f" {passage.text.casefold()}"
    return parts


def day(said: Said) -> str:
    """The day it was said."""
    return in_words(said.edtf) if said.edtf else _NO_DAY


def act(done: Act) -> str:
    """The kind of act; that it was not done, where the text says so.

    >>> act(Act("promise", 0.9, negated=True))
    'did not promise'
    """
    return f"did not {done.value}" if done.negated else done.value


def stance(taken: Stance) -> str:
    """How the cue stands to the content; empty where it is neutral."""
    return _STANCES[taken.value]


def reasons(statement: Statement) -> Iterator[Reason]:
    """Everything that is said of a statement with what shows it, in the order people ask."""
    attribution, who = statement.attribution, statement.speaker
    in_text = f"{_side_by_side(attribution.source, attribution.cue)} ({attribution.directness})"
    yield Reason("In the text", in_text, attribution.confidence)
    yield Reason("Speaker", speaker(who), who.confidence, who.evidence)
    yield from _each("Also", who.also)
    yield from _each("Perhaps", who.maybe)
    yield from _found("Role", who.role)
    yield from _found("Organisation", who.organisation)
    if who.unnamed_because:
        yield Reason("Why unnamed", who.unnamed_because.text, None, where=who.unnamed_because)
    yield from _found("Via", statement.via)
    yield from _each("About", statement.about)
    said = statement.said
    yield Reason("Day", day(said), said.confidence, said.evidence or (Evidence(_DATED_BY[said.from_]),))
    yield Reason("Act", act(statement.act), statement.act.confidence, statement.act.evidence)
    if taken := stance(statement.stance):
        yield Reason("Stance", taken, statement.stance.confidence, statement.stance.evidence)


def _side_by_side(source: Passage | None, cue: Passage) -> str:
    """Both in the order of the text, with dots where other words stand between."""
    if source is None:
        return cue.text
    first, last = sorted((source, cue), key=lambda passage: passage.start)
    return f"{first.text}{' … ' if last.start - first.end > 1 else ' '}{last.text}"


def _each(question: str, people: Sequence[Who]) -> Iterator[Reason]:
    return (Reason(question, who.name, who.confidence, who.evidence) for who in people)


def _found(question: str, found: Found | None) -> Iterator[Reason]:
    if found:
        yield Reason(question, found.passage.text, found.confidence, where=found.passage)
