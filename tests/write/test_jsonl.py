import json
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from evaluation.gold import golden
from quotidian.errors import BadRecord, BadText
from quotidian.types import Article
from quotidian.write import jsonl
from write.invented import articles, story, strike, told_articles

SCHEMA = json.loads(files("quotidian.write").joinpath("article.schema.json").read_text("utf-8"))
KEYS = [
    "schema",
    "read_by",
    "id",
    "origin",
    "url",
    "outlet",
    "title",
    "byline",
    "language",
    "published",
    "published_from",
    "modified",
    "reason",
    "text",
    "text_sha256",
    "attributions",
    "entities",
    "mentions",
    "dates",
]
ATTRIBUTION_KEYS = ["id", "source", "cue", "content", "directness", "depth", "parent", "confidence"]
STATEMENT_KEYS = ["speaker", "about", "via", "said", "act", "stance"]


def changed(**changes):
    return json.dumps({**json.loads(jsonl.line(story())), **changes})


def strike_with(change):
    """The line of the strike with its record changed by a function."""
    record = json.loads(jsonl.line(strike()))
    change(record)
    return json.dumps(record)


def first(record):
    return record["attributions"][0]


either = st.one_of(articles(), told_articles())


@given(either)
def test_what_was_written_is_read_back(article):
    assert jsonl.parse(jsonl.line(article)) == article


def test_a_line_from_before_modifications_were_read_states_none():
    record = json.loads(jsonl.line(replace(story(), modified="2031-03-07T09:00:00+01:00")))
    assert jsonl.parse(json.dumps(record)).modified == "2031-03-07T09:00:00+01:00"
    del record["modified"]
    assert jsonl.parse(json.dumps(record)) == jsonl.parse(jsonl.line(story()))
    Draft202012Validator(SCHEMA).validate(record)


@given(either)
def test_a_line_is_one_line_for_every_reader(article):
    assert jsonl.line(article).splitlines() == [jsonl.line(article)]


@given(either)
def test_a_line_keeps_to_the_published_schema(article):
    Draft202012Validator(SCHEMA).validate(json.loads(jsonl.line(article)))


@pytest.mark.parametrize("item", golden.items()[::7], ids=lambda item: item.id)
def test_what_the_reader_makes_of_a_text_keeps_to_the_schema_and_is_read_back(reader, item):
    line = jsonl.line(reader.read_text(item.text, published="2031-03-06"))
    Draft202012Validator(SCHEMA).validate(json.loads(line))
    assert jsonl.line(jsonl.parse(line)) == line


def test_the_published_schema_is_a_schema_and_refuses_another_version():
    Draft202012Validator.check_schema(SCHEMA)
    assert not Draft202012Validator(SCHEMA).is_valid(json.loads(changed(schema="quotidian-article/2")))


def test_the_keys_come_in_the_documented_order():
    line = json.loads(jsonl.line(story()))
    assert list(line) == KEYS
    assert list(line["attributions"][0]) == ATTRIBUTION_KEYS + STATEMENT_KEYS


def test_an_interrupted_content_has_its_spans_and_its_words_joined_by_one_space():
    content = json.loads(jsonl.line(story()))["attributions"][1]["content"]
    assert content["text"] == '"We will," "not send one more ship into that ice."'
    assert [story().text[start:end] for start, end in content["spans"]] == [
        '"We will,"',
        '"not send one more ship into that ice."',
    ]


def test_confidence_has_four_places():
    assert json.loads(jsonl.line(story()))["attributions"][1]["confidence"] == 0.9943


def test_keys_that_a_later_version_adds_are_ignored():
    assert jsonl.parse(changed(added_later=[1, 2])) == jsonl.parse(jsonl.line(story()))


@pytest.mark.parametrize("field", ["text", "title"])
def test_half_a_surrogate_pair_is_refused_by_name(field):
    with pytest.raises(BadText, match="half a surrogate pair"):
        jsonl.line(replace(Article(id="a", text="b"), **{field: "\ud800"}))


@pytest.mark.parametrize(
    "line, why",
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not an article of ours"),
        ('{"text": "an article, not yet read"}', "not an article of ours"),
        (changed(schema="quotidian-article/2"), "quotidian-article/1"),
        (changed(text="changed"), "text_sha256 is not the text's"),
        (changed(attributions=[{}]), "KeyError"),
        (changed(attributions=17), "TypeError"),
        (changed(id=17), "17"),
        (changed(read_by="me"), "TypeError"),
        (changed(published_from="hearsay"), "hearsay"),
        (changed(modified=20310306), "20310306"),
        (changed(text="\ud800"), "half a surrogate pair"),
    ],
)
def test_a_line_that_is_not_ours_is_refused_with_the_reason(line, why):
    with pytest.raises(BadRecord, match=why):
        jsonl.parse(line)


@pytest.mark.parametrize(
    "spans, why",
    [
        ([[0, 10_000]], "do not lie"),
        ([[5, 5]], "do not lie"),
        ([[0, 3]], "do not hold the words"),
        ([], "do not lie"),
        ([[1, 2, 3]], "ValueError"),
    ],
)
def test_spans_that_contradict_the_text_are_refused(spans, why):
    record = json.loads(jsonl.line(story()))
    record["attributions"][0]["cue"]["spans"] = spans
    with pytest.raises(BadRecord, match=why):
        jsonl.parse(json.dumps(record))


def test_a_statement_says_who_spoke_and_what_shows_it():
    speaker = json.loads(jsonl.line(strike()))["attributions"][1]["speaker"]
    assert (speaker["entity"], speaker["name"], speaker["kind"]) == ("e1", "Mara Lindqvist", "person")
    assert (speaker["role"]["text"], speaker["organisation"]["text"]) == (
        "deputy minister for trade",
        "Ostmere",
    )
    why = speaker["evidence"][0]
    (start, end) = why["spans"][0]
    assert why["why"] == "“she” after the only woman named so far"
    assert strike().text[start:end] == why["text"] == "She"


def test_what_does_not_stand_in_the_text_has_no_place():
    record = json.loads(jsonl.line(strike()))
    assert record["attributions"][2]["said"]["evidence"] == [
        {"why": "the text does not say when; it was published on this day", "text": None, "spans": None}
    ]


def test_where_attributions_alone_were_read_the_rest_is_null_and_the_lists_are_empty():
    record = json.loads(jsonl.line(story()))
    for found in record["attributions"]:
        assert [found[key] for key in STATEMENT_KEYS] == [None] * 6
    assert [record[key] for key in ("entities", "mentions", "dates")] == [[], [], []]


@pytest.mark.parametrize("article", [story(), story(attributions=())], ids=["some", "none"])
def test_a_line_that_version_0_1_wrote_is_read_and_keeps_to_the_schema(article):
    article = jsonl.parse(jsonl.line(article))
    record = json.loads(jsonl.line(article))
    old = {key: value for key, value in record.items() if key not in ("entities", "mentions", "dates")}
    old["attributions"] = [{key: found[key] for key in ATTRIBUTION_KEYS} for found in record["attributions"]]
    assert jsonl.parse(json.dumps(old)) == article
    Draft202012Validator(SCHEMA).validate(old)


WRONG = {
    "a speaker's kind is 'robot'": lambda r: first(r)["speaker"].update(kind="robot"),
    "an act is 'mumble'": lambda r: first(r)["act"].update(value="mumble"),
    "a stance is 'cool'": lambda r: first(r)["stance"].update(value="cool"),
    "what dates a statement is 'guess'": lambda r: first(r)["said"].update({"from": "guess"}),
    "1 where another kind": lambda r: first(r)["act"].update(negated=1),
    "2.0 is no probability": lambda r: first(r)["said"].update(confidence=2),
    "nan is no probability": lambda r: first(r)["said"].update(confidence=float("nan")),
    "do not hold the words": lambda r: first(r)["speaker"]["role"].update(text="minister of war"),
    "do not hold the words that": lambda r: first(r)["act"]["evidence"][0].update(spans=[[0, 2]]),
    "e77: not among the entities": lambda r: first(r)["speaker"].update(entity="e77"),
    "e78: not among the entities": lambda r: r["mentions"][0].update(maybe=["e78"]),
    "some attributions have a speaker": lambda r: first(r).update(speaker=None),
    "an entity's type is 'ghost'": lambda r: r["entities"][0].update(type="ghost"),
    "a label's form is 'nickname'": lambda r: r["entities"][0]["labels"][0].update(form="nickname"),
    "a label's mark is 'bold'": lambda r: r["entities"][0]["labels"][0].update(marks=["bold"]),
    "f00d: uses a label and is no": lambda r: r["entities"][0]["labels"][0].update(by="f00d"),
    "a mention's form is 'grunt'": lambda r: r["mentions"][0].update(form="grunt"),
    "a mention's type is 'ghost'": lambda r: r["mentions"][0].update(type="ghost"),
    "a date's type is 'ERA'": lambda r: r["dates"][0].update(type="ERA"),
}


@pytest.mark.parametrize("why", WRONG)
def test_a_statement_that_contradicts_itself_is_refused_with_the_reason(why):
    with pytest.raises(BadRecord, match=why):
        jsonl.parse(strike_with(WRONG[why]))


def test_the_schema_refuses_what_the_format_does_not_know():
    for why in ("a speaker's kind is 'robot'", "an act is 'mumble'", "a date's type is 'ERA'"):
        assert not Draft202012Validator(SCHEMA).is_valid(json.loads(strike_with(WRONG[why])))
