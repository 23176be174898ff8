"""Scores which appearances in different articles are taken for the same entity.

The gold pairs are invented: a known entity of one appearance, and an appearance in another article. They
were written and committed before the weights were set, and many are meant to mislead. ``want`` is "same",
"different", or "open" where a careful reader could not say. Precision is the share of right ones among those
judged "same" (an open pair judged "same" is wrong); recall the share of the same that are.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from evaluation.labels import labels as rows
from evaluation.options import write_json
from evaluation.shares import Share, as_dict, share
from quotidian.entities import Appearance, Judgement, Known, judge, keys, sought
from quotidian.entities.folding import fold

FILE = Path(__file__).parent / "gold" / "entities.jsonl"

Want = Literal["same", "different", "open"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A known entity, an appearance, and whether they are the same."""

    id: str
    case: str
    want: Want
    known: Appearance
    appearance: Appearance


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair and what was judged of it; ``found`` is whether keys bring the two together at all."""

    pair: Pair
    judgement: Judgement
    found: bool


def pairs(path: Path = FILE) -> list[Pair]:
    """The pairs of a file.

    Raises:
        NotFound, BadRecord: as :func:`evaluation.labels.labels`.
    """
    return rows(path, _pair)


def _pair(row: dict[str, Any]) -> Pair:
    return Pair(
        row["id"], row["case"], row["want"], _appearance(row["known"]), _appearance(row["appearance"])
    )


def _appearance(values: dict[str, Any]) -> Appearance:
    """Names beside it are folded here, so that the file can be read with ease."""
    folded = {key: [fold(name) for name in values.get(key, ())] for key in ("companions", "places")}
    return Appearance.from_json({**values, **folded})


def judged(gold: Iterable[Pair]) -> list[Judged]:
    """Every pair judged: the keys must bring the two together, then the judgement is asked."""
    made = []
    for pair in gold:
        found = bool(keys(pair.known) & sought(pair.appearance))
        known = [Known.of("k", [pair.known])] if found else []
        made.append(Judged(pair, judge(pair.appearance, known), found))
    return made


def shares(of: Iterable[Judged]) -> dict[str, Share]:
    """Precision and recall of "same", and how much is left to a person."""
    every = list(of)
    said_same = [one for one in every if one.judgement.verdict == "same"]
    same = [one for one in every if one.pair.want == "same"]
    different = [one for one in every if one.pair.want == "different"]
    asked = [one for one in every if one.judgement.verdict == "unsure"]
    return {
        "precision of same": share(sum(one.pair.want == "same" for one in said_same), len(said_same)),
        "recall of same": share(sum(one.judgement.verdict == "same" for one in same), len(same)),
        "same, left to a person": share(sum(one.judgement.verdict == "unsure" for one in same), len(same)),
        "different, left to a person": share(
            sum(one.judgement.verdict == "unsure" for one in different), len(different)
        ),
        "all, left to a person": share(len(asked), len(every)),
    }


_RIGHT = {"same": ("same",), "different": ("new",), "open": ("unsure",)}


def wrong(of: Iterable[Judged]) -> list[str]:
    """What is not as wanted, with its reasons, for reading."""
    return [
        f"{one.pair.id} {one.pair.case}: want {one.pair.want}, judged {one.judgement.verdict}"
        f" {one.judgement.score:g}"
        + ("" if one.found else " (no key in common)")
        + "".join(f"\n      {reason.weight:+g} {reason.why}" for reason in one.judgement.because)
        for one in of
        if one.judgement.verdict not in _RIGHT[one.pair.want]
    ]


def add(commands: argparse._SubParsersAction[Any]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser("entities", help="score who is the same in different articles")
    parser.add_argument("--errors", action="store_true", help="list the pairs that are not as wanted")
    parser.add_argument("--json", type=Path, help="write the report here as well")
    parser.set_defaults(command=score_entities)


def score_entities(arguments: argparse.Namespace) -> int:
    """``entities``: score the invented pairs. No model is needed."""
    found = judged(pairs())
    measured = shares(found)
    for name, one in measured.items():
        print(f"{name:28} {one}")
    if arguments.errors:
        print(*wrong(found), sep="\n")
    write_json({name: as_dict(one) for name, one in measured.items()}, arguments.json)
    return 0
