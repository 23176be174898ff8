"""Entities that the archive has twice: found out as more is read, asked about only where it matters."""

from __future__ import annotations

from quotidian.store import Archive
from quotidian.store.values import EntityHead, Review
from quotidian.types import Article
from store.building import told


def quill(outlet: str, published: str = "2031-03-06", beside: str | None = None) -> Article:
    """Mara Quill without office, alone or with somebody beside her: a name that fits anybody of that name."""
    others = f" {beside} was with her." if beside else ""
    return told(
        f"{{s:Mara Quill}} {{c:told}} {outlet} {{q:that the tide was late}}.{others}",
        people=[("Mara Quill",), *([(beside,)] if beside else [])],
        url=f"https://{outlet.split()[-1].lower()}.example/{published}",
        outlet=outlet,
        published=published,
    )


def add_twice_what_is_one(archive: Archive) -> tuple[int, int]:
    """Two entities of one person, in two outlets; their numbers."""
    archive.add(quill("The Harbour Post"))
    archive.add(quill("The Vell Herald", beside="Ivo Brann"))
    first, second = sorted(one.id for one in called(archive))
    return first, second


# Tells that the Post speaks of the same one as the Herald.
MORE = quill("The Harbour Post", "2031-03-08", beside="Ivo Brann")


def called(archive: Archive, name: str = "Mara Quill") -> list[EntityHead]:
    return [one for one in archive.entities(name) if one.name == name]


def test_two_that_are_plainly_one_once_more_is_known_become_one(archive: Archive) -> None:
    first, second = add_twice_what_is_one(archive)
    assert [(pair.a.id, pair.b.id) for pair in archive.pairs()] == [(first, second)]
    archive.add(MORE)
    (one,) = called(archive)
    assert one.statements == 3
    gone = archive.entity(second if one.id == first else first)
    assert (gone.head.state, gone.head.merged_into) == ("merged", one.id)
    assert archive.pairs() == ()
    assert archive.search('speaker:"Mara Quill"').total == 3
    assert archive.check() == ()


def test_what_a_person_told_apart_stays_apart(archive: Archive) -> None:
    first, second = add_twice_what_is_one(archive)
    archive.review(Review(kind="different", by="Ada", entity=first, payload={"from": second}))
    archive.add(MORE)
    assert sorted(one.id for one in called(archive) if one.id in (first, second)) == [first, second]
    assert archive.check() == ()


def test_two_of_one_article_are_never_joined(archive: Archive) -> None:
    add_twice_what_is_one(archive)
    both = told(
        "{s:Mara Quill} {c:said} {q:so}. Another {s2:Mara  Quill} {c2:said} {q2:no}.",
        people=[("Mara Quill",), ("Mara  Quill",)],
        url="https://post.example/both",
        outlet="The Harbour Post",
    )
    archive.add(both)
    here = {one.entity for head in called(archive) for one in archive.appearances(head.id)}
    assert len(here) >= 2


def test_nobody_is_asked_of_those_who_say_nothing_and_are_not_spoken_of(archive: Archive) -> None:
    archive.add(quill("The Harbour Post"))
    archive.add(
        told(
            "{s:Ivo Brann} {c:said} {q:the fog was thick}. Mara Quill was there.",
            people=[("Ivo Brann",), ("Mara Quill",)],
            url="https://herald.example/silent",
            outlet="The Vell Herald",
        )
    )
    assert len(called(archive)) == 2
    assert archive.pairs() == ()


def test_of_three_that_wait_for_one_another_two_questions_are_enough(archive: Archive) -> None:
    for outlet in ("The Harbour Post", "The Vell Herald", "The Ostmere Mail"):
        archive.add(quill(outlet))
    assert len(called(archive)) == 3
    assert len(archive.pairs()) == 2


def test_what_was_asked_of_one_that_is_gone_is_asked_of_the_one_that_stays(archive: Archive) -> None:
    add_twice_what_is_one(archive)
    archive.add(quill("The Ostmere Mail"))
    archive.add(MORE)
    active = {one.id for one in called(archive)}
    assert all({pair.a.id, pair.b.id} <= active for pair in archive.pairs())
    assert len(archive.pairs()) == len(active) - 1


def test_a_join_by_the_archive_can_be_taken_apart_by_a_person(archive: Archive) -> None:
    add_twice_what_is_one(archive)
    archive.add(MORE)
    (one,) = called(archive)
    last = archive.appearances(one.id)[-1]
    archive.review(Review(kind="split", by="Ada", entity=one.id, payload={"appearances": [last.id]}))
    assert len(called(archive)) == 2
    assert archive.check() == ()
