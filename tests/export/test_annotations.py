"""Web Annotation out and back: the same spans, or a reason."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.invented import BASE, Shelf, head, hit_of, hits, stored
from export.written import Given, exported
from quotidian.errors import BadRecord
from quotidian.export.importing import imported
from quotidian.export.webannotation import TERMS
from quotidian.store.values import Share, StoredArticle
from quotidian.types import Attribution, Passage, attribution_id
from quotidian.write import webannotation
from write.invented import Inventor, strike, texts

ROLES = ("source", "cue", "content")


def collection(what="statements", archive=None, **options) -> dict:
    return json.loads(exported(what, "webannotation", archive, **options))


def items(what="statements", archive=None) -> list[dict]:
    return collection(what, archive)["first"]["items"]


def annotation(exact, role, name="one", prefix="", suffix="", **more) -> dict:
    """What another tool writes: a quote, a tag for the role and one for the statement."""
    quote = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}
    return {
        "id": f"urn:tool:{role}",
        "type": "Annotation",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": role},
            {"type": "TextualBody", "purpose": "tagging", "value": f"statement:{name}"},
        ],
        "target": {"source": "https://sarv-tide.example/strike", "selector": [quote]},
        **more,
    }


def take(*annotations, article=None, **options):
    return imported(json.dumps(annotations), article or bare(), "ines", **options)


def bare(article=None) -> StoredArticle:
    """The article without the statements that the archive has of it."""
    return replace(stored(article), hits=())


def why(result) -> list[str]:
    return [one.why for one in result.refused]


# --- out ----------------------------------------------------------------------------------------


def test_the_collection_has_what_the_model_demands():
    found = collection()
    assert found["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert found["type"] == "AnnotationCollection" and found["id"].startswith("urn:uuid:")
    assert found["total"] == len(found["first"]["items"]) > 0 and found["first"]["type"] == "AnnotationPage"
    for one in found["first"]["items"]:
        assert one["type"] == "Annotation" and one["body"] and one["target"]
        assert one["target"][0]["source"] == strike().url
        assert one["via"] == f"{BASE}/statements/{one['number']}"


def test_ids_are_distinct():
    ids = [one["id"] for one in items()]
    assert len(ids) == len(set(ids))


def test_every_key_is_a_term_of_the_model_or_declared():
    model = {"id", "type", "motivation", "generator", "via", "body", "target"}
    for what in ("statements", "articles"):
        for one in items(what):
            assert one.keys() <= model | set(TERMS) | {"parent"}


def test_the_terms_are_those_of_single_reads_and_a_few_more():
    assert set(webannotation._CONTEXT[1]) <= {*TERMS, "quotidian", "parent"}


@pytest.mark.parametrize("what", ["statements", "articles"])
def test_every_selector_selects_the_words_that_it_quotes(what):
    text = strike().text
    for one in items(what):
        for target in one["target"]:
            quote, position = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert around in text


# --- back ---------------------------------------------------------------------------------------


@st.composite
def placed_statements(draw):
    """An article with hostile text and one statement whose spans lie anywhere in it."""
    text = draw(texts)
    ends = (
        draw(st.lists(st.integers(0, len(text)), min_size=6, max_size=12, unique=True).map(sorted))
        if len(text) >= 12
        else None
    )
    if ends is None:
        text = (text + "said that harbours") * 2
        ends = [0, 2, 3, 5, 6, 9]
    pairs = list(zip(ends[::2], ends[1::2], strict=False))
    order = draw(st.permutations(range(len(pairs))))
    source, cue, *content = (pairs[at] for at in order)
    named = draw(st.booleans())
    roles = (
        Passage.of(text, [source]) if named else None,
        Passage.of(text, [cue]),
        Passage.of(text, sorted(content)),
    )
    found = Attribution(attribution_id("0" * 64, *roles), *roles, "indirect", 0, None, 0.9)
    made = Inventor([roles[1]], ["Moor"], [], draw(st.integers(0, 99))).statement(found)
    article = replace(
        strike(), text=text, attributions=(found,), statements=(made,), entities=(), mentions=(), dates=()
    )
    where = head(article)
    return StoredArticle(where, article, (hit_of(article, made, 700, where),), {}, Share(1, 1, 0))


@given(placed_statements(), st.sampled_from(["statements", "articles"]))
def test_what_is_exported_and_imported_has_the_same_spans(article, what):
    written = exported(what, "webannotation", Shelf(article), base_url=None)
    known = imported(written, article, "ines")
    assert (known.reviews, known.refused, known.unchanged) == ((), (), 1)
    (review,) = imported(written, replace(article, hits=()), "ines").reviews
    (found,) = article.hits
    for role in ROLES:
        passage = getattr(found, role)
        assert review.payload[role] == ([list(span) for span in passage.spans] if passage else None)


@given(placed_statements())
def test_positions_of_a_javascript_tool_lead_to_the_same_words(article):
    """Offsets in UTF-16 units, and no words around the quote."""
    (found,) = article.hits
    annotations = []
    for one in json.loads(exported("statements", "webannotation", Shelf(article)))["first"]["items"]:
        for target in one["target"]:
            quote, position = target["selector"]
            for key in ("start", "end"):
                position[key] = len(article.article.text[: position[key]].encode("utf-16-le")) // 2
            quote["prefix"] = quote["suffix"] = ""
        annotations.append(one)
    result = imported(json.dumps(annotations), replace(article, hits=()), "ines")
    # Never other words: a position counts only where the quote stands.
    for review in result.reviews:
        for role in ROLES:
            passage = getattr(found, role)
            words = [article.article.text[start:end] for start, end in review.payload[role] or ()]
            assert words == ([article.article.text[s:e] for s, e in passage.spans] if passage else [])


def test_all_statements_of_an_article_come_back():
    result = imported(exported("articles", "webannotation"), stored(), "ines")
    assert result.unchanged == len(hits()) and not result.reviews and not result.refused


def test_a_statement_that_was_moved_is_a_correction_of_it():
    changed = items()
    (content,) = (one for one in changed if one["number"] == 701 and one["role"] == "content")
    start = strike().text.index("the Harbour Workers' Union")
    content["target"][0]["selector"] = [
        {"type": "TextQuoteSelector", "exact": "the Harbour Workers' Union (HWU)"},
    ]
    content["act"] = "criticise"
    result = imported(json.dumps(changed), stored(), "ines")
    (review,) = result.reviews
    assert (review.kind, review.statement, review.by) == ("correct", 701, "ines")
    assert review.payload == {"content": [[start, start + 32]], "act": "criticise"}
    assert result.unchanged == len(hits()) - 1


def test_another_speaker_is_a_correction():
    changed = items()
    for one in changed:
        if one["number"] == 702 and one["role"] == "content":
            one["speaker"] = "Edda Brandt"
    (review,) = imported(json.dumps(changed), stored(), "ines").reviews
    assert review.payload == {"speaker": {"name": "Edda Brandt", "kind": "person", "entity": None}}


def test_a_statement_of_another_tool_is_added():
    result = take(
        annotation("Tomas Brandt and his sister Edda Brandt", "source"),
        annotation("lead", "cue", prefix="Edda Brandt "),
        annotation("the HWU", "content"),
    )
    (review,) = result.reviews
    assert (review.kind, review.article) == ("add", 7)
    text = strike().text
    assert [text[start:end] for role in ROLES for start, end in review.payload[role]] == [
        "Tomas Brandt and his sister Edda Brandt",
        "lead",
        "the HWU",
    ]
    assert review.payload["version"] == 1


def test_hypothesis_rows_are_read():
    rows = [
        {"id": "a", "uri": strike().url, "tags": [role, "statement:x"], "target": [{"source": strike().url,
         "selector": [{"type": "RangeSelector"}, {"type": "TextPositionSelector", "start": 9, "end": 12},
                      {"type": "TextQuoteSelector", "exact": exact}]}]}
        for role, exact in (("cue", "would not say"), ("content", "whether the ministry had warned of ice"))
    ]  # fmt: skip
    (review,) = imported(json.dumps({"total": 2, "rows": rows}), bare(), "ines").reviews
    assert review.payload["source"] is None and review.payload["cue"]


@pytest.mark.parametrize(
    "shape",
    [
        lambda one: one,
        lambda one: [one],
        lambda one: {"type": "AnnotationPage", "items": [one]},
        lambda one: {"type": "AnnotationCollection", "first": {"items": [one]}},
        lambda one: {"rows": [one]},
    ],
)
def test_every_shape_of_file_is_read(shape):
    result = imported(json.dumps(shape(annotation("no such words", "cue"))), bare(), "ines")
    assert "its words do not stand in the text" in why(result)


def test_words_that_stand_twice_are_told_apart_by_those_around_them():
    at = strike().text.index("HWU. ")
    twice = take(annotation("HWU", "content"), annotation("led", "cue"))
    assert "its words stand in the text 2 times, and nothing tells which are meant" in why(twice)
    for around in ({"suffix": ". Brandt"}, {"prefix": "lead the "}):
        (review,) = take(annotation("HWU", "content", **around), annotation("led", "cue")).reviews
        assert review.payload["content"] == [[at, at + 3]]


def test_words_are_not_found_inside_others():
    at = strike().text.index("led by")  # and in "so-called"
    (review,) = take(annotation("led", "cue"), annotation("the so-called council", "content")).reviews
    assert review.payload["cue"] == [[at, at + 3]]


def test_words_between_other_words_are_not_taken():
    result = take(
        annotation("would not say", "cue", prefix="never "), annotation("HWU", "content", suffix=")")
    )
    assert "its words stand in the text once, but between other words" in why(result)
    assert not result.reviews


def test_line_ends_of_a_page_make_no_difference():
    result = take(
        annotation("would\n   not say", "cue"), annotation("whether the ministry\thad warned", "content")
    )
    (review,) = result.reviews
    start, end = review.payload["cue"][0]
    assert strike().text[start:end] == "would not say"


def test_a_part_that_is_lost_loses_its_statement():
    """Without its source it would be a statement of nobody."""
    result = take(
        annotation("Nobody at all", "source"),
        annotation("led", "cue"),
        annotation("the so-called council", "content"),
    )
    assert not result.reviews
    assert why(result) == ["its words do not stand in the text", "a part of it was not taken"]


def test_annotations_of_other_articles_are_counted_and_left():
    other = annotation("led", "cue")
    other["target"]["source"] = "https://another.example/"
    assert take(other).of_others == 1
    assert take({**annotation("led", "cue"), "article": "x-1"}).of_others == 1
    assert take(annotation("led", "cue")).of_others == 0


def test_what_is_not_said_is_asked_for():
    without_role = annotation("led", "cue")
    without_role["body"] = without_role["body"][1:]
    assert "no role" in why(take(without_role))[0]
    without_name = annotation("led", "cue")
    without_name["body"] = without_name["body"][:1]
    assert "statement:NAME" in why(take(without_name))[0]
    assert why(take(annotation("led", "cue"))) == ["a new statement needs a content"]
    assert "a second cue" in why(take(annotation("led", "cue"), annotation("denied", "cue")))[0]
    assert "no act" in why(take({**annotation("led", "content"), "act": "lie"}))[0]


def test_a_position_alone_counts_only_in_the_same_text():
    def positions(**more):
        return [
            {
                **annotation("", role),
                "target": {"selector": {"type": "TextPositionSelector", **place}},
                **more,
            }
            for role, place in (("cue", {"start": 130, "end": 134}), ("content", {"start": 135, "end": 201}))
        ]

    assert "a position without a quote" in why(take(*positions()))[0]
    (review,) = take(*positions(text_sha256=strike().text_sha256)).reviews
    assert review.payload["cue"] == [[130, 134]]
    assert take(*positions(), trust_positions=True).reviews == (review,)
    far = positions()
    far[0]["target"]["selector"]["end"] = 10_000
    assert "does not lie in the text" in why(take(*far, trust_positions=True))[0]


@pytest.mark.parametrize("broken", ["", "[1", "{}", '"x"', "3", '{"first": {"items": [], "next": "p2"}}'])
def test_a_file_without_annotations_is_refused(broken):
    with pytest.raises(BadRecord):
        imported(broken, bare(), "ines")


KEYS = [
    "id",
    "body",
    "target",
    "selector",
    "type",
    "exact",
    "prefix",
    "start",
    "end",
    "tags",
    "role",
    "statement",
    "items",
    "value",
    "source",
    "act",
]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)


@given(anything)
def test_whatever_json_says_it_is_read_or_refused(value):
    for given_value in (value, [value], {"items": [value]}):
        try:
            imported(json.dumps(given_value), bare(), "ines")
        except BadRecord as error:
            assert "annotation" in str(error).lower()


def test_the_reviews_of_a_search_are_its_statements_alone():
    few = Given(hits()[1])
    assert {one["number"] for one in items(archive=few)} == {701}
