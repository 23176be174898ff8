"""Scores the golden cases of statements: short articles of our own, fiction, one difficulty each.

Everything that is written of an article is one check (:mod:`evaluation.statement_checks`): right, silent or
wrong. Twice: with the attributions *given* as they are marked, so that only what statements add is
measured, and *end to end*, where a marked attribution is the found one that its content is paired with
(:func:`evaluation.score.pairs`); without one, the checks of its statement are silent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from evaluation.gold.statements import StatementItem
from evaluation.predict import ReadsText, Resolved, articles, resolved
from evaluation.report import Report
from evaluation.score import pairs
from evaluation.statement_checks import Check, Read, Verdict, checks
from evaluation.types import Document, Marked, spans_of
from evaluation.words import Words
from quotidian.types import Article


def document(one: StatementItem) -> Document:
    """An article as a document with the attributions that are marked."""
    marked = tuple(
        Marked(spans_of(a["source"]), spans_of(a["cue"]), spans_of(a["content"]), depth=a["depth"])
        for a in one.attributions
    )
    published = one.published.isoformat() if one.published else None
    return Document(one.id, one.text, marked, one.outlet, published)


def given(golden: Sequence[StatementItem], reading: ReadsText) -> list[Read]:
    """The articles with their marked attributions resolved."""
    found = resolved(map(document, golden), reading)
    return [_numbered(one, found[one.id]) for one in golden]


def _numbered(one: StatementItem, found: Resolved) -> Read:
    numbers = [attribution["number"] for attribution in one.attributions]
    return Read(found.article, {numbers[place]: made for place, made in found.statements.items()})


def end_to_end(golden: Sequence[StatementItem], reading: ReadsText) -> list[Read]:
    """The articles as read from their text alone."""
    found = articles(map(document, golden), reading, any_language=True)
    return [_paired(one, article) for one, article in zip(golden, found, strict=True)]


def _paired(one: StatementItem, article: Article) -> Read:
    words = Words(article.text)
    marked = [words.covered(spans_of(attribution["content"])) for attribution in one.attributions]
    found = [words.covered(made.attribution.content.spans) for made in article.statements]
    chosen = pairs(marked, found)
    return Read(article, {one.attributions[i]["number"]: article.statements[j] for i, j in chosen})


def report(golden: Sequence[StatementItem], reads: Mapping[str, Sequence[Read]]) -> Report:
    """How many checks are right, by field and by kind of construction, for each way of reading."""
    return {"articles": len(golden), **{way: _counted(golden, read) for way, read in reads.items()}}


def _counted(golden: Sequence[StatementItem], reads: Sequence[Read]) -> dict[str, Any]:
    held = [(one, checks(one.expected, read)) for one, read in zip(golden, reads, strict=True)]
    return {
        "all_right": sum(all(check.verdict == "right" for check in these) for _, these in held),
        "fields": _by((check.field, check) for _, these in held for check in these),
        "constructions": _by((one.kind, check) for one, these in held for check in these),
    }


def _by(keyed: Iterable[tuple[str, Check]]) -> dict[str, dict[str, int]]:
    counted: dict[str, Counter[Verdict]] = {}
    for key, check in keyed:
        counted.setdefault(key, Counter())[check.verdict] += 1
    return {
        key: {"of": count.total(), **{verdict: count[verdict] for verdict in get_args(Verdict)}}
        for key, count in counted.items()
    }


def failed(golden: Sequence[StatementItem], reads: Sequence[Read]) -> list[str]:
    """The cases that are not all right, each with its text and what is not: for reading."""
    shown: list[str] = []
    for one, read in zip(golden, reads, strict=True):
        if faults := [check for check in checks(one.expected, read) if check.verdict != "right"]:
            published = one.published or "no day"
            shown.append(
                "\n".join(
                    [
                        f"{one.id} | {one.construction} | {published}",
                        "  " + one.text.replace("\n", "\n  "),
                        *(f"  {fault}" for fault in faults),
                    ]
                )
            )
    return shown
