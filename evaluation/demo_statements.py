"""Which statements of the demonstration's gold the archive has, and what is right of each.

A found statement is paired with one of the gold if their contents share at least half of the words of the
shorter of the two, one to one, those first that share most of what either has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evaluation.demo_gold import Gold, Page, Person
from evaluation.labels import plain
from evaluation.shares import Share, share
from evaluation.words import Words
from quotidian.store.values import Hit
from quotidian.types import Passage

_HALF = 0.5
_OF_NAMES = ("person", "organisation")


@dataclass(frozen=True, slots=True)
class Paired:
    """A statement of the gold, the found one that it is paired with, and how much they share (IoU)."""

    page: str
    gold: Gold
    hit: Hit | None
    iou: float


def paired(pages: Iterable[Page]) -> list[Paired]:
    """Every statement of the gold with the one found, or with none."""
    return [one for page in pages for one in _on(page)]


def _on(page: Page) -> list[Paired]:
    words = Words(page.text)
    wanted = [words.covered(gold.content) for gold in page.gold]
    found = [words.covered(hit.content.spans) for hit in page.hits]
    candidates = []
    for i, one in enumerate(wanted):
        for j, other in enumerate(found):
            both = len(one & other)
            if both and both >= _HALF * min(len(one), len(other)):
                candidates.append((both / len(one | other), -i, -j))
    chosen: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for iou, i, j in sorted(candidates, reverse=True):
        if -i not in chosen and -j not in taken:
            chosen[-i] = (-j, iou)
            taken.add(-j)
    return [
        Paired(page.name, gold, page.hits[chosen[i][0]], chosen[i][1])
        if i in chosen
        else Paired(page.name, gold, None, 0.0)
        for i, gold in enumerate(page.gold)
    ]


def shares(pairs: Sequence[Paired], found: int, people: Mapping[str, Person]) -> dict[str, Share]:
    """The measures: of all that must be found, and then of those that were."""
    must = [one for one in pairs if one.gold.must]
    there = [one for one in must if one.hit is not None]
    named = [one for one in there if one.gold.row["kind"] in _OF_NAMES]
    about = [one for one in there if one.gold.row["about"]]
    by_name = {str(one.row["name"]): one for one in people.values()}
    return {
        "must be found, found (half of the shorter)": share(len(there), len(must)),
        "must be found, found (IoU of a half)": share(sum(one.iou >= _HALF for one in there), len(must)),
        "all of the gold, found": share(sum(one.hit is not None for one in pairs), len(pairs)),
        "of what was found, in the gold": share(sum(one.hit is not None for one in pairs), found),
        "kind of source": share(sum(_kind(one) for one in there), len(there)),
        "speaker’s name": share(sum(_name(one, by_name) for one in named), len(named)),
        "kind of act": share(sum(_act(one) for one in there), len(there)),
        "day said": share(sum(_day(one) for one in there), len(there)),
        "about whom": share(sum(_about(one, by_name) for one in about), len(about)),
    }


def _kind(one: Paired) -> bool:
    return one.hit is not None and one.hit.kind == one.gold.row["kind"]


def _name(one: Paired, by_name: Mapping[str, Person]) -> bool:
    """Whether the speaker's name is one that the corpus has for whom the gold says."""
    if one.hit is None or one.hit.speaker is None:
        return False
    return _is(one.hit.speaker.name, one.gold.row["speaker"], by_name)


def _is(name: str, wanted: str, by_name: Mapping[str, Person]) -> bool:
    whom = by_name.get(wanted)
    return plain(name) in (whom.names if whom else {plain(wanted)})


def _act(one: Paired) -> bool:
    row = one.gold.row
    allowed = {row["act"], *row.get("act_or", ())}
    return one.hit is not None and one.hit.act in allowed and one.hit.negated == row.get("negated", False)


def _day(one: Paired) -> bool:
    return one.hit is not None and one.hit.said == one.gold.row["said"]


def _about(one: Paired, by_name: Mapping[str, Person]) -> bool:
    """Whether all are there whom the gold names; there may be more, since it is not complete."""
    given = [who.name for who in one.hit.about] if one.hit else []
    return all(any(_is(name, wanted, by_name) for name in given) for wanted in one.gold.row["about"])


def wrong(pairs: Iterable[Paired], people: Mapping[str, Person]) -> list[str]:
    """What must be right and is not, a line each."""
    by_name = {str(one.row["name"]): one for one in people.values()}
    lines = []
    for one in pairs:
        if not one.gold.must:
            continue
        row, hit = one.gold.row, one.hit
        what = []
        if hit is None:
            what.append("not found")
        else:
            if not _kind(one):
                what.append(f"kind {hit.kind}, not {row['kind']}")
            if row["kind"] in _OF_NAMES and not _name(one, by_name):
                what.append(f"speaker {hit.speaker and hit.speaker.name}, not {row['speaker']}")
            if not _act(one):
                what.append(f"{'not ' * hit.negated}{hit.act}, not {row['act']}")
            if not _day(one):
                what.append(f"said {hit.said}, not {row['said']}")
            if not _about(one, by_name):
                what.append(f"about {[who.name for who in hit.about]}, not {row['about']}")
        if what:
            lines.append(f"{one.page} {one.gold.id} “{row['content'][0][:60]}”: " + "; ".join(what))
    return lines


def not_verbatim(pages: Iterable[Page]) -> list[str]:
    """Statements of which a part is not word for word in its place; there must be none."""
    return [
        f"{page.name}: statement {hit.id}"
        for page in pages
        for hit in page.hits
        if not all(_verbatim(part, page.text) for part in (hit.source, hit.cue, hit.content) if part)
    ]


def _verbatim(part: Passage, text: str) -> bool:
    return part == Passage.of(text, part.spans)
