"""Utterances as JSON lines, and as a table of their reports: see docs/reference/export.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from quotidian.export.columns import Column
from quotidian.export.options import Options
from quotidian.store.values import Named, Utterance, UtteranceLink, UtteranceReport
from quotidian.trace.alignment import aligned
from quotidian.trace.values import Alignment, Edit
from quotidian.write.jsonl.values import confidence, one_line, passage

UTTERANCE = "quotidian-utterance/1"


def lines(utterances: Iterable[Utterance], options: Options) -> Iterator[str]:
    """A line for each utterance."""
    return (one_line(utterance(one, options)) + "\n" for one in utterances)


def utterance(one: Utterance, options: Options) -> dict[str, Any]:
    """An utterance with its reports, in the order in which they appeared, and the links between them."""
    by_number = {report.hit.id: report for report in one.reports}
    return {
        "schema": UTTERANCE,
        "id": one.head.id,
        "address": options.utterance(one.head.id),
        "speaker": _named(one.head.speaker, options),
        "first_day": one.head.first_day,
        "last_day": one.head.last_day,
        "outlets": one.head.outlets,
        "unsourced": one.head.unsourced,
        "first": one.head.statement,
        "may_be_first": [report.hit.id for report in one.reports if report.may_be_first],
        "reports": [_report(report, options) for report in one.reports],
        "links": [_link(link, by_number) for link in one.links],
        "conflicts": [
            {
                "article": hit.article.own_id,
                "statement": hit.id,
                "speaker": _named(hit.speaker, options),
                "content": passage(hit.content),
                "with": link.b if link.a == hit.id else link.a,
                "conflict": link.conflict,
                "score": confidence(link.score),
                "because": list(link.because),
            }
            for hit, link in one.conflicting
        ],
        "others": list(one.others),
    }


def _report(report: UtteranceReport, options: Options) -> dict[str, Any]:
    hit, when = report.hit, report.appeared
    return {
        "article": hit.article.own_id,
        "statement": hit.id,
        "key": hit.key,
        "address": options.statement(hit.id),
        "outlet": hit.article.outlet.name if hit.article.outlet else None,
        "url": hit.article.url,
        "title": hit.article.title,
        "spans": [[start, end] for start, end in report.content.spans],
        "content": report.content.text,
        "speaker": _named(hit.speaker, options),
        "kind": hit.kind,
        "published": when.published,
        "modified": when.modified,
        "read": when.read,
        "earliest": when.earliest,
        "latest": when.latest,
        "may_be_first": report.may_be_first,
        "credited_to": credited(report),
        "credit": {
            "kind": report.credit.kind,
            "name": report.credit.name,
            "passage": passage(report.credit.passage) if report.credit.passage else None,
            "why": report.credit.why,
        },
        "depth": report.depth,
        "relation": report.relation,
        "follows": report.follows,
        "change": report.alignment.change if report.alignment else None,
    }


def credited(report: UtteranceReport) -> str | None:
    """The outlet or agency that a report names: as the archive calls it, or else as written."""
    if report.credited_to is not None:
        return report.credited_to.name
    return report.credit.name


def _link(link: UtteranceLink, reports: dict[int, UtteranceReport]) -> dict[str, Any]:
    """From the report that appeared first; spans are of the two contents as ``content`` gives them."""
    order = list(reports)
    a, b = sorted((link.a, link.b), key=order.index)
    one, other = reports[a], reports[b]
    beside = aligned(
        one.content.text, other.content.text, directness=(one.hit.directness, other.hit.directness)
    )
    return {
        "from": a,
        "to": b,
        "rule": link.rule,
        "score": confidence(link.score),
        "change": beside.change if link.rule == "review" else link.change,
        "alignment": _alignment(beside),
        "because": list(link.because),
        "by": link.by,
    }


def _alignment(alignment: Alignment) -> list[dict[str, Any]]:
    return [_edit(edit) for edit in alignment.edits]


def _edit(edit: Edit) -> dict[str, Any]:
    return {"operation": edit.operation, "a": list(edit.a), "b": list(edit.b), "conflict": edit.conflict}


def _named(who: Named | None, options: Options) -> dict[str, Any] | None:
    if who is None:
        return None
    return {"entity": who.entity, "address": options.entity(who.entity), "name": who.name}


# --- the table ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A report, and the utterance that it is of."""

    of: Utterance
    report: UtteranceReport


def rows(utterances: Iterable[Utterance]) -> Iterator[Row]:
    """A row for each report of each utterance."""
    return (Row(one, report) for one in utterances for report in one.reports)


COLUMNS: tuple[Column[Row], ...] = (
    Column("utterance", "text", lambda row, _: row.of.head.id),
    Column("reports", "number", lambda row, _: row.of.head.reports),
    Column("outlets", "number", lambda row, _: row.of.head.outlets),
    Column("statement", "number", lambda row, _: row.report.hit.id),
    Column("address", "text", lambda row, options: options.statement(row.report.hit.id)),
    Column("article_id", "text", lambda row, _: row.report.hit.article.own_id),
    Column("outlet", "text", lambda row, _: (found := row.report.hit.article.outlet) and found.name),
    Column("url", "text", lambda row, _: row.report.hit.article.url),
    Column("title", "text", lambda row, _: row.report.hit.article.title),
    Column("published", "text", lambda row, _: row.report.appeared.published),
    Column("modified", "text", lambda row, _: row.report.appeared.modified),
    Column("read", "text", lambda row, _: row.report.appeared.read),
    Column("earliest", "text", lambda row, _: row.report.appeared.earliest),
    Column("latest", "text", lambda row, _: row.report.appeared.latest),
    Column("may_be_first", "truth", lambda row, _: row.report.may_be_first),
    Column("speaker", "text", lambda row, _: (who := row.report.hit.speaker) and who.name),
    Column("kind", "text", lambda row, _: row.report.hit.kind),
    Column("content", "text", lambda row, _: row.report.content.text),
    Column("content_spans", "spans", lambda row, _: list(row.report.content.spans)),
    Column("credited_to", "text", lambda row, _: credited(row.report)),
    Column("credit", "text", lambda row, _: row.report.credit.kind),
    Column("depth", "number", lambda row, _: row.report.depth),
    Column("relation", "text", lambda row, _: row.report.relation),
    Column("follows", "number", lambda row, _: row.report.follows),
    Column("change", "text", lambda row, _: row.report.alignment and row.report.alignment.change),
)
