import io
import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quotidian.write import webannotation
from write.invented import articles, story, strike, told_articles


def written(*stories):
    file = io.StringIO(newline="")
    webannotation.write(stories, file)
    return json.loads(file.getvalue())


def items(*stories):
    return written(*stories)["first"]["items"]


@given(st.one_of(articles(), told_articles()))
def test_every_selector_selects_the_words_that_it_quotes(article):
    for annotation in items(article):
        for target in annotation["target"]:
            quote, position = target["selector"]
            start, end = position["start"], position["end"]
            assert quote["exact"] == article.text[start:end] != ""
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert article.text[max(0, start - 32) : end + 32] == around


@given(articles())
def test_the_targets_of_an_annotation_are_the_spans_of_its_passage(article):
    passages = [
        [list(span) for span in passage.spans]
        for found in article
        for passage in (found.source, found.cue, found.content)
        if passage
    ]
    assert passages == [
        [[target["selector"][1]["start"], target["selector"][1]["end"]] for target in annotation["target"]]
        for annotation in items(article)
    ]


@given(st.lists(articles(), max_size=3))
def test_the_collection_counts_its_annotations_and_is_the_same_every_time(stories):
    collection = written(*stories)
    assert collection["total"] == len(collection["first"]["items"])
    assert collection == written(*stories)


def test_the_collection_has_what_the_model_demands():
    collection = written(story())
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection" and collection["id"].startswith("urn:uuid:")
    assert collection["first"]["type"] == "AnnotationPage" and collection["first"]["id"]
    for annotation in collection["first"]["items"]:
        assert annotation["type"] == "Annotation" and annotation["id"].startswith("urn:uuid:")
        assert all(target["source"] == story().url for target in annotation["target"])
        assert annotation["text_sha256"] == story().text_sha256


def test_ids_are_distinct_even_for_one_text_in_two_places():
    ids = [annotation["id"] for annotation in items(story(), story(url="https://other.example/"))]
    assert len(ids) == len(set(ids)) == 2 * 14


def test_a_nested_statement_points_to_the_annotation_of_the_content_that_holds_it():
    by_id = {annotation["id"]: annotation for annotation in items(story())}
    inner = next(annotation for annotation in by_id.values() if annotation["depth"] == 1)
    holder = by_id[inner["parent"]]
    assert (holder["role"], holder["depth"]) == ("content", 0)


def test_a_statement_without_source_has_two_annotations():
    fear = story().attributions[-1]
    assert [a["role"] for a in items(story()) if a["statement"] == fear.id] == ["cue", "content"]


def test_a_text_without_address_is_named_by_its_hash():
    for url in (None, "javascript:alert(1)"):
        source = items(story(url=url))[0]["target"][0]["source"]
        assert source.startswith("ni:///sha-256;")


def test_an_article_without_statements_gives_an_empty_collection():
    assert written(replace(story(), attributions=()))["total"] == 0


def bodies(role, place):
    """The bodies of one statement's annotation, by purpose."""
    found = strike().attributions[place]
    (one,) = (item for item in items(strike()) if (item["statement"], item["role"]) == (found.id, role))
    return {body["purpose"]: body["value"] for body in one["body"]}


def test_a_source_that_is_a_pronoun_is_identified_by_name():
    assert bodies("source", 1) == {"tagging": "source", "identifying": "Mara Lindqvist"}
    assert bodies("content", 1)["describing"] == "Mara Lindqvist | said | mixed"


def test_a_source_that_is_not_clear_is_not_identified():
    assert bodies("source", 2) == {"tagging": "source"}
    assert bodies("content", 2)["describing"].startswith("perhaps Edda Brandt or Tomas Brandt | ")


def test_a_content_carries_day_act_and_stance():
    content = next(item for item in items(strike()) if item["role"] == "content")
    assert [content[key] for key in ("speaker", "kind", "said", "act", "negated", "stance")] == [
        "Mara Lindqvist",
        "person",
        "2031-03-04",
        "state",
        False,
        "neutral",
    ]
