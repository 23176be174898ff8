"""JSON lines: what their keys hold, and that no article is given away."""

import json
from dataclasses import replace

import pytest

from export.invented import BASE, HOSTILE, Shelf, hits, hostile_hit, stored
from export.test_excerpts import placed
from export.written import Given, exported, lines, text
from quotidian.write import jsonl


def test_a_statement_has_its_articles_own_id_and_permanent_addresses():
    one = lines(exported("statements", "jsonl"))[1]
    assert one["schema"] == "quotidian-statement/1"
    assert (one["id"], one["key"]) == (701, hits()[1].key)
    assert (one["article"]["id"], one["article"]["number"]) == ("b-7", 7)
    assert one["address"] == f"{BASE}/statements/701"
    assert one["article"]["address"] == f"{BASE}/articles/7"
    assert one["speaker"]["address"] == f"{BASE}/entities/11"


def test_addresses_are_null_where_nobody_says_where_the_reading_room_is():
    one = lines(exported("statements", "jsonl", base_url=None))[1]
    assert one["address"] is one["article"]["address"] is one["speaker"]["address"] is None


def test_every_span_of_a_statement_holds_its_words():
    article = stored().article.text
    for one in lines(exported("statements", "jsonl")):
        for role in ("source", "cue", "content", "context"):
            if one[role]:
                assert one[role]["text"] == " ".join(article[start:end] for start, end in one[role]["spans"])


def test_a_context_says_whether_it_is_whole():
    short, long = lines(exported("statements", "jsonl", Given(hits()[1], placed(20, 20, 3, 20))))
    assert short["context"]["whole"] and not long["context"]["whole"]
    assert lines(exported("statements", "jsonl", Given(placed(20, 20, 3, 20)), whole_text=True))[0][
        "context"
    ]["whole"]


def test_somebody_unclear_is_null_with_those_it_may_be():
    one = lines(exported("statements", "jsonl"))[2]
    assert one["speaker"] is None
    assert [(who["name"], who["entity"]) for who in one["maybe"]] == [
        ("Edda Brandt", 15),
        ("Tomas Brandt", 14),
    ]


def test_the_state_of_review_is_told():
    assert {one["review"] for one in lines(exported("statements", "jsonl"))} == {"unreviewed"}


def test_a_line_stays_a_line_whatever_the_words():
    written = exported("statements", "jsonl", Given(hostile_hit(), hostile_hit())).decode()
    assert len(written.splitlines()) == 2
    assert lines(written.encode())[0]["speaker"]["name"] == HOSTILE


def test_an_article_is_shared_as_its_quotations_and_its_address():
    written = exported("articles", "jsonl").decode()
    (view,) = lines(written.encode())
    assert view["schema"] == "quotidian-article-view/1" and "text" not in view
    assert view["url"] == stored().head.url and view["address"] == f"{BASE}/articles/7"
    assert [one["content"]["text"] for one in view["statements"]] == [found.content.text for found in hits()]
    assert "Tomas Brandt and his sister Edda Brandt lead the HWU" not in written  # in no statement


def test_a_view_has_the_keys_of_a_statement_but_for_its_article():
    (view,), (one, *_) = lines(exported("articles", "jsonl")), lines(exported("statements", "jsonl"))
    assert view["statements"][0].keys() == one.keys() - {"schema", "article"}
    assert one["article"].keys() <= view.keys()


def test_the_whole_article_is_the_line_of_a_reading():
    written = text("articles", "jsonl", whole_text=True)
    assert jsonl.parse(written) == jsonl.parse(jsonl.line(stored().article))


def test_an_entity_has_names_offices_labels_and_who_it_is_elsewhere():
    one = lines(exported("entities", "jsonl"))[0]
    assert (one["schema"], one["id"], one["type"]) == ("quotidian-entity/1", 11, "person")
    assert one["offices"][0]["role"] == "deputy minister for trade"
    assert [(label["text"], label["outlet"]) for label in one["labels"]] == [
        ("council of thieves", None),
        ("HWU", "The Sarv Tide"),
    ]


@pytest.mark.parametrize("what", ["statements", "articles", "entities"])
def test_every_line_is_one_object(what):
    for line in exported(what, "jsonl").decode().splitlines():
        assert isinstance(json.loads(line), dict)


def test_a_suppressed_entity_is_in_no_line_of_entities():
    names = {one["name"] for one in lines(exported("entities", "jsonl", Shelf(hidden=(11,))))}
    assert names and "Mara Lindqvist" not in names


def test_a_view_tells_when_its_article_was_modified():
    one = stored(replace(stored().article, modified="2031-03-07"))
    assert lines(exported("articles", "jsonl", Shelf(one)))[0]["modified"] == "2031-03-07"
    assert lines(exported("articles", "jsonl"))[0]["modified"] is None
