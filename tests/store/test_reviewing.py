"""Reviews: what people decide stands over what the machine found, and each decision can be taken back."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from quotidian.errors import NotInArchive, ReviewRefused
from quotidian.store import Archive
from quotidian.store.values import Hit, Review
from quotidian.types import Article
from store.building import recut, told, without
from store.comparing import Rows, rows, words

QUILL, BRANN, TIDES = ("Mara Quill", "Quill"), ("Ivo Brann", "Brann"), ("Ministry of Tides",)
FERRY = told(
    "{s1:Mara Quill} {c1:said} {q1:the ferry would sail with {s3:Ivo Brann}, who {c3:promised} {q3:calm}}. "
    "{s2:The Ministry of Tides} {c2:denied} {q2:that Quill knew}. Fog is the enemy, Brann added later.",
    people=[QUILL, BRANN],
    bodies=[TIDES],
    url="https://harbourpost.example/ferry",
)
FOG = told(
    "{s1:Ivo Brann} {c1:warned} {q1:of fog off the Ministry of Tides}. "
    "{s2:Mara Quill} {c2:laughed at} {q2:that}.",
    people=[BRANN, QUILL],
    bodies=[TIDES],
    outlet="The Tidemark",
    published="2031-03-07",
)
OTHER = told(
    "{s1:Mara Quill} {c1:told} the Ministry of Tides {q1:that it rained}.",
    people=[QUILL],
    bodies=[TIDES],
    published="2031-03-09",
)
SURNAME = told(
    "{s:Quill} {c:sang} {q:of the sea}.", people=[("Quill",)], outlet="The Tidemark", published=None
)


def by(kind: str, **given: object) -> Review:
    return Review(kind=kind, by="Una", **given)  # type: ignore[arg-type]


def hit_of(archive: Archive, content: str) -> Hit:
    found = [hit for hit in archive.every() if content in hit.content.text]
    return min(found, key=lambda hit: len(hit.content.text))


def key_of(article: Article, content: str) -> str:
    return next(one.id for one in article.attributions if content in one.content.text)


def contents(archive: Archive) -> set[str]:
    return {hit.content.text for hit in archive.every()}


def entity_named(archive: Archive, name: str) -> int:
    found = [one.id for one in archive.entities(name) if one.name == name]
    assert len(found) == 1, found
    return found[0]


# --- statements ---------------------------------------------------------------------------------


def test_what_is_accepted_is_no_longer_in_the_queue(archive: Archive) -> None:
    archive.add(FOG)
    hit = hit_of(archive, "of fog")
    kept = archive.review(by("accept", statement=hit.id))
    assert (kept.by, kept.article, kept.statement) == ("Una", hit.article.id, hit.id)
    assert archive.statement(hit.id).state == "accepted"
    assert hit.id not in {one.id for one in archive.queue()}
    assert archive.reviews(statement=hit.id) == (kept,)


def test_what_is_rejected_is_shown_nowhere(archive: Archive) -> None:
    added = archive.add(FERRY)
    hit = hit_of(archive, "would sail")
    archive.review(by("reject", statement=hit.id))
    assert not any("would sail" in content for content in contents(archive))
    stored = archive.article(added.article)
    assert hit.id not in {one.id for one in stored.hits}
    assert key_of(FERRY, "would sail") not in {one.id for one in stored.article.attributions}
    [inner] = [one for one in stored.hits if one.content.text == "calm"]
    assert (inner.parent, inner.depth) == (None, 0)
    assert archive.statement(hit.id).state == "rejected"


def test_a_correction_says_what_it_says_and_the_number_stays(archive: Archive) -> None:
    archive.add(FERRY)
    hit = hit_of(archive, "that Quill knew")
    start = hit.content.start + len("that ")
    brann = entity_named(archive, "Ivo Brann")
    payload = {
        "content": [[start, hit.content.end]],
        "speaker": {"name": "Ivo Brann", "kind": "person"},
        "about": [{"name": "Ministry of Tides"}],
        "said": "2031-03-05",
        "act": "accuse",
        "negated": True,
        "stance": "distances",
    }
    archive.review(by("correct", statement=hit.id, payload=payload))
    now = archive.statement(hit.id)
    assert (now.state, now.content.text, now.said, now.act) == (
        "corrected",
        "Quill knew",
        "2031-03-05",
        "accuse",
    )
    assert (now.negated, now.stance) == (True, "distances")
    assert now.speaker is not None
    assert (now.speaker.entity, now.speaker.name) == (brann, "Ivo Brann")
    assert [one.entity for one in now.about] == [entity_named(archive, "Ministry of Tides")]
    assert archive.search('speaker:"Ivo Brann" act:accuse').total == 1
    archive.review(by("accept", statement=hit.id))
    assert archive.statement(hit.id).state == "corrected"
    assert archive.check() == ()


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"content": [[5, 3]]},
        {"content": [[0, 100_000]]},
        {"content": []},
        {"cue": "said"},
        {"content": [["a", "b"]]},
        {"speaker": "Brann"},
        {"speaker": {"name": ""}},
        {"speaker": {"name": "x" * 301}},
        {"speaker": {"name": "Ivo", "kind": "ghost"}},
        {"about": "Brann"},
        {"about": [3]},
        {"said": "last Tuesday"},
        {"act": "sing"},
        {"negated": "yes"},
        {"stance": 3},
    ],
    ids=str,
)
def test_a_correction_that_makes_no_sense_is_refused_and_changes_nothing(
    archive: Archive, payload: dict[str, object]
) -> None:
    archive.add(FOG)
    before, hit = rows(archive), hit_of(archive, "of fog")
    with pytest.raises(ReviewRefused):
        archive.review(by("correct", statement=hit.id, payload=payload))
    assert rows(archive) == before
    assert archive.reviews() == ()


def test_a_review_needs_a_name_a_kind_and_something_to_review(archive: Archive) -> None:
    with pytest.raises(ReviewRefused, match="who decides"):
        archive.review(Review(kind="accept", by=" ", statement=1))
    with pytest.raises(ReviewRefused, match="no kind of review"):
        archive.review(by("applaud"))
    for nothing in (None, 0, 77, 2**40):
        for kind in ("accept", "correct"):
            with pytest.raises(NotInArchive):
                archive.review(by(kind, statement=nothing))
        for kind in ("suppress", "merge", "rename"):
            with pytest.raises(NotInArchive):
                archive.review(by(kind, entity=nothing))
        with pytest.raises(NotInArchive):
            archive.review(by("undo", undoes=nothing))
        with pytest.raises(NotInArchive):
            archive.review(by("add", article=nothing, payload={"cue": [[0, 1]], "content": [[1, 2]]}))


def added_by_hand(archive: Archive, article: int) -> Review:
    at = FERRY.text.index("Fog is the enemy")
    cue = FERRY.text.index("added later")
    payload = {
        "source": [[cue - 6, cue - 1]],
        "cue": [[cue, cue + 5]],
        "content": [[at, at + len("Fog is the enemy")]],
        "speaker": {"name": "Ivo Brann", "kind": "person"},
    }
    return archive.review(by("add", article=article, payload=payload))


def test_what_the_machine_missed_can_be_added(archive: Archive) -> None:
    added = archive.add(FERRY)
    kept = added_by_hand(archive, added.article)
    assert kept.statement is not None
    hit = archive.statement(kept.statement)
    assert (hit.state, hit.content.text, hit.current) == ("added", "Fog is the enemy", True)
    assert archive.search("enemy").total == 1
    with pytest.raises(ReviewRefused, match="there already"):
        added_by_hand(archive, added.article)
    archive.review(by("reject", statement=kept.statement))
    assert archive.search("enemy").total == 0
    again = added_by_hand(archive, added.article)
    assert again.statement == kept.statement
    assert archive.search("enemy").total == 1


# --- reading again ------------------------------------------------------------------------------


def test_numbers_of_statements_stay_and_those_not_found_again_are_still_to_be_had(archive: Archive) -> None:
    added = archive.add(FERRY)
    before = {hit.key: hit.id for hit in archive.every()}
    gone = key_of(FERRY, "that Quill knew")
    assert archive.reread(replace(without(FERRY, gone), model="newer"), added.article) == 2
    after = {hit.key: hit.id for hit in archive.every()}
    assert after == {key: id for key, id in before.items() if key != gone}
    assert archive.article(added.article).head.model == "newer"
    old = archive.statement(before[gone])
    assert (old.current, old.content.text) == (False, "that Quill knew")
    with pytest.raises(ReviewRefused, match="earlier reading"):
        archive.review(by("accept", statement=old.id))
    archive.reread(FERRY, added.article)
    assert {hit.key: hit.id for hit in archive.every()} == before
    assert archive.check() == ()


@pytest.mark.parametrize("kind", ["accept", "correct"])
def test_what_people_upheld_stays_though_a_newer_model_does_not_find_it(archive: Archive, kind: str) -> None:
    added = archive.add(FERRY)
    hit = hit_of(archive, "that Quill knew")
    archive.review(by(kind, statement=hit.id, payload={"act": "warn"} if kind == "correct" else {}))
    archive.reread(without(FERRY, hit.key), added.article)
    now = archive.statement(hit.id)
    assert now.current
    assert now.state == ("accepted" if kind == "accept" else "corrected")
    assert "that Quill knew" in contents(archive)
    assert hit.key in {one.id for one in archive.article(added.article).article.attributions}


def test_what_people_added_stays(archive: Archive) -> None:
    added = archive.add(FERRY)
    kept = added_by_hand(archive, added.article)
    archive.reread(FERRY, added.article)
    assert kept.statement is not None
    assert archive.statement(kept.statement).state == "added"
    assert "Fog is the enemy" in contents(archive)


def test_what_people_rejected_stays_away_even_if_it_is_cut_a_little_differently(archive: Archive) -> None:
    added = archive.add(FERRY)
    hit = hit_of(archive, "that Quill knew")
    archive.review(by("reject", statement=hit.id))
    moved = recut(FERRY, hit.key, (hit.content.start + 5, hit.content.end))
    for reading in (moved, without(FERRY, hit.key), FERRY):
        archive.reread(reading, added.article)
        assert not any("Quill knew" in content for content in contents(archive))
    assert archive.check() == ()


def test_reviews_go_on_to_the_next_version_where_the_words_still_stand(archive: Archive) -> None:
    first = archive.add(FERRY)
    hit = hit_of(archive, "that Quill knew")
    archive.review(by("reject", statement=hit.id))
    added_by_hand(archive, first.article)
    marked = "CORRECTED. {s1:Mara Quill} {c1:said} {q1:the ferry would sail}. "
    marked += (
        "{s2:The Ministry of Tides} {c2:denied} {q2:that Quill knew}. Fog is the enemy, Brann added later."
    )
    again = told(marked, people=[QUILL, BRANN], bodies=[TIDES], url=FERRY.url)
    assert archive.add(again).outcome == "version"
    assert contents(archive) == {"the ferry would sail", "Fog is the enemy"}
    archive.review(by("undo", undoes=archive.reviews()[-1].id))
    assert contents(archive) == {"the ferry would sail", "that Quill knew", "Fog is the enemy"}
    assert archive.check() == ()


def test_a_review_of_an_old_version_counts_for_the_current_one(archive: Archive) -> None:
    archive.add(FERRY)
    hit = hit_of(archive, "that Quill knew")
    archive.add(replace(FERRY, title="Ferry to sail"))
    archive.review(by("reject", statement=hit.id))
    assert "that Quill knew" not in contents(archive)


# --- the log ------------------------------------------------------------------------------------


@pytest.mark.parametrize("sql", ["UPDATE reviews SET by = 'nobody'", "DELETE FROM reviews"])
def test_the_log_only_grows_even_for_plain_sql(archive: Archive, sql: str) -> None:
    archive.add(FOG)
    archive.review(by("accept", statement=hit_of(archive, "of fog").id))
    if archive.location.startswith("postgres"):
        sql = sql.replace("by =", '"by" =')
    with pytest.raises(Exception, match="append-only"), archive._database.writing() as connection:
        try:
            connection.execute(text(sql))
        except DBAPIError as error:
            raise AssertionError(str(error.orig)) from error
    assert [review.by for review in archive.reviews()] == ["Una"]


def test_the_log_can_be_read_by_what_was_reviewed(archive: Archive) -> None:
    added = archive.add(FOG)
    hit = hit_of(archive, "of fog")
    brann = entity_named(archive, "Ivo Brann")
    one = archive.review(by("accept", statement=hit.id))
    other = archive.review(by("rename", entity=brann, payload={"name": "Captain Brann"}))
    assert archive.reviews() == (other, one)
    assert archive.reviews(article=added.article) == (one,)
    assert archive.reviews(entity=brann) == (other,)
    assert archive.reviews(limit=1, offset=1) == (one,)
    assert archive.reviews(statement=2**40) == ()


# --- undoing ------------------------------------------------------------------------------------


def test_a_review_is_undone_once_and_an_undoing_not_at_all(archive: Archive) -> None:
    archive.add(FOG)
    hit = hit_of(archive, "of fog")
    kept = archive.review(by("reject", statement=hit.id))
    undone = archive.review(by("undo", undoes=kept.id))
    assert (undone.undoes, undone.statement) == (kept.id, hit.id)
    assert archive.statement(hit.id).state == "unreviewed"
    with pytest.raises(ReviewRefused, match="undone already"):
        archive.review(by("undo", undoes=kept.id))
    with pytest.raises(ReviewRefused, match="decide anew"):
        archive.review(by("undo", undoes=undone.id))


def test_an_earlier_review_can_be_undone_and_the_later_one_stands(archive: Archive) -> None:
    archive.add(FOG)
    hit = hit_of(archive, "of fog")
    first = archive.review(by("correct", statement=hit.id, payload={"act": "deny", "stance": "vouches"}))
    archive.review(by("correct", statement=hit.id, payload={"act": "warn"}))
    archive.review(by("undo", undoes=first.id))
    now = archive.statement(hit.id)
    assert (now.state, now.act, now.stance) == ("corrected", "warn", "neutral")


def test_a_merge_brings_together_and_its_undoing_parts_again(archive: Archive) -> None:
    for article in (FERRY, FOG):
        archive.add(article)
    quill, brann = entity_named(archive, "Mara Quill"), entity_named(archive, "Ivo Brann")
    before, indexed = rows(archive), words(archive)
    merged = archive.review(by("merge", entity=brann, payload={"into": quill}))
    assert archive.entity(brann).head.merged_into == quill
    assert {one.id for one in archive.entities()}.isdisjoint({brann})
    assert {one.entity for one in archive.appearances(quill)} == {quill}
    assert hit_of(archive, "of fog").speaker.entity == quill  # type: ignore[union-attr]
    assert archive.search('speaker:"Ivo Brann"').total == archive.search('speaker:"Mara Quill"').total
    with pytest.raises(ReviewRefused, match="merged into"):
        archive.review(by("merge", entity=brann, payload={"into": quill}))
    with pytest.raises(ReviewRefused, match="into itself"):
        archive.review(by("merge", entity=quill, payload={"into": quill}))
    archive.review(by("undo", undoes=merged.id))
    assert rows(archive) == before
    assert words(archive) == indexed
    assert archive.check() == ()


def test_articles_added_after_a_merge_are_of_the_merged_one_and_come_apart_again(archive: Archive) -> None:
    archive.add(FERRY)
    quill, brann = entity_named(archive, "Mara Quill"), entity_named(archive, "Ivo Brann")
    merged = archive.review(by("merge", entity=brann, payload={"into": quill}))
    archive.add(FOG)
    archive.review(by("undo", undoes=merged.id))
    assert archive.check() == ()
    assert archive.entity(brann).head.state == "active"


def test_merges_are_undone_from_the_last_one_on(archive: Archive) -> None:
    archive.add(FERRY)
    quill, brann = entity_named(archive, "Mara Quill"), entity_named(archive, "Ivo Brann")
    tides = entity_named(archive, "Ministry of Tides")
    first = archive.review(by("merge", entity=brann, payload={"into": quill}))
    second = archive.review(by("merge", entity=quill, payload={"into": tides}))
    assert archive.entity(brann).head.merged_into == quill
    assert hit_of(archive, "calm").speaker.entity == tides  # type: ignore[union-attr]
    with pytest.raises(ReviewRefused, match="undo that first"):
        archive.review(by("undo", undoes=first.id))
    for review in (second, first):
        archive.review(by("undo", undoes=review.id))
    assert hit_of(archive, "calm").speaker.entity == brann  # type: ignore[union-attr]


def test_a_split_makes_somebody_else_and_its_undoing_takes_the_name_back(archive: Archive) -> None:
    for article in (FERRY, FOG, OTHER):
        archive.add(article)
    quill = entity_named(archive, "Mara Quill")
    met = archive.appearances(quill)
    assert len(met) >= 2
    before, indexed = rows(archive), words(archive)
    split = archive.review(
        by("split", entity=quill, payload={"appearances": [met[-1].id], "name": "Mara Quill the younger"})
    )
    younger = entity_named(archive, "Mara Quill the younger")
    assert [one.id for one in archive.appearances(younger)] == [met[-1].id]
    assert len(archive.appearances(quill)) == len(met) - 1
    assert [pair.state for pair in archive.pairs("different")] == ["different"]
    archive.review(by("undo", undoes=split.id))
    # Its number leads to the old one from now on.
    assert archive.entity(younger).head.merged_into == quill
    assert without_entity(rows(archive), younger) == before
    assert words(archive) == indexed
    with pytest.raises(ReviewRefused):
        archive.review(by("split", entity=quill, payload={"appearances": [10_000]}))


def test_a_name_that_a_person_gave_stays_when_articles_use_another(archive: Archive) -> None:
    archive.add(FERRY)
    quill = entity_named(archive, "Mara Quill")
    before = rows(archive)
    first = archive.review(by("rename", entity=quill, payload={"name": "  Dame  Mara "}))
    second = archive.review(by("rename", entity=quill, payload={"name": "Dame Mara"}))
    archive.add(FOG)
    archive.add(OTHER)
    assert archive.entity(quill).head.name == "Dame Mara"
    assert [one.id for one in archive.entities("dame")] == [quill]
    archive.review(by("undo", undoes=first.id))
    assert archive.entity(quill).head.name == "Dame Mara"
    archive.review(by("undo", undoes=second.id))
    assert archive.entity(quill).head.name == "Mara Quill"
    assert archive.entities("dame") == ()
    assert before["entity_keys"]


def test_a_suppressed_entity_is_shown_nowhere(archive: Archive) -> None:
    added = archive.add(FERRY)
    archive.add(FOG)
    quill = entity_named(archive, "Mara Quill")
    before, indexed = rows(archive), words(archive)
    said = [hit.id for hit in archive.every() if hit.speaker and hit.speaker.entity == quill]
    assert said
    review = archive.review(by("suppress", entity=quill))
    with pytest.raises(NotInArchive):
        archive.entity(quill)
    assert quill not in {one.id for one in archive.entities()}
    for id in said:
        with pytest.raises(NotInArchive):
            archive.statement(id)
    for hit in archive.every():
        assert quill not in {one.entity for one in (*hit.also, *hit.maybe, *hit.about)}
    for query in ('speaker:"Mara Quill"', 'about:"Mara Quill"', f"speaker:{quill}"):
        assert archive.search(query).total == 0
    assert not any(quill in (edge.speaker.id, edge.about.id) for edge in archive.edges())
    assert not any(quill in (pair.a.id, pair.b.id) for pair in archive.pairs())
    assert archive.appearances(quill) == ()
    assert quill not in {
        one.entity for page in archive.outlets() for one in archive.outlet(page.outlet.id).quoted
    }
    shown = archive.article(added.article)
    assert quill not in shown.entities.values()
    assert "Mara Quill" not in {one.name for one in shown.article.entities}
    assert all(made.speaker.name != "Mara Quill" for made in shown.article.statements)
    archive.add(OTHER)
    assert "Mara Quill" not in {one.name for one in archive.entities()}
    with pytest.raises(ReviewRefused):
        archive.review(by("suppress", entity=quill))
    archive.delete(archive.find(OTHER.id)[0].id)
    archive.review(by("undo", undoes=review.id))
    assert rows(archive) == before
    assert words(archive) == indexed
    assert archive.check() == ()


def test_a_pair_that_a_person_settled_is_as_before_when_that_is_undone(archive: Archive) -> None:
    archive.add(FERRY)
    quill, brann = entity_named(archive, "Mara Quill"), entity_named(archive, "Ivo Brann")
    first = archive.review(by("different", entity=brann, payload={"from": quill}))
    second = archive.review(by("different", entity=quill, payload={"from": brann}))
    archive.review(by("undo", undoes=first.id))
    assert len(archive.pairs("different")) == 1
    archive.review(by("undo", undoes=second.id))
    assert archive.pairs("different") == ()


def test_the_same_one_elsewhere_can_be_named(archive: Archive) -> None:
    archive.add(FERRY)
    quill = entity_named(archive, "Mara Quill")
    told_by = {"service": "Registry", "identifier": "Q7", "name": "M. Quill", "url": "javascript:alert(1)"}
    first = archive.review(by("identify", entity=quill, payload=told_by))
    second = archive.review(by("identify", entity=quill, payload=told_by))
    archive.review(by("identify", entity=quill, payload={"service": "Other", "nobody": True}))
    archive.review(by("undo", undoes=second.id))
    [found] = archive.entity(quill).identifiers
    assert (found.service, found.identifier, found.url) == ("Registry", "Q7", None)
    archive.review(by("undo", undoes=first.id))
    assert archive.entity(quill).identifiers == ()
    for payload in ({}, {"service": "Registry"}, {"service": 3, "identifier": "Q7"}):
        with pytest.raises(ReviewRefused):
            archive.review(by("identify", entity=quill, payload=payload))


def without_entity(made: Rows, *ids: int) -> Rows:
    """The rows but those of these entities themselves and of pairs with them."""
    of = {
        "entities": ("id",),
        "entity_names": ("entity_id",),
        "entity_keys": ("entity_id",),
        "pairs": ("a", "b"),
    }
    return {
        table: [row for row in found if not any(row[column] in ids for column in of.get(table, ()))]
        for table, found in made.items()
    }


def without_gone(made: Rows, before: Rows) -> Rows:
    """The rows but those of statements and entities that there were not before.

    A statement that a person added keeps its number when that is undone, as not current; an entity
    made by a split leads to the old one. Both so that an address once shown leads somewhere.
    """
    there = {row["id"] for row in before["statements"]}
    gone = {row["id"] for row in made["statements"]} - there
    assert not any(row["current"] for row in made["statements"] if row["id"] in gone)
    entities = {row["id"] for row in made["entities"]} - {row["id"] for row in before["entities"]}
    left = [row for row in made["entities"] if row["id"] in entities and row["state"] != "merged"]
    assert left == []
    kept = without_entity(made, *entities)
    kept["statements"] = [row for row in kept["statements"] if row["id"] not in gone]
    kept["parts"] = [row for row in kept["parts"] if row["statement_id"] not in gone]
    return kept


@pytest.mark.parametrize("seed", [*range(6), 136, 191, 212, 262])
def test_any_reviews_undone_from_the_last_one_on_leave_all_as_it_was(archive: Archive, seed: int) -> None:
    chance = random.Random(seed)
    articles = [archive.add(article).article for article in (FERRY, SURNAME, FOG, OTHER)]
    before, indexed = rows(archive), words(archive)
    done: list[Review] = []
    for _ in range(14):
        try:
            done.append(archive.review(any_review(archive, chance, articles)))
        except (ReviewRefused, NotInArchive):
            continue
        assert archive.check() == ()
    assert len(done) > 3
    reviewed = rows(archive)
    archive.rebuild()
    assert rows(archive) == reviewed
    for review in reversed(done):
        archive.review(by("undo", undoes=review.id))
    assert archive.check() == ()
    assert without_gone(rows(archive), before) == before
    assert words(archive) == indexed


KINDS = ["accept", "reject", "correct", "correct", "add", "merge", "merge", "split", "split"]
KINDS += ["rename", "suppress", "different", "identify"]


def any_review(archive: Archive, chance: random.Random, articles: list[int]) -> Review:
    statements = [hit.id for hit in archive.every()]
    entities = [one.id for one in archive.entities()]
    kind = chance.choice(KINDS)
    if kind in ("accept", "reject", "correct"):
        corrections: list[dict[str, object]] = [
            {"act": "warn"},
            {"speaker": {"name": chance.choice(["Nobody Known", "Ivo Brann"]), "kind": "person"}},
            {"about": [{"name": "Mara Quill"}]},
            {"source": None},
        ]
        payload = chance.choice(corrections) if kind == "correct" else {}
        return by(kind, statement=chance.choice(statements or [0]), payload=payload)
    if kind == "add":
        at = chance.randrange(20)
        return by(
            "add",
            article=chance.choice(articles),
            payload={"cue": [[at, at + 3]], "content": [[at + 4, at + 9]]},
        )
    entity, other = chance.choice(entities or [0]), chance.choice(entities or [0])
    met = [one.id for one in archive.appearances(entity)]
    payloads: dict[str, dict[str, object]] = {
        "merge": {"into": other},
        "split": {"appearances": chance.sample(met, min(len(met), 1))},
        "rename": {"name": chance.choice(["Somebody", "Mara Quill"])},
        "suppress": {},
        "different": {"from": other},
        "identify": {"service": "Registry", "identifier": chance.choice("AB"), "name": "x"},
    }
    return by(kind, entity=entity, payload=payloads[kind])
