"""PROV-O: what is derived from what, in terms that the ontology has, and used as it defines them."""

import json
from dataclasses import replace

from export.invented import BASE, hit, hits
from export.traced import alone, appeared, report, told_again
from export.written import Given, exported
from quotidian.export.options import Options
from quotidian.export.provo import graph

# https://www.w3.org/TR/prov-o/: the classes and, of the properties, what each is of and leads to.
CLASSES = {"prov:Entity", "prov:Activity", "prov:Agent"}
PROPERTIES = {
    "prov:wasAttributedTo": ("prov:Entity", "prov:Agent"),
    "prov:wasGeneratedBy": ("prov:Entity", "prov:Activity"),
    "prov:wasDerivedFrom": ("prov:Entity", "prov:Entity"),
    "prov:wasQuotedFrom": ("prov:Entity", "prov:Entity"),
    "prov:specializationOf": ("prov:Entity", "prov:Entity"),
    "prov:wasInfluencedBy": (None, "prov:Agent"),
    "prov:wasAssociatedWith": ("prov:Activity", "prov:Agent"),
    "prov:atLocation": (None, None),
    "prov:generatedAtTime": ("prov:Entity", None),
    "prov:startedAtTime": ("prov:Activity", None),
    "prov:endedAtTime": ("prov:Activity", None),
}


def document(*found):
    return json.loads(exported("utterances", "prov", Given(*found or (hits()[0],))))


def nodes(of) -> dict:
    return {node["@id"]: node for node in of["@graph"]}


def types(node) -> set:
    return set(node["@type"] if isinstance(node["@type"], list) else [node["@type"]])


def test_every_term_is_one_of_prov_o_or_of_schema_org_and_fits_what_it_is_used_of():
    of = document(*hits())
    assert of["@context"]["prov"] == "http://www.w3.org/ns/prov#"
    known = nodes(of)
    assert len(known) == len(of["@graph"])
    for node in known.values():
        assert {kind for kind in types(node) if not kind.startswith("schema:")} < CLASSES | {None}
        for key, value in node.items():
            if not key.startswith("prov:"):
                assert key.startswith(("@", "schema:"))
                continue
            of_what, to = PROPERTIES[key]
            assert of_what is None or of_what in types(node)
            if to is not None:
                assert to in types(known[value["@id"]])


def test_a_copy_is_derived_and_one_that_names_its_source_is_quoted():
    saying = f"{BASE}/utterances/{hits()[0].key}"
    known = nodes(document())
    first, copy, told = (known[f"{saying}#statement-{id}"] for id in (700, 800, 900))
    assert first["prov:wasQuotedFrom"] == {"@id": saying} and "prov:wasDerivedFrom" not in first
    assert copy["prov:wasDerivedFrom"] == {"@id": first["@id"]} and "prov:wasQuotedFrom" not in copy
    assert told["prov:wasQuotedFrom"] == {"@id": first["@id"]}
    assert told["prov:wasInfluencedBy"] == {"@id": f"{BASE}/outlets/3"}
    assert known[saying]["prov:wasAttributedTo"] == {"@id": f"{BASE}/entities/11"}


def test_a_time_stands_with_a_report_only_where_it_is_one_instant():
    saying = f"{BASE}/utterances/{hits()[0].key}"
    known = nodes(document())
    first, copy = known[f"{saying}#statement-700"], known[f"{saying}#statement-800"]
    assert first["prov:generatedAtTime"] == "2031-03-06T06:30:00Z"
    assert "prov:generatedAtTime" not in copy
    between = known[copy["prov:wasGeneratedBy"]["@id"]]
    assert between["prov:startedAtTime"] == "2031-03-05T10:00:00Z"
    assert between["prov:endedAtTime"] == "2031-03-07T12:00:00Z"


def test_a_report_of_no_known_time_has_none():
    one = replace(alone(hit()), reports=(report(hit(), appeared(hit(), None, None)),))
    written = "".join(graph([one], Options(base_url=BASE)))
    assert "AtTime" not in written.partition("@graph")[2]


def test_without_a_reading_room_names_are_uuids_the_same_in_every_run():
    once, again = ("".join(graph([told_again()], Options())) for _ in range(2))
    assert once == again and "https://archive.example" not in once
    assert all(node.startswith(("urn:uuid:", "https://")) for node in nodes(json.loads(once)))


def test_nothing_in_it_ends_a_script():
    evil = alone(hit(content=replace(hit().content, text="</script><script>alert(1)</script>")))
    assert "<" not in "".join(graph([evil], Options()))
