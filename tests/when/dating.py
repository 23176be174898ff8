"""What is said in an invented text, with its attributions marked as in ``evaluation/gold/golden.txt``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from evaluation.gold.golden import GoldAttribution, item
from quotidian.types import Attribution, Mention, Passage, Said, Span
from quotidian.when import dates, said

# A Thursday.
PRINTED = date(2024, 3, 7)


@dataclass(frozen=True)
class Dated:
    """A text's days, by the numbers that the attributions have in its markup."""

    text: str
    days: Mapping[str, Said]

    def day(self, number: str = "1") -> tuple[str | None, str]:
        """The EDTF of a statement, and what it is from."""
        return self.days[number].edtf, self.days[number].from_

    def why(self, number: str = "1") -> list[str]:
        """Its evidence, in words."""
        return [one.why for one in self.days[number].evidence]

    def shown(self, number: str = "1") -> list[str]:
        """The words of the text that are its evidence."""
        return [one.passage.text for one in self.days[number].evidence if one.passage]


def dated(
    marked: str,
    published: date | None = PRINTED,
    speakers: Mapping[str, str] | None = None,
    mentions: Mapping[str, str] | None = None,
) -> Dated:
    """The days of a marked text; ``speakers`` by number and ``mentions`` by their words name entities."""
    gold = item("a", "a", marked)
    attributions = [_attribution(gold.text, one, gold.attributions) for one in gold.attributions]
    days = said(
        gold.text,
        attributions,
        dates(gold.text, published),
        published,
        speakers=None if speakers is None else [speakers.get(one.id) for one in attributions],
        mentions=[_mention(gold.text, words, entity) for words, entity in (mentions or {}).items()],
    )
    return Dated(gold.text, {one.id: day for one, day in zip(attributions, days, strict=True)})


def _attribution(text: str, one: GoldAttribution, others: tuple[GoldAttribution, ...]) -> Attribution:
    return Attribution(
        id=one["number"],
        source=_passage(text, one["source"]) if one["source"] else None,
        cue=_passage(text, one["cue"]),
        content=_passage(text, one["content"]),
        directness="indirect",
        depth=one["depth"],
        parent=None if one["parent"] is None else others[one["parent"]]["number"],
        confidence=1.0,
    )


def _passage(text: str, spans: list[list[int]]) -> Passage:
    return Passage.of(text, [(start, end) for start, end in spans])


def _mention(text: str, words: str, entity: str) -> Mention:
    start = text.index(words)
    passage = Passage(words, (Span(start, start + len(words)),))
    return Mention(passage, "person", "description", 1.0, entity)
