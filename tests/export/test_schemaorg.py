"""schema.org: who is said to have said it, where it appeared, and never whether it is so."""

import json

import pytest

from export.invented import BASE, hit, hits, hostile_hit
from export.written import text
from quotidian.export.schemaorg import CLAIMING


def graph(form="jsonld", *found) -> list[dict]:
    whole = json.loads(text("statements", form, *found))
    assert whole["@context"] == "https://schema.org"
    return whole["@graph"]


def quotations(*found) -> list[dict]:
    return [node for node in graph("jsonld", *found) if node["@type"] == "Quotation"]


def claims(*found) -> list[dict]:
    return [node for node in graph("jsonld", *found) if node["@type"] == "Claim"]


def test_a_statement_is_a_quotation_in_its_article():
    found = quotations()[1]
    assert found["@id"] == found["url"] == f"{BASE}/statements/701"
    assert found["text"] == hits()[1].content.text
    assert found["spokenByCharacter"] == [
        {"@type": "Person", "@id": f"{BASE}/entities/11", "name": "Mara Lindqvist"}
    ]
    assert found["isPartOf"]["@type"] == "NewsArticle"
    assert found["isPartOf"]["headline"] == "Port to open again in May"
    assert found["isPartOf"]["publisher"]["name"] == "The Sarv Tide"
    assert found["dateCreated"] == "2031-03-04" and found["datePublished"].startswith("2031-03-06")


def test_only_the_words_of_a_direct_quotation_are_the_speakers():
    assert "creator" in quotations(hit(directness="direct"))[0]
    assert "creator" not in quotations(hit(directness="indirect"))[0]


def test_a_day_that_is_not_known_is_no_date_and_a_stretch_is_one():
    by = quotations(hit(said="../2031-03-06"))[0]
    assert "dateCreated" not in by and by["temporalCoverage"] == "../2031-03-06"
    assert "dateCreated" not in quotations(hit(said="2031-03~"))[0]
    assert "dateCreated" not in quotations(hit(said=None))[0]


def test_nobody_speaks_where_it_is_not_clear_who_does():
    assert "spokenByCharacter" not in quotations(hits()[2])[0]


def test_somebody_unnamed_has_a_description_and_no_name():
    (who,) = quotations(hits()[3])[0]["spokenByCharacter"]
    assert who["description"] == "A senior official" and "name" not in who


def test_a_document_does_not_speak():
    found = quotations(hit(kind="document"))[0]
    assert "spokenByCharacter" not in found and found["isBasedOn"]["name"] == "Mara Lindqvist"


@pytest.mark.parametrize("act", ["deny", "demand", "hope", "ask", "predict"])
def test_what_is_not_put_forward_as_so_is_no_claim(act):
    assert act not in CLAIMING and not claims(hit(act=act))


def test_what_was_not_said_or_is_said_by_nobody_is_no_claim():
    assert claims(hit(act="state"))
    assert not claims(hit(act="state", negated=True))
    assert not claims(hit(act="state", kind="none", speaker=None))


def test_a_claim_has_its_author_and_its_appearance():
    (found,) = claims(hit(act="accuse"))
    assert found["author"][0]["name"] == "Mara Lindqvist"
    assert found["appearance"]["url"] == hit().article.url
    assert found["isBasedOn"] == {"@id": f"{BASE}/statements/701"}


@pytest.mark.parametrize("form", ["jsonld", "claimreview"])
def test_there_is_no_rating_anywhere(form):
    keys = {key for node in graph(form) for key in node}
    assert keys and not [key for key in keys if "rating" in key.lower()]
    assert '"ratingValue"' not in text("statements", form)


def test_a_claim_review_is_a_form_to_fill_in():
    (found,) = graph("claimreview", hit(act="state"))
    assert found["@type"] == "ClaimReview" and found["claimReviewed"] == found["itemReviewed"]["text"]
    assert "author" not in found and "url" not in found
    assert "does not judge whether it is true" in found["description"]


@pytest.mark.parametrize("form", ["jsonld", "claimreview"])
def test_nothing_ends_the_script_that_it_stands_in(form):
    written = text("statements", form, hostile_hit())
    assert "<" not in written and "\u2028" not in written
    json.loads(written)
