"""What people say of two statements wins over links, and is never lost; corrections reach the traces."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from sqlalchemy import select

from quotidian.errors import ReviewRefused
from quotidian.export import formats
from quotidian.export.options import Options
from quotidian.store import Archive
from quotidian.store.tables import reviews
from quotidian.store.values import Review
from store.building import recut
from store.tracing.newsroom import (
    BRANN,
    FERRY,
    NEVER,
    PUT_OTHERWISE,
    QUILL,
    SHORT,
    TOLLS,
    beside,
    hit,
    keep,
    outlets,
    say,
    story,
    trace,
    traced,
)

POST, TIDEMARK, LANTERN = (
    story(FERRY, outlet="The Post"),
    story(FERRY, outlet="The Tidemark", day=7),
    story(SHORT, outlet="The Lantern", day=8),
)
ELSEWHERE = story("that she had never liked the sea", outlet="The Mast", day=8)
FOG = story(NEVER, outlet="The Fog", day=7)
ALL = {"The Post", "The Tidemark", "The Lantern"}


@pytest.fixture
def newsroom(archive: Archive) -> Archive:
    """Three reports of one utterance, one of another and one that contradicts."""
    keep(archive, POST, TIDEMARK, LANTERN, ELSEWHERE, FOG)
    archive.join()
    assert outlets(trace(archive, "The Post")) == ALL
    return archive


def of(archive: Archive, outlet: str) -> set[str]:
    """All outlets that share an utterance with this one's statement."""
    ids = archive.utterances_of(hit(archive, outlet).id)
    return {name for id in ids for name in outlets(archive.utterance(id))}


def apart(archive: Archive, one: str, other: str) -> bool:
    """Whether no utterance has both."""
    return all(
        not {one, other} <= outlets(archive.utterance(id))
        for id in archive.utterances_of(hit(archive, one).id)
    )


def test_same_joins_what_no_link_joins_and_undoing_it_parts_them(newsroom: Archive) -> None:
    before = traced(newsroom)
    decided = say(newsroom, "same_utterance", hit(newsroom, "The Mast"), hit(newsroom, "The Lantern"))
    found = trace(newsroom, "The Mast")
    assert outlets(found) == {*ALL, "The Mast"}
    assert [(link.rule, link.by) for link in found.links if link.by] == [("review", "Una")]
    newsroom.review(Review(kind="undo", by="Una", undoes=decided.id))
    assert traced(newsroom) == before


def test_same_wins_over_a_contradiction(newsroom: Archive) -> None:
    say(newsroom, "same_utterance", hit(newsroom, "The Fog"), hit(newsroom, "The Tidemark"))
    assert outlets(trace(newsroom, "The Fog")) == {*ALL, "The Fog"}


def test_not_the_same_parts_what_links_join_and_undoing_it_joins_them(newsroom: Archive) -> None:
    before = traced(newsroom)
    decided = say(newsroom, "other_utterance", hit(newsroom, "The Post"), hit(newsroom, "The Tidemark"))
    assert apart(newsroom, "The Post", "The Tidemark")
    newsroom.review(Review(kind="undo", by="Una", undoes=decided.id))
    assert traced(newsroom) == before


def test_what_was_said_last_counts(newsroom: Archive) -> None:
    post, tidemark = hit(newsroom, "The Post"), hit(newsroom, "The Tidemark")
    for kind in ("other_utterance", "same_utterance", "other_utterance"):
        say(newsroom, kind, post, tidemark)
    assert apart(newsroom, "The Post", "The Tidemark")
    say(newsroom, "same_utterance", tidemark, post)
    assert not apart(newsroom, "The Post", "The Tidemark")


def test_people_s_word_stands_when_all_is_joined_again_and_more_comes(newsroom: Archive) -> None:
    say(newsroom, "same_utterance", hit(newsroom, "The Mast"), hit(newsroom, "The Lantern"))
    say(newsroom, "other_utterance", hit(newsroom, "The Post"), hit(newsroom, "The Tidemark"))
    before = traced(newsroom)
    newsroom.join_again()
    newsroom.join()
    assert traced(newsroom) == before
    keep(newsroom, story(FERRY, outlet="The Keel", day=9), story(TOLLS, outlet="The Rope", day=9))
    newsroom.join()
    assert "The Lantern" in of(newsroom, "The Mast")
    assert apart(newsroom, "The Post", "The Tidemark")
    assert newsroom.check() == ()


def test_people_s_word_stands_when_a_newer_model_cuts_the_words_elsewhere(newsroom: Archive) -> None:
    mast, lantern = hit(newsroom, "The Mast"), hit(newsroom, "The Lantern")
    say(newsroom, "same_utterance", mast, lantern)
    say(newsroom, "other_utterance", hit(newsroom, "The Post"), lantern)
    at = LANTERN.text.index("We will")
    newsroom.reread(recut(LANTERN, lantern.key, (at, at + len(SHORT) - 2)), lantern.article.id)
    newsroom.join()
    assert hit(newsroom, "The Lantern").id != lantern.id
    assert "The Lantern" in of(newsroom, "The Mast")
    assert apart(newsroom, "The Post", "The Lantern")
    assert newsroom.check() == ()


def test_people_s_word_stands_in_a_new_version_of_the_page(newsroom: Archive) -> None:
    say(newsroom, "same_utterance", hit(newsroom, "The Mast"), hit(newsroom, "The Lantern"))
    keep(newsroom, story(SHORT, outlet="The Lantern", day=8, opening="Put right since."))
    newsroom.join()
    assert "The Lantern" in of(newsroom, "The Mast")
    assert newsroom.check() == ()


def test_a_review_of_what_is_no_pair_is_refused(newsroom: Archive) -> None:
    post = hit(newsroom, "The Post")
    for payload in ({}, {"other": "x"}, {"other": True}, {"other": post.id}):
        with pytest.raises(ReviewRefused):
            newsroom.review(Review(kind="same_utterance", by="Una", statement=post.id, payload=payload))
    assert newsroom.reviews() == ()


def test_the_words_of_a_deleted_article_leave_the_reviews_of_others_too(newsroom: Archive) -> None:
    say(newsroom, "same_utterance", hit(newsroom, "The Mast"), hit(newsroom, "The Lantern"))
    newsroom.delete(hit(newsroom, "The Lantern").article.id)
    with newsroom._database.reading() as connection:
        assert [*connection.scalars(select(reviews.c.payload))] == [{"erased": True}]
    assert outlets(trace(newsroom, "The Mast")) == {"The Mast"}
    newsroom.join_again()
    newsroom.join()
    assert newsroom.check() == ()


# --- statements that people corrected -----------------------------------------------------------


def test_a_rejected_statement_leaves_the_traces_and_comes_back(newsroom: Archive) -> None:
    before = traced(newsroom)
    rejected = hit(newsroom, "The Tidemark").id
    review = newsroom.review(Review(kind="reject", by="Una", statement=rejected))
    assert outlets(trace(newsroom, "The Post")) == ALL - {"The Tidemark"}
    assert newsroom.check() == ()
    newsroom.review(Review(kind="undo", by="Una", undoes=review.id))
    assert traced(newsroom) == before


def test_another_speaker_makes_it_a_contradiction(newsroom: Archive) -> None:
    speaker = {"name": BRANN[0], "kind": "person"}
    newsroom.review(
        Review(
            kind="correct",
            by="Una",
            statement=hit(newsroom, "The Tidemark").id,
            payload={"speaker": speaker},
        )
    )
    assert ("The Tidemark", "speaker") in beside(trace(newsroom, "The Post"))
    assert apart(newsroom, "The Post", "The Tidemark")
    assert newsroom.check() == ()


def test_another_span_is_what_is_traced(newsroom: Archive) -> None:
    at = FOG.text.index("sail the night")
    end = FOG.text.index("”")
    newsroom.review(
        Review(
            kind="correct",
            by="Una",
            statement=hit(newsroom, "The Fog").id,
            payload={"content": [[at, end]]},
        )
    )
    assert "The Fog" in outlets(trace(newsroom, "The Post"))
    assert newsroom.check() == ()


def test_who_is_suppressed_is_in_no_trace(archive: Archive) -> None:
    keep(archive, story(FERRY, outlet="The Post"), story((BRANN[0], FERRY), outlet="The Rope", day=7))
    archive.join()
    assert beside(trace(archive, "The Post")) == {("The Rope", "speaker")}
    (brann,) = (one.id for one in archive.entities(BRANN[0]) if one.name == BRANN[0])
    archive.review(Review(kind="suppress", by="Una", entity=brann))
    assert beside(trace(archive, "The Post")) == set()
    assert BRANN[0] not in repr(list(archive.every_utterance()))
    (quill,) = (one.id for one in archive.entities(QUILL[0]) if one.name == QUILL[0])
    archive.review(Review(kind="suppress", by="Una", entity=quill))
    assert list(archive.every_utterance()) == []
    assert archive.utterances() == archive.utterances("only") == ()


def test_the_order_of_decisions_on_different_pairs_makes_no_difference(archive: Archive) -> None:
    papers = [f"Paper{n}" for n in range(4)]
    keep(archive, *(story(f"that lamp {n} went out", outlet=name) for n, name in enumerate(papers)))
    keep(archive, story(PUT_OTHERWISE, outlet="The Sluice"))
    archive.join()
    for one, other in reversed([*pairwise(papers)]):
        say(archive, "same_utterance", hit(archive, one), hit(archive, other))
    assert outlets(trace(archive, "Paper0")) == set(papers)


def test_what_was_said_of_two_statements_is_exported_for_training(newsroom: Archive) -> None:
    mast, lantern, post = (hit(newsroom, name) for name in ("The Mast", "The Lantern", "The Post"))
    say(newsroom, "other_utterance", mast, lantern)
    say(newsroom, "same_utterance", mast, lantern)
    undone = say(newsroom, "other_utterance", mast, post)
    newsroom.review(Review(kind="undo", by="Una", undoes=undone.id))
    (row,) = map(json.loads, exported(newsroom))
    (pair,) = row["utterances"]
    assert (pair["statement"], pair["other"], pair["same"]) == (mast.id, lantern.id, True)
    assert [one["content"] for one in pair["of"]] == [mast.content.text, lantern.content.text]
    for entity in [one.id for one in newsroom.entities(QUILL[0])]:
        newsroom.review(Review(kind="suppress", by="Una", entity=entity))
    assert exported(newsroom) == []


def exported(archive: Archive) -> list[str]:
    """The lines of ``export reviews``."""
    chunks = formats.chunks(archive, "reviews", "jsonl", "", Options(whole_text=True))
    return b"".join(chunks).decode().splitlines()
