"""Scores → names: the best tags of each stretch, and then what an article's other places say.

An article names the same people again and again. Where one place is unclear ("Lund" may be a town)
the others decide: what they say is summed, and overruled only where a place is surer than all that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from quotidian.encoder.tags import NAME_TYPES, NAMES, Tags
from quotidian.encoder.words import Floats
from quotidian.mention.extents import extent, spelt
from quotidian.mention.tokens import Tokens

PERSON = NAME_TYPES.index("person")
# A word that is so surely no name is not looked at.
NO_NAME = 0.98
# Words; what seems longer is a headline or a list without commas.
LONGEST = 12
# What an article's other places of a name say counts so much beside what its own place says ...
OTHERS = 0.5
# ... and at most so much (log odds).
MOST_OTHERS = 4.0
# A word of a person's full name alone is that person, by so much (log odds).
PART_OF_PERSON = 3.0
# A single word that stands only after "the" is a river, a ship or a paper rather than a person.
AFTER_THE = -4.0
# What a spelling says that tells the type: "(D-Calif.)" (log odds).
SPELT = 9.0
# What is surely a name elsewhere is one here too if its place speaks against it no more than so (log odds).
SURE, MISSED = 0.8, -5.0
# Offices that many papers write with capitals, and what stands before them.
_OFFICES = frozenset({"chancellor", "minister", "premier", "president", "secretary"})
_OF_OFFICES = frozenset(
    {"the", "chief", "deputy", "first", "prime", "vice"}
    | {
        "defence",
        "defense",
        "education",
        "finance",
        "foreign",
        "health",
        "home",
        "interior",
        "justice",
        "trade",
    }
)
_FLOOR = 1e-4
_STARTS = np.array([NAMES.index(kind) for kind in NAME_TYPES])
_GOES_ON = np.array([NAMES.index(f"{kind}+") for kind in NAME_TYPES])


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A name at the words ``first:end``.

    ``type`` is one of NAME_TYPES; ``evidence`` is the log-probability of each of them by this place
    alone, ``confidence`` the probability that type and extent are right.
    """

    first: int
    end: int
    type: str
    evidence: Floats
    confidence: float


def names(tokens: Tokens, tags: Tags) -> list[Name]:
    """The names of a text, in order; none inside another."""
    logs = np.log(np.maximum(tags.name, _FLOOR))
    found = [_name(first, end, logs, kinds) for first, end, kinds in spelt(tokens)]
    taken = _taken(tokens, found)
    for stretch in _stretches(tokens, tags):
        for first, end, kind in _decoded(*stretch, logs):
            place = extent(tokens, first, end, NAME_TYPES[kind])
            if place is not None and not any(taken[slice(*place)]):
                found.append(_name(*place, logs))
    found += _missed(tokens, logs, found)
    found.sort(key=lambda name: name.first)
    whole = _whole(tokens, list(_hyphenated(tokens, found, logs)), logs)
    return _agreed(tokens, [name for name in whole if not _is_office(tokens, name)])


def _is_office(tokens: Tokens, name: Name) -> bool:
    """Whether these words are whom they describe, in capitals: "the Prime Minister said"."""
    words = tokens.lower[name.first : name.end]
    if words[-1] not in _OFFICES:
        words = tokens.lower[name.first : name.end + 1]
    *before, head = words
    after_the = before[:1] == ["the"] or (name.first > 0 and tokens.lower[name.first - 1] == "the")
    return after_the and head in _OFFICES and set(before) <= _OF_OFFICES


def _hyphenated(tokens: Tokens, found: Sequence[Name], logs: Floats) -> Iterator[Name]:
    """The names, a first name with a hyphen as one: "Eva-Maria Lund", not "the Ode-Lund talks"."""
    kept: Name | None = None
    for name in found:
        if (
            kept is not None
            and kept.type == name.type == "person"
            and kept.end - kept.first == 1 < name.end - name.first
            and name.first == kept.end + 1
            and tokens.glued(kept.end - 1, "-")
            and tokens.glued(kept.end, tokens.said[name.first])
        ):
            name = _name(kept.first, name.end, logs, ("person",))
        elif kept is not None:
            yield kept
        kept = name
    if kept is not None:
        yield kept


def _whole(tokens: Tokens, found: Sequence[Name], logs: Floats) -> Iterator[Name]:
    """The names, one that was cut in two as one: "Odile Tarn|-Bexley", "Halvic Ship|Canal Company"."""
    kept: Name | None = None
    for name in found:
        if kept is not None and kept.end == name.first:
            hyphened = tokens.said[name.first].startswith("-") and kept.type in ("person", "organisation")
            bodies = (
                kept.type == name.type == "organisation"
                and tokens.together(kept.end - 1, name.first)
                and tokens.said[name.first][:1].isupper()
            )
            if hyphened or bodies:
                name = _name(kept.first, name.end, logs, ("person",) if hyphened else ("organisation",))
                kept = None
        if kept is not None:
            yield kept
        kept = name
    if kept is not None:
        yield kept


def _taken(tokens: Tokens, found: Iterable[Name]) -> bytearray:
    """For each word, whether it is part of a name."""
    taken = bytearray(len(tokens))
    for name in found:
        taken[name.first : name.end] = b"\1" * (name.end - name.first)
    return taken


def _stretches(tokens: Tokens, tags: Tags) -> Iterator[tuple[int, int]]:
    """Runs of words of one sentence that may be names."""
    maybe = np.flatnonzero(tags.name[:, 0] < NO_NAME).tolist()
    start = 0
    for k, i in enumerate(maybe):
        if k + 1 == len(maybe) or maybe[k + 1] != i + 1 or not tokens.together(i, i + 1):
            yield maybe[start], i + 1
            start = k + 1


def _decoded(first: int, end: int, logs: Floats) -> list[tuple[int, int, int]]:
    """The likeliest names in a stretch: first word, end, index of the type.

    A name is a word tagged with its type and then words tagged to go on with it; the best division of
    the stretch into names and other words is found from left to right.
    """
    none, starts = logs[first:end, 0].tolist(), logs[first:end, _STARTS]
    gone_on = np.vstack([np.zeros(len(NAME_TYPES)), np.cumsum(logs[first:end, _GOES_ON], axis=0)])
    best = [0.0]
    last: list[tuple[int, int] | None] = []  # the name that ends with each word: where it begins, its type
    for i in range(end - first):
        chosen, name = best[i] + none[i], None
        for begin in range(max(0, i + 1 - LONGEST), i + 1):
            scores = starts[begin] + gone_on[i + 1] - gone_on[begin + 1]
            kind = int(scores.argmax())
            if best[begin] + scores[kind] > chosen:
                chosen, name = best[begin] + float(scores[kind]), (begin, kind)
        best.append(chosen)
        last.append(name)
    found, i = [], end - first
    while i:
        name = last[i - 1]
        if name is None:
            i -= 1
        else:
            found.append((first + name[0], first + i, name[1]))
            i = name[0]
    return found[::-1]


def _name(first: int, end: int, logs: Floats, kinds: Sequence[str] = ()) -> Name:
    """A name by its own place's scores; ``kinds`` are those that its spelling allows, if it tells."""
    of_types = logs[first, _STARTS] + logs[first + 1 : end, _GOES_ON].sum(0)
    evidence = of_types / (end - first)
    for kind in kinds:
        evidence[NAME_TYPES.index(kind)] += SPELT
    evidence = (evidence - np.logaddexp.reduce(evidence)).astype(np.float32)
    whole = np.logaddexp.reduce(logs[first, _STARTS])
    for i in range(first + 1, end):
        whole += np.logaddexp.reduce(logs[i, _GOES_ON])
    if end < len(logs):
        whole += np.log1p(-min(0.99, float(np.exp(logs[end, _GOES_ON]).sum())))
    return Name(first, end, NAME_TYPES[int(evidence.argmax())], evidence, float(np.exp(min(0.0, whole))))


def _missed(tokens: Tokens, logs: Floats, found: Sequence[Name]) -> list[Name]:
    """Other places of sure names, and people's surnames, where little speaks against these."""
    known: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    taken = _taken(tokens, found)
    for name in found:
        said = tokens.said[name.first : name.end]
        if name.confidence >= SURE:
            known[said[0]].add(said)
            if name.type == "person" and len(said) > 1 and len(said[-1]) > 2:
                known[said[-1]].add(said[-1:])
    more: list[Name] = []
    for i, word in enumerate(tokens.said):
        for said in sorted(known.get(word, ()), key=len, reverse=True) if not taken[i] else ():
            end = i + len(said)
            if tokens.said[i:end] != said or any(taken[i:end]) or not tokens.together(i, end - 1):
                continue
            against = float(logs[i:end, 0].max())
            if max(logs[i, _STARTS].max(), logs[i, _GOES_ON].max()) - against >= MISSED:
                more.append(_name(i, end, logs))
                taken[i:end] = b"\1" * len(said)
                break
    return more


def _agreed(tokens: Tokens, found: Iterable[Name]) -> list[Name]:
    """The names with the types that an article's places agree upon."""
    together: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    for name in found:
        together[tokens.lower[name.first : name.end]].append(name)
    sums = {said: np.sum([name.evidence for name in places], axis=0) for said, places in together.items()}
    parts = {
        part
        for said, total in sums.items()
        if len(said) > 1 and int(total.argmax()) == PERSON
        for part in said
        if len(part) > 2
    }
    settled = []
    for said, places in together.items():
        always_after_the = all(name.first and tokens.lower[name.first - 1] == "the" for name in places)
        for name in places:
            others = OTHERS * (sums[said] - name.evidence)
            scores = name.evidence + np.maximum(others - others.max(), -MOST_OTHERS)
            if len(said) == 1 and said[0] in parts:
                scores[PERSON] += PART_OF_PERSON
            elif len(said) == 1 and always_after_the:
                scores[PERSON] += AFTER_THE
            chances = np.exp(scores - np.logaddexp.reduce(scores))
            kind = int(chances.argmax())
            sure = name.confidence * float(chances[kind])
            settled.append(replace(name, type=NAME_TYPES[kind], confidence=sure))
    return sorted(settled, key=lambda name: name.first)
