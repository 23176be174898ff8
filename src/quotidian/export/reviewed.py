"""What people corrected, for training: a row an article, as ``training/`` and ``evaluation/`` read it.

``attributions`` are those that people accepted, corrected or added, as they stand now; each has the
machine's answer under ``before``. ``rejected`` are negatives. ``unreviewed`` are the machine's alone:
where there are none, the row is ``complete``. ``utterances`` are pairs of a statement of the article and
one of another, and whether people took them for one act of saying.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from quotidian.export.options import Options
from quotidian.store.values import Hit, Review, StoredArticle
from quotidian.types import Passage
from quotidian.write.jsonl.values import one_line

SCHEMA = "quotidian-reviews/1"
_OF_STATEMENTS = ("accept", "reject", "correct", "add")
_OF_PAIRS = ("same_utterance", "other_utterance")


def lines(
    reviewed: Iterable[tuple[StoredArticle, Sequence[Review]]],
    options: Options,
    is_shown: Callable[[int], bool] = lambda statement: True,
) -> Iterator[str]:
    """A line for each article with reviews of statements that count.

    Args:
        reviewed: articles, each with all reviews of it.
        options: for permanent addresses.
        is_shown: whether a rejected statement may be shown; one of a suppressed entity may not.
    """
    for stored, reviews in reviewed:
        if found := row(stored, reviews, options, is_shown):
            yield one_line(found) + "\n"


def row(
    stored: StoredArticle,
    reviews: Sequence[Review],
    options: Options,
    is_shown: Callable[[int], bool] = lambda statement: True,
) -> dict[str, Any] | None:
    """An article with what people decided of it; None where nothing of that counts."""
    counting = _counting(reviews)
    last = {review.statement: review for review in counting if review.statement is not None}
    first = {review.statement: review for review in reversed(counting) if review.statement is not None}
    marked = [hit for hit in stored.hits if hit.state != "unreviewed"]
    rejected = [
        snapshot
        for id, review in sorted(last.items())
        if review.kind == "reject" and is_shown(id) and (snapshot := _before(review, stored))
    ]
    pairs = [_pair(review) for review in _judged(reviews) if _both_shown(review, is_shown)]
    if not marked and not rejected and not pairs:
        return None
    unreviewed = [hit for hit in stored.hits if hit.state == "unreviewed"]
    head = stored.head
    return {
        "schema": SCHEMA,
        "doc": head.own_id,
        "number": head.id,
        "version": head.version,
        "address": options.article(head.id),
        "url": head.url,
        "outlet": head.outlet.name if head.outlet else None,
        "published": head.published,
        "model": head.model,
        "text": stored.article.text,
        "text_sha256": stored.article.text_sha256,
        "attributions": [
            {**_now(hit), "before": None if hit.state == "added" else _before(first.get(hit.id), stored)}
            for hit in marked
        ],
        "rejected": rejected,
        "unreviewed": [_now(hit) for hit in unreviewed],
        "utterances": pairs,
        "complete": not unreviewed,
    }


def _counting(reviews: Iterable[Review]) -> list[Review]:
    """Reviews of statements in the order in which they were made, without those taken back."""
    return [one for one in _standing(reviews) if one.kind in _OF_STATEMENTS]


def _judged(reviews: Iterable[Review]) -> list[Review]:
    """What people said last of each pair of statements, in the order in which they said it."""
    last: dict[tuple[int, ...], Review] = {}
    for one in _standing(reviews):
        if one.kind in _OF_PAIRS and one.statement is not None and "other" in one.payload:
            pair = tuple(sorted((one.statement, one.payload["other"])))
            last.pop(pair, None)
            last[pair] = one
    return list(last.values())


def _both_shown(review: Review, is_shown: Callable[[int], bool]) -> bool:
    return review.statement is not None and is_shown(review.statement) and is_shown(review.payload["other"])


def _pair(review: Review) -> dict[str, Any]:
    """Two statements, in the words that were judged, and whether they are one act of saying."""
    return {
        "statement": review.statement,
        "other": review.payload["other"],
        "same": review.kind == "same_utterance",
        "of": [dict(one) for one in review.payload["of"]],
    }


def _standing(reviews: Iterable[Review]) -> list[Review]:
    newest_first = sorted(reviews, key=lambda review: review.id or 0, reverse=True)
    gone: set[int | None] = set()
    for review in newest_first:
        if review.kind == "undo" and review.id not in gone:
            gone.add(review.undoes)
    return [one for one in reversed(newest_first) if one.id not in gone]


def _now(hit: Hit) -> dict[str, Any]:
    return {
        "statement": hit.id,
        "source": _spans(hit.source),
        "cue": _spans(hit.cue),
        "content": _spans(hit.content),
        "depth": hit.depth,
        "speaker": hit.speaker.name if hit.speaker else None,
        "kind": hit.kind,
        "about": [who.name for who in hit.about],
        "said": hit.said,
        "act": hit.act,
        "negated": hit.negated,
        "stance": hit.stance,
        "review": hit.state,
    }


def _before(review: Review | None, stored: StoredArticle) -> dict[str, Any] | None:
    """The statement as it stood when it was first reviewed; None where that was on another text."""
    of: Mapping[str, Any] = (review.payload.get("of") if review else None) or {}
    if review is None or of.get("version") != stored.head.version:
        return None
    was = of["statement"]
    told = was.get("speaker") or {}
    return {
        "statement": review.statement,
        "source": was["source"]["spans"] if was["source"] else [],
        "cue": was["cue"]["spans"],
        "content": was["content"]["spans"],
        "depth": was["depth"],
        "speaker": told.get("name"),
        "kind": told.get("kind"),
        "about": [who["name"] for who in was.get("about") or ()],
        "said": (was.get("said") or {}).get("edtf"),
        "act": (was.get("act") or {}).get("value"),
        "negated": (was.get("act") or {}).get("negated"),
        "stance": (was.get("stance") or {}).get("value"),
    }


def _spans(passage: Passage | None) -> list[list[int]]:
    return [[start, end] for start, end in passage.spans] if passage else []
