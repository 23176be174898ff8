"""Whatever the format: it streams, gives the same bytes, obeys the filter, and says what it cannot do."""

import csv
import io
import json
import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import given, settings
from lxml import etree

from export.invented import BASE, Shelf, hit, hits, hostile_hit, stored
from export.written import Given, exported
from quotidian import export
from quotidian.errors import BadText, NotInArchive, UsageError
from quotidian.store.values import Review
from quotidian.types import Passage, Span
from write.invented import told_articles

EACH = [(what, form) for what, forms in export.FORMATS.items() for form in forms if what != "reviews"]
each_format = pytest.mark.parametrize(("what", "form"), EACH)
# A graph is a sum over all statements; its size is that of its entities.
STREAMED = [form for form in export.FORMATS["statements"] if form not in ("gexf", "parquet")]


@each_format
def test_the_same_archive_gives_the_same_bytes(what, form):
    assert exported(what, form) == exported(what, form)


@each_format
def test_a_format_can_be_written_of_nothing(what, form):
    empty = Given()
    empty.articles = {}
    written = exported(what, form, empty)
    if export.FORMATS[what][form].ending in (".json", ".jsonld"):
        json.loads(written)


@each_format
def test_pieces_sent_on_are_the_bytes_of_the_file(what, form):
    sent = export.chunks(Shelf(), what, form, "", export.Options(base_url=BASE))
    assert b"".join(sent) == exported(what, form)


@pytest.mark.parametrize("what", ["statements", "articles", "entities", "utterances"])
def test_the_query_is_what_the_archive_is_asked(what):
    archive = Shelf()
    exported(what, "csv", archive, query="act:deny")
    assert archive.asked == ["act:deny"]


def test_entities_of_a_query_are_those_who_speak_or_are_spoken_about_in_it():
    found = Given(*(one for one in hits() if one.id == 701))
    written = exported("entities", "jsonl", found, query="speaker:Lindqvist").decode()
    assert [json.loads(line)["id"] for line in written.splitlines()] == [11, 13]


@pytest.mark.parametrize(
    ("what", "form"),
    [*(("statements", form) for form in STREAMED)]
    + [("utterances", form) for form in export.FORMATS["utterances"] if form != "parquet"],
)
def test_a_long_export_takes_no_more_memory_than_a_short_one(what, form):
    one = hit()

    class Long(Shelf):
        def __init__(self, statements):
            super().__init__()
            self.statements = statements

        def every(self, query=""):
            return (replace(one, id=id) for id in range(1, self.statements + 1))

    class Nowhere(io.BytesIO):
        def write(self, data):
            return len(data)

    def peak(statements):
        tracemalloc.start()
        export.export(Long(statements), what, form, "", Nowhere(), base_url=BASE)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(1)  # what is loaded and kept once
    assert peak(1500) < peak(300) + 100_000


@pytest.mark.parametrize(
    ("what", "form"),
    [
        (what, form)
        for what in ("statements", "utterances")
        for form in export.FORMATS[what]
        if form != "parquet"
    ],
)
def test_half_a_surrogate_pair_is_refused_or_escaped_never_written(what, form):
    broken = hit(words="\ud800" + hit().words[1:], role="\ud800", content=Passage("\ud800", (Span(0, 1),)))
    try:
        exported(what, form, Given(broken)).decode()
    except BadText as error:
        assert "surrogate" in str(error)


@pytest.mark.parametrize(
    ("what", "form"),
    [
        *(
            (what, form)
            for what in ("statements", "articles")
            for form in ("atom", "jsonfeed", "bibtex", "ris")
        ),
        *((what, "csl-json") for what in ("statements", "articles")),
        ("utterances", "prov"),
    ],
)
def test_no_link_leads_to_a_script(what, form):
    archive = Given(hostile_hit())
    archive.articles = {7: stored(replace(stored().article, url="javascript:alert(1)"))}
    assert b"javascript:" not in exported(what, form, archive)


@settings(max_examples=30)
@given(told_articles())
def test_whatever_an_article_says_every_format_can_be_read(article):
    one = stored(replace(article, published="2031-03-06"))
    for what, form in EACH:
        if what == "entities" or form == "parquet":
            continue
        written = exported(what, form, Shelf(one))
        if form in ("atom", "gexf"):
            etree.fromstring(written)
        elif form in ("jsonl", "ftm"):
            assert all(json.loads(line) for line in written.decode().splitlines())
        elif export.FORMATS[what][form].ending in (".json", ".jsonld"):
            json.loads(written)
        elif form == "csv":
            assert len({len(row) for row in csv.reader(io.StringIO(written.decode(), newline=""))}) == 1


def test_an_article_taken_out_meanwhile_ends_nothing():
    class Leaky(Shelf):
        def article(self, id):
            if id == 8:
                raise NotInArchive("there is no article 8")
            return super().article(id)

    written = exported("articles", "jsonl", Leaky(stored(), stored(id=8), stored(id=9)))
    assert [json.loads(line)["number"] for line in written.decode().splitlines()] == [7, 9]


def test_what_cannot_be_exported_names_what_can():
    with pytest.raises(UsageError, match="there are statements, articles, entities, utterances, reviews"):
        exported("outlets", "csv")
    with pytest.raises(UsageError, match="no format 'docx' of articles; there are jsonl, csv"):
        exported("articles", "docx")


def test_an_address_that_is_none_of_the_web_is_refused():
    with pytest.raises(UsageError, match="is no web address"):
        exported("statements", "jsonl", base_url="archive.example")


def test_reviews_need_the_whole_text():
    with pytest.raises(UsageError, match="add --whole-text"):
        exported("reviews", "jsonl")
    assert exported("reviews", "jsonl", whole_text=True) == b""
    log = (Review(kind="accept", by="ines", statement=700, article=7, id=1, payload={}),)
    one = stored()
    one = replace(one, hits=(replace(one.hits[0], state="accepted"), *one.hits[1:]))
    assert exported("reviews", "jsonl", Shelf(one, reviews=log), whole_text=True)
