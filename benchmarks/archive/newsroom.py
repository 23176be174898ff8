"""News of many outlets, all invented, day after day: articles that repeat each other as news does.

What makes tracing work is in it: events with a cast, quotations that outlets take over whole, cut, edited or
in other words, an agency whose stories many print as they came, what was said weeks ago quoted again,
phrases that everybody uses, and speakers with thousands of statements. What is not real: contents
are words of English drawn at random by how frequent they are, and who speaks is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from importlib.resources import files

import numpy as np
from numpy.random import Generator

from benchmarks.archive.generate import (
    COMMON,
    FIRST_DAY,
    OUTLETS,
    SEED,
    coined,
    drawn,
    zipf,
)
from quotidian.types import (
    Act,
    Article,
    Attribution,
    Directness,
    Entity,
    Label,
    MentionType,
    Passage,
    Said,
    Span,
    Speaker,
    Stance,
    Statement,
    Who,
    attribution_id,
)

AGENCY = "Tidewire Agency"
PER_ARTICLE = 10
PEOPLE, BODIES, PHRASES = 8_000, 1_500, 3_000
# Shares of statements: with a phrase that others use, of the best known speaker, of a source without a
# name; and of what fills an article, the share that was said on another day.
_PHRASED, _KNOWN, _UNNAMED, _AGAIN = 0.3, 0.06, 0.12, 0.25
# How outlets take over what was said; the rest they put in words of their own.
_WHOLE, _CUT, _EDITED = 0.35, 0.65, 0.8
# Of an event's articles so many are the agency's story, as it came or with another end.
_WIRE = 0.3
# Events of a day have so many articles at most; few have many (Zipf).
_LARGEST = 60
# What was said is quoted again for so many days.
_REMEMBERED = 25
_BODY_KINDS = ("Ministry", "Union", "Harbour Board", "Council", "Bank")
_UNNAMED_SOURCES = ("officials", "a spokesman", "residents", "two people briefed on the talks")
_CUES = ("said", "told reporters", "warned", "insisted", "added", "claimed")


@dataclass(frozen=True, slots=True)
class Utterance:
    """What was said, and by whom: a number of :class:`Newsroom`'s people, or a source without a name."""

    words: tuple[str, ...]
    speaker: int | str
    about: int


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence of an article that has a statement, in words."""

    words: tuple[str, ...]
    directness: Directness
    said: Utterance


@dataclass(frozen=True, slots=True)
class _Event:
    title: tuple[str, ...]
    topic: tuple[str, ...]
    said: tuple[Utterance, ...]
    wire: tuple[_Told, ...]


class Newsroom:
    """Days of news, one after the other; the same for the same seed and numbers of statements.

    Args:
        seed: of all chance.
        known: the share of all statements that the best known speaker makes.
        phrased: the share that holds the commonest of the phrases, besides what chance gives them.
    """

    def __init__(self, *, seed: int = SEED, known: float = _KNOWN, phrased: float = 0.0):
        self._rng = np.random.default_rng(seed)
        self._known = known
        self._phrased = phrased
        self._words = _english()
        self._odds = zipf(len(self._words), 1.0)
        names = [name.title() for name in coined(self._rng, 6_000, 2, 4)]
        pairs = self._rng.integers(0, len(names), (PEOPLE + BODIES, 2)).tolist()
        people = [f"{names[one % 400]} {names[other]}" for one, other in pairs[:PEOPLE]]
        bodies = [f"{names[other]} {_BODY_KINDS[one % len(_BODY_KINDS)]}" for one, other in pairs[PEOPLE:]]
        self.people: tuple[str, ...] = tuple(dict.fromkeys([*people, *bodies]))
        order = self._rng.permutation(len(self.people)).tolist()
        self.people = tuple(self.people[place] for place in order)
        self._fame = zipf(len(self.people), 0.85)
        self._phrases = [self._some(3 + n % 3, rare=60) for n in range(PHRASES)]
        self._phrase_odds = zipf(PHRASES, 0.8)
        papers = [name.title() for name in coined(self._rng, OUTLETS, 2, 3)]
        self.outlets = tuple(f"The {name} {_PAPERS[n % len(_PAPERS)]}" for n, name in enumerate(papers))
        self._outlet_odds = zipf(OUTLETS, 0.8)
        self._memory: list[list[Utterance]] = []
        self._day = 0
        self._made = 0

    def day(self, statements: int) -> list[Article]:
        """The news of the next day, with about so many statements."""
        wanted = max(1, round(statements / PER_ARTICLE))
        found: list[Article] = []
        said: list[Utterance] = []
        while len(found) < wanted:
            size = min(wanted - len(found), _LARGEST, int(1 / max(self._rng.random(), 1e-3) ** 0.8))
            event = self._event()
            found += [self._article(event, n) for n in range(size)]
            said += event.said
        self._memory.append(said)
        self._memory = self._memory[-_REMEMBERED:]
        self._day += 1
        return found

    # --- what happens -----------------------------------------------------------------------

    def _event(self) -> _Event:
        cast = [self._somebody() for _ in range(5)]
        topic = self._some(12, rare=300)
        said = tuple(self._utterance(cast, topic) for _ in range(int(4 + self._rng.integers(10))))
        wire = tuple(_Told(one.words, "direct", one) for one in said[:8])
        return _Event(self._some(7, rare=20) + topic[:2], topic, said, wire)

    def _utterance(self, cast: Sequence[int], topic: Sequence[str]) -> Utterance:
        rng = self._rng
        dice = rng.random(5).tolist()
        words = [*self._some(8 + int(dice[0] * 24))]
        for place in rng.integers(0, len(words), 3).tolist():
            words[place] = topic[int(rng.integers(len(topic)))]
        about = cast[int(dice[1] * len(cast))]
        if dice[2] < 0.3:
            words[2:2] = self.people[about].split()
        if dice[3] < _PHRASED:
            words[4:4] = self._phrases[drawn(rng, self._phrase_odds, 1)[0]]
        elif dice[3] > 1 - self._phrased:
            words[4:4] = self._phrases[0]
        speaker: int | str = cast[int(dice[4] ** 2 * len(cast))]
        chance = rng.random()
        if chance < self._known:
            speaker = 0
        elif chance < self._known + _UNNAMED:
            speaker = _UNNAMED_SOURCES[int(dice[1] * len(_UNNAMED_SOURCES))]
        return Utterance(tuple(words), speaker, about)

    def _somebody(self) -> int:
        return drawn(self._rng, self._fame, 1)[0]

    def _some(self, count: int, rare: int = 0) -> tuple[str, ...]:
        """Words as frequent as in English; without so many of the most frequent."""
        places = drawn(self._rng, self._odds, count)
        return tuple(self._words[place if place >= rare else place + rare] for place in places)

    # --- how it is told -----------------------------------------------------------------------

    def _article(self, event: _Event, number: int) -> Article:
        rng = self._rng
        wire = number > 0 and rng.random() < _WIRE
        told = list(event.wire) if number == 0 or wire else self._own(event)
        if wire and rng.random() < 0.5:
            told = [*told[:-2], *self._own(event)[:2]]
        while len(told) < PER_ARTICLE:
            again = rng.random() < _AGAIN and bool(self._memory)
            told.append(self._taken(self._before() if again else self._aside(event)))
        lead = ("Tidewire",) if wire or number == 0 else self._some(5)
        outlet = AGENCY if number == 0 else self.outlets[drawn(rng, self._outlet_odds, 1)[0]]
        self._made += 1
        title = event.title if wire else (*event.title[:4], *self._some(4, rare=20))
        return self._written(" ".join(title).capitalize(), (*lead, *event.topic), told, outlet)

    def _before(self) -> Utterance:
        """What was said on one of the days before."""
        of_a_day = self._memory[int(self._rng.integers(len(self._memory)))]
        return of_a_day[int(self._rng.integers(len(of_a_day)))]

    def _aside(self, event: _Event) -> Utterance:
        """What only one outlet has."""
        return self._utterance([self._somebody() for _ in range(3)], event.topic)

    def _own(self, event: _Event) -> list[_Told]:
        """An outlet's own choice of what was said."""
        places = self._rng.permutation(len(event.said))[: 3 + int(self._rng.integers(5))].tolist()
        return [self._taken(event.said[place]) for place in places]

    def _taken(self, said: Utterance) -> _Told:
        """An utterance as some outlet has it."""
        rng = self._rng
        words, dice = said.words, rng.random()
        if dice < _WHOLE:
            return _Told(words, "direct", said)
        if dice < _CUT:
            start = int(rng.integers(0, len(words) // 3 + 1))
            end = len(words) - int(rng.integers(0, len(words) // 3 + 1))
            return _Told(words[start:end], "direct", said)
        if dice < _EDITED:
            edited = list(words)
            for place in rng.integers(0, len(words), 2).tolist():
                edited[place] = self._some(1)[0]
            return _Told(tuple(edited), "mixed" if dice < 0.7 else "direct", said)
        kept = [word for word, keep in zip(words, rng.random(len(words)) < 0.6, strict=True) if keep]
        other = [*kept, *self._some(max(3, len(words) // 4))]
        return _Told(tuple(other[place] for place in _shuffled_a_little(rng, len(other))), "indirect", said)

    # --- how it is written ------------------------------------------------------------------------

    def _written(self, title: str, lead: Sequence[str], told: Sequence[_Told], outlet: str) -> Article:
        day = (FIRST_DAY + timedelta(days=self._day)).isoformat()
        text = f"{' '.join(lead).capitalize()}.\n"
        entities: dict[int, Entity] = {}
        placed = []
        for number, one in enumerate(told):
            who = one.said.speaker
            source = who if isinstance(who, str) else self.people[who]
            cue = _CUES[(number + self._made) % len(_CUES)]
            content = " ".join(one.words)
            start = len(text)
            if one.directness == "direct":
                content = f"“{content.capitalize()},”"
                text += f"{content} {source} {cue}.\n"
                at = (start, start + len(content) + 1, start + len(content) + len(source) + 2)
            else:
                if one.directness == "mixed":
                    half = len(one.words) // 2
                    content = f"{' '.join(one.words[:half])} “{' '.join(one.words[half:])}”"
                text += f"{source} {cue} that {content}.\n"
                at = (start + len(source) + len(cue) + 7, start, start + len(source) + 1)
            placed.append((one, source, cue, content, at))
        made = replace(_NO_ARTICLE, id=f"n{self._made:08x}", text=text, title=title, outlet=outlet)
        sha = made.text_sha256
        found = [self._statement(text, sha, day, entities, *one) for one in placed]
        return replace(
            made,
            published=day,
            published_from="given",
            attributions=tuple(one.attribution for one in found),
            statements=tuple(found),
            entities=tuple(entities.values()),
        )

    def _statement(
        self,
        text: str,
        sha: str,
        day: str,
        entities: dict[int, Entity],
        told: _Told,
        source: str,
        cue: str,
        content: str,
        at: tuple[int, int, int],
    ) -> Statement:
        def passage(start: int, words: str) -> Passage:
            return Passage(words, (Span(start, start + len(words)),))

        where = passage(at[0], content), passage(at[1], source), passage(at[2], cue)
        who = told.said.speaker
        if isinstance(who, str):
            speaker = Speaker("unnamed", None, source, 0.8)
        else:
            if who not in entities:
                kind: MentionType = "organisation" if source.endswith(_BODY_KINDS) else "person"
                entities[who] = Entity(
                    f"e{len(entities) + 1}", kind, source, labels=(Label(where[1], "name"),)
                )
            speaker = Speaker(
                "organisation" if entities[who].type == "organisation" else "person",
                entities[who].id,
                source,
                0.9,
            )
        return Statement(
            Attribution(
                attribution_id(sha, where[1], where[2], where[0]),
                source=where[1],
                cue=where[2],
                content=where[0],
                directness=told.directness,
                depth=0,
                parent=None,
                confidence=0.9,
            ),
            speaker,
            about=(Who(None, self.people[told.said.about], 0.7),),
            via=None,
            said=Said(f"../{day}", "published", 0.9),
            act=Act("state", 0.9),
            stance=Stance("neutral", 0.9),
        )


_NO_ARTICLE = Article(id="", text="", language="en", model="none")
_PAPERS = ("Gazette", "Post", "Herald", "Chronicle", "Observer")


def _shuffled_a_little(rng: Generator, count: int) -> list[int]:
    """Places in another order, none far from its own."""
    order: list[int] = np.argsort(np.arange(count) + rng.random(count) * 6).tolist()
    return order


def _english() -> tuple[str, ...]:
    """Words of English from the most to the least frequent, of the encoder's own list."""
    text = (files("quotidian.encoder") / "model" / "vocabulary.txt").read_text(encoding="utf-8")
    lines = text.split("\n")
    listed = [
        line for line in lines[lines.index("the") :] if line.isascii() and line.isalpha() and len(line) > 1
    ]
    return tuple(dict.fromkeys([*COMMON[:30], *listed]))
