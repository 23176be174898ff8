"""Adding: the same article again, another version of it, and what comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from quotidian import demo
from quotidian.errors import NotInArchive, StoreError
from quotidian.pipeline import Reader
from quotidian.reading.record import stable_id
from quotidian.store import Archive, opened
from quotidian.store.tables import pages, statements, versions
from quotidian.types import Article, Attribution, Passage, attribution_id
from store.building import attributed, told, unread
from store.comparing import everything, rows
from store.conftest import Fresh

FERRY = told(
    "{s1:Mara Quill} {c1:said} {q1:the ferry would sail}. {s2:The Ministry of Tides} {c2:denied} {q2:it}.",
    people=[("Mara Quill", "Quill")],
    bodies=[("Ministry of Tides",)],
    url="https://harbourpost.example/ferry",
)
LATER = told(
    "{s1:Mara Quill} {c1:said} {q1:the ferry had sunk}.",
    people=[("Mara Quill", "Quill")],
    url="https://harbourpost.example/ferry",
)
PLAIN = told("{s:Ivo Brann} {c:said} {q:no}.", people=[("Ivo Brann",)])


def test_an_article_comes_back_as_it_was_read(archive: Archive) -> None:
    added = archive.add(FERRY)
    assert added.outcome == "new"
    assert archive.article(added.article).article == FERRY


def test_the_same_article_again_changes_nothing(archive: Archive) -> None:
    first = archive.add(FERRY)
    before = everything(archive)
    assert archive.knows(FERRY)
    assert archive.knows(unread(FERRY))
    assert archive.add(FERRY) == replace(first, outcome="unchanged")
    assert everything(archive) == before


def test_what_no_model_read_yet_is_not_known(archive: Archive) -> None:
    assert not archive.knows(FERRY)
    archive.add(unread(FERRY))
    assert not archive.knows(unread(FERRY))
    assert not archive.knows(FERRY)


@pytest.mark.parametrize("less", [unread(FERRY), attributed(FERRY)], ids=["unread", "attributions only"])
def test_a_fuller_reading_takes_the_place_of_a_lesser_one_and_not_the_other_way(
    archive: Archive, less: Article
) -> None:
    first = archive.add(less)
    assert archive.article(first.article).hits == ()
    archive.add(FERRY)
    assert archive.article(first.article).article == FERRY
    assert archive.article(first.article).head.versions == 1
    assert archive.add(less).outcome == "unchanged"
    assert archive.article(first.article).article == FERRY


def test_an_article_in_which_nothing_was_found_is_known(archive: Archive) -> None:
    quiet = told("The tide came in.")
    archive.add(quiet)
    assert archive.knows(unread(quiet))


def test_an_article_that_no_model_can_read_is_known(archive: Archive) -> None:
    foreign = replace(told("Det var en gang."), reason="not English", language="no")
    added = archive.add(foreign)
    assert archive.knows(unread(foreign))
    assert archive.article(added.article).head.reason == "not English"


def test_an_owner_s_id_is_kept_and_comes_back(archive: Archive) -> None:
    added = archive.add(replace(PLAIN, id="desk/17"))
    assert archive.article(added.article).article.id == "desk/17"
    assert [head.id for head in archive.find("desk/17")] == [added.article]
    assert archive.find("desk/18") == ()


def test_two_collections_may_have_one_id(archive: Archive) -> None:
    one = replace(PLAIN, id="1", url="https://harbourpost.example/1")
    other = replace(FERRY, id="1", url="https://tidemark.example/1")
    assert archive.add(one).article != archive.add(other).article
    assert {archive.add(article).outcome for article in (one, other)} == {"unchanged"}
    assert len(archive.find("1")) == 2


def test_an_article_is_known_by_its_address_and_gets_the_id_that_its_owner_gave(archive: Archive) -> None:
    first = archive.add(FERRY)
    owned = replace(FERRY, id="desk/18")
    assert not archive.knows(owned)
    assert archive.add(owned).article == first.article
    assert archive.article(first.article).article.id == "desk/18"
    assert archive.knows(owned)
    assert archive.knows(FERRY)


def test_an_address_and_an_outlet_that_come_later_are_kept(archive: Archive) -> None:
    bare = replace(PLAIN, id="desk/19", outlet=None)
    full = replace(bare, url="https://harbourpost.example/no", outlet="The Harbour Post")
    first = archive.add(bare)
    assert not archive.knows(full)
    assert archive.add(full).article == first.article
    stored = archive.article(first.article)
    assert (stored.article.url, stored.article.outlet) == (full.url, full.outlet)
    assert stored.head.outlet is not None
    assert archive.search('outlet:"Harbour Post"').total == 1
    assert archive.knows(full)
    assert archive.check() == ()


def test_another_text_is_another_version_and_the_old_one_stays(archive: Archive) -> None:
    first = archive.add(FERRY)
    second = archive.add(LATER)
    assert (second.article, second.outcome) == (first.article, "version")
    now, before = archive.article(first.article), archive.article(first.article, version=1)
    assert (now.head.version, now.head.versions, now.article.text) == (2, 2, LATER.text)
    assert before.article.text == FERRY.text
    assert not any(hit.current for hit in before.hits)
    assert {hit.content.text for hit in archive.search("").hits} == {"the ferry had sunk"}
    with pytest.raises(NotInArchive):
        archive.article(first.article, version=3)


def test_another_title_is_another_version(archive: Archive) -> None:
    archive.add(FERRY)
    assert archive.add(replace(FERRY, title="Ferry to sail")).outcome == "version"


def test_what_is_not_given_changes_nothing(archive: Archive) -> None:
    added = archive.add(replace(FERRY, byline="Una Dray"))
    bare = replace(FERRY, title=None, byline=None, published=None, published_from=None, outlet=None)
    assert archive.knows(bare)
    assert archive.add(bare).outcome == "unchanged"
    archive.add(replace(LATER, title=None, byline=None, published=None, published_from=None, outlet=None))
    head = archive.article(added.article).head
    assert (head.version, head.title, head.byline) == (2, FERRY.title, "Una Dray")
    assert head.published == FERRY.published
    assert archive.article(added.article).article.outlet == FERRY.outlet


def test_two_printings_of_one_page_added_twice_are_two_versions(archive: Archive) -> None:
    for article in (FERRY, LATER, FERRY, LATER):
        added = archive.add(article)
    assert added.outcome == "unchanged"
    assert archive.article(added.article).head.versions == 2
    assert archive.knows(unread(FERRY))


def test_a_reread_text_needs_to_be_the_same_text(archive: Archive) -> None:
    added = archive.add(FERRY)
    with pytest.raises(StoreError, match="new version"):
        archive.reread(LATER, added.article)
    with pytest.raises(NotInArchive):
        archive.reread(LATER, 4_000)


def test_a_page_is_kept_if_asked(archive: Archive) -> None:
    page = b"<html>\x00\xff" * 1_000
    kept = archive.add(FERRY, page=page)
    assert archive.page(kept.article) == page
    assert archive.page(archive.add(PLAIN).article) is None
    assert archive.add(FERRY, page=b"another").outcome == "unchanged"
    assert archive.page(kept.article) == page
    with pytest.raises(NotInArchive):
        archive.page(4_000)


def test_a_batch_is_kept_whole_or_not_at_all(archive: Archive) -> None:
    with archive.batch() as batch:
        assert [one.outcome for one in batch.add_all([FERRY, PLAIN, FERRY])] == ["new", "new", "unchanged"]
        assert batch.knows(PLAIN)
    before = everything(archive)
    with pytest.raises(ZeroDivisionError), archive.batch() as batch:
        batch.add(LATER)
        raise ZeroDivisionError
    assert everything(archive) == before
    assert archive.check() == ()


def test_an_article_may_have_nothing_but_a_text(archive: Archive) -> None:
    bare = Article(id=stable_id("Rain."), text="Rain.")
    assert archive.article(archive.add(bare).article).article == bare
    empty = Article(id=stable_id(""), text="", reason="empty")
    assert archive.article(archive.add(empty).article).article == empty
    assert archive.counts().articles == 2
    assert archive.check() == ()


@pytest.mark.parametrize(
    "text",
    [
        "{s:Mara\0Quill} {c:said} {q:n\0o}.",
        "\U0001f6a2 {s:Mara Quill} {c:said} {q:\U0001f6a2 sails \U0001f30a}.",
        "{s:מרה קוויל} {c:אמרה} {q:המעבורת תפליג}.\u202e",
        "{s:Mara Quill}\r\n{c:said}\u2028{q:é e\u0301 \u0085 \ufeff \x7f}.",
    ],
    ids=["zero", "astral", "right to left", "controls"],
)
def test_any_text_comes_back_with_its_places(archive: Archive, text: str) -> None:
    article = told(text, people=[("Mara Quill",)], title="A\0title \U0001f6a2")
    added = archive.add(article)
    stored = archive.article(added.article)
    assert stored.article.text == article.text
    assert stored.article.statements == article.statements
    [hit] = stored.hits
    assert hit.content.spans == article.statements[0].attribution.content.spans
    assert archive.add(article).outcome == "unchanged"
    assert archive.check() == ()


def test_a_long_text_is_kept(archive: Archive) -> None:
    line = "{s%d:Mara Quill} {c%d:said} {q%d:the tide was high}. It rained on the quay for an hour more. "
    article = told("".join(line % (n, n, n) for n in range(1, 401)) + "So it went on. " * 70_000)
    assert len(article.text) > 1_000_000
    added = archive.add(article)
    assert archive.article(added.article).article.text == article.text
    assert archive.counts().statements == 400


def test_long_names_and_addresses_are_kept(archive: Archive) -> None:
    long = "".join(chr(0x4E00 + n * 7 % 20_000) for n in range(4_000))
    address = f"https://harbourpost.example/{long}"
    article = told(f"{{s:{long}}} {{c:said}} {{q:no {long}}}.", people=[(long,)])
    article = replace(article, id=f"desk/{long}", url=address, outlet=long, title=long, byline=long)
    added = archive.add(article)
    assert archive.article(added.article).article == article
    assert archive.add(article).outcome == "unchanged"
    assert archive.check() == ()
    archive.see(address, None, "added")
    archive.keep_feed_state(address, {"etag": long})
    assert archive.seen(address) == (None, "added")
    assert archive.seen(address[:-1]) is None
    assert archive.feed_state(address) == {"etag": long}


def test_statements_are_the_same_in_any_order_of_articles(fresh: Fresh) -> None:
    articles = [FERRY, PLAIN, told("{s:Quill} {c:warned} {q:of fog}.", people=[("Quill",)])]
    found = []
    for order in (articles, articles[::-1]):
        with opened(fresh()) as archive:
            ids = {article.id: archive.add(article).article for article in order}
            found.append({id: archive.article(number).article for id, number in ids.items()})
    assert found[0] == found[1]


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Any text with any spans of it as source, cue and content."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=2, max_size=60))
    sha = Article(id="", text=text).text_sha256

    def passage() -> Passage:
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=4)))
        return Passage.of(text, zip(cuts[::2], cuts[1::2], strict=False))

    found: dict[str, Attribution] = {}
    for _ in range(draw(st.integers(0, 3))):
        source, cue, content = passage() if draw(st.booleans()) else None, passage(), passage()
        id = attribution_id(sha, source, cue, content)
        found[id] = Attribution(id, source, cue, content, "indirect", 0, None, 0.5)
    base = told("{c:x}{q:y}").statements[0]
    return Article(
        id=stable_id(text),
        text=text,
        model="any",
        attributions=tuple(found.values()),
        statements=tuple(replace(base, attribution=one) for one in found.values()),
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=articles())
def test_every_span_of_a_row_is_what_its_column_says(archive: Archive, article: Article) -> None:
    added = archive.add(article)
    assert archive.article(added.article).article.text == article.text
    with archive._database.reading() as connection:
        text = connection.scalar(select(versions.c.text).where(versions.c.id == added.version))
        assert text is not None
        assert len(text) == len(article.text)
        for row in connection.execute(select(statements).where(statements.c.version_id == added.version)):
            for role in ("source", "cue", "content"):
                spans = getattr(row, f"{role}_spans")
                assert (spans is None) == (getattr(row, role) is None)
                if spans is not None:
                    assert " ".join(text[start:end] for start, end in spans) == getattr(row, role)


def test_what_is_derived_can_be_made_again_row_for_row(archive: Archive) -> None:
    for article in (FERRY, LATER, PLAIN, told("{s:Quill} {c:warned} {q:of fog}.", people=[("Quill",)])):
        archive.add(article)
    before = rows(archive)
    archive.rebuild()
    assert rows(archive) == before
    assert archive.check() == ()


def test_times_are_kept_in_utc(archive: Archive) -> None:
    at = datetime(2031, 3, 6, 23, 30, tzinfo=UTC)
    added = archive.add(replace(FERRY, published="2031-03-06T23:30:00-02:00"), at=at)
    head = archive.article(added.article).head
    assert (head.read_at, head.published_day) == ("2031-03-06T23:30:00Z", "2031-03-06")
    with archive._database.reading() as connection:
        assert connection.scalar(select(versions.c.published_at)) == "2031-03-07T01:30:00Z"
        assert connection.scalar(select(pages.c.version_id)) is None


def test_articles_that_the_model_read_come_back_as_it_read_them(archive: Archive, reader: Reader) -> None:
    pages = sorted((Path(demo.__file__).parent / "corpus" / "pages" / "tpa").glob("*"))[:4]
    read = [one for one in reader.read_many(pages) if isinstance(one, Article)]
    assert sum(len(article.statements) for article in read) > 10
    ids = [archive.add(article).article for article in read]
    for id, article in zip(ids, read, strict=True):
        stored = archive.article(id).article
        assert [made.attribution.id for made in stored.statements] == [one.id for one in article.attributions]
        assert (stored.text, stored.mentions, stored.entities) == (
            article.text,
            article.mentions,
            article.entities,
        )
    before = rows(archive)
    archive.rebuild()
    assert rows(archive) == before
    assert archive.check() == ()
