"""FollowTheMoney: schemata and properties that the model has, and links that lead somewhere."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from export.invented import BASE, Shelf, entity, hit, hits, hostile_hit
from export.written import Given, exported
from quotidian.store.values import Identifier, Named

# What of the model is used; checked once against followthemoney 3.8.3 and 4.11.2.
PROPERTIES = {
    "Article": {"title", "fileName", "author", "publisher", "publishedAt", "retrievedAt", "sourceUrl"},
    "Person": {"name", "alias", "position", "wikidataId", "sourceUrl"},
    "Organization": {"name", "alias", "wikidataId", "sourceUrl"},
    "LegalEntity": {"name", "alias", "wikidataId", "sourceUrl"},
    "Address": {"name", "alias", "full", "wikidataId", "sourceUrl"},
    "Document": {"name", "alias", "fileName", "title", "wikidataId", "sourceUrl"},
    "Note": {"name", "entity", "description", "notes", "keywords", "publisher", "sourceUrl", "proof"},
    "UnknownLink": {"subject", "object", "role", "date", "summary", "recordId", "publisher", "sourceUrl"},
}
LINKS = ("entity", "subject", "object", "proof")


def made(what="statements", archive=None, **options) -> list[dict]:
    return [json.loads(line) for line in exported(what, "ftm", archive, **options).decode().splitlines()]


def of(schema: str, everything: list[dict]) -> list[dict]:
    return [one for one in everything if one["schema"] == schema]


@pytest.mark.parametrize("what", ["statements", "entities"])
def test_every_entity_has_properties_of_its_schema_as_lists_of_texts(what):
    for one in made(what, Given(*hits(), hostile_hit()) if what == "statements" else None):
        assert one.keys() == {"id", "schema", "properties"}
        assert one["properties"].keys() <= PROPERTIES[one["schema"]]
        for values in one["properties"].values():
            assert values and all(isinstance(value, str) and value for value in values)


def test_each_is_written_once_and_before_what_leads_to_it():
    written: set[str] = set()
    for one in made():
        for name in LINKS:
            assert set(one["properties"].get(name, ())) <= written
        assert one["id"] not in written
        written.add(one["id"])


def test_a_statement_is_a_note_on_its_speaker():
    note = next(one for one in of("Note", made()) if one["id"].endswith("-701"))["properties"]
    assert note["description"][0].startswith(hits()[1].content.text)
    assert note["entity"][0].endswith("entity-11") and note["proof"][0].endswith("article-7")
    assert note["sourceUrl"] == [f"{BASE}/statements/701"]


def test_a_denial_is_told_as_one():
    note = next(one for one in of("Note", made()) if one["id"].endswith("-702"))["properties"]
    assert "(denied)" in note["description"][0]


def test_who_speaks_about_whom_is_a_link():
    links = of("UnknownLink", made())
    ends = Counter(
        (link["properties"]["subject"][0][-2:], link["properties"]["object"][0][-2:]) for link in links
    )
    assert ends == {("11", "13"): 1, ("17", "18"): 1}


def test_somebody_unnamed_is_no_person():
    assert "A senior official" not in [
        name for one in of("Person", made()) for name in one["properties"]["name"]
    ]


def test_a_suppressed_entity_is_nowhere():
    everything = made(archive=Shelf(hidden=(11,)))
    assert not [one for one in everything if one["id"].endswith("entity-11")]
    assert not [
        one
        for one in everything
        for name in LINKS
        for id in one["properties"].get(name, ())
        if id[-2:] == "11"
    ]


@pytest.mark.parametrize(
    ("type", "schema"),
    [
        ("person", "Person"),
        ("organisation", "Organization"),
        ("group", "LegalEntity"),
        ("place", "Address"),
        ("document", "Document"),
    ],
)
def test_each_kind_of_entity_has_its_schema(type, schema):
    class One(Shelf):
        def entities(self, name="", *, limit=50, offset=0):
            return () if offset else (entity(11, type).head,)

        def entity(self, id):
            return entity(11, type)

    (one,) = made("entities", One())
    assert one["schema"] == schema and one["properties"]["alias"] == ["Lindqvist"]
    assert one["properties"]["wikidataId"] == ["Q4242"]
    assert ("position" in one["properties"]) == (type == "person")


def test_an_identifier_of_another_service_is_no_wikidata_id():
    class One(Shelf):
        def entity(self, id):
            return entity(id, identifiers=(Identifier("opensanctions", "Q1", "x", None),))

    assert all("wikidataId" not in one["properties"] for one in made("entities", One()))


def test_only_a_whole_day_or_month_is_a_date():
    (link,) = of("UnknownLink", made(archive=Given(hit(said="2031-03"))))
    assert link["properties"]["date"] == ["2031-03"]
    (link,) = of("UnknownLink", made(archive=Given(hit(said="../2031-03-06"))))
    assert "date" not in link["properties"]


def test_archives_at_two_addresses_share_no_ids():
    assert not {one["id"] for one in made()} & {one["id"] for one in made(base_url="https://other.example")}


def test_one_who_speaks_of_themselves_is_not_linked_to_themselves():
    assert not of(
        "UnknownLink", made(archive=Given(replace(hit(), about=(Named(11, "Mara Lindqvist", 1.0),))))
    )
