"""The way of utterances as GEXF: who passed what to whom, in a file that Gephi opens."""

from dataclasses import replace

from lxml import etree

from export.invented import BASE, HOSTILE, hit, hits, hostile_hit
from export.traced import alone, told_again
from export.written import Given, exported
from quotidian.export.options import Options
from quotidian.export.tracegraph import graph
from quotidian.trace.values import Credit

NS = "{http://gexf.net/1.3}"


def found(*statements):
    return etree.fromstring(exported("utterances", "gexf", Given(*statements or (hits()[0],))))


def written(*utterances):
    return etree.fromstring("".join(graph(utterances, Options(base_url=BASE))).encode())


def nodes(root) -> dict:
    return {
        node.get("id"): {v.get("for"): v.get("value") for v in node.iter(f"{NS}attvalue")}
        | {"label": node.get("label")}
        for node in root.iter(f"{NS}node")
    }


def edges(root) -> dict:
    return {
        (edge.get("source"), edge.get("target")): {
            v.get("for"): v.get("value") for v in edge.iter(f"{NS}attvalue")
        }
        for edge in root.iter(f"{NS}edge")
    }


def test_it_is_built_as_gexf_1_3_says():
    root = found(*hits())
    assert root.tag == f"{NS}gexf" and root.get("version") == "1.3"
    assert [child.tag for child in root] == [f"{NS}meta", f"{NS}graph"]
    part = root.find(f"{NS}graph")
    assert (part.get("mode"), part.get("defaultedgetype")) == ("static", "directed")
    names = [child.tag.removeprefix(NS) for child in part]
    assert names == ["attributes", "attributes", "nodes", "edges"]
    ids = [one.get("id") for one in root.iter(f"{NS}node")]
    assert len(ids) == len(set(ids))
    ids_of_edges = [one.get("id") for one in root.iter(f"{NS}edge")]
    assert len(ids_of_edges) == len(set(ids_of_edges))
    assert {end for pair in edges(root) for end in pair} <= set(ids)


def test_every_value_is_of_a_declared_attribute():
    root = found(*hits())
    declared = {
        (part.get("class"), one.get("id"))
        for part in root.iter(f"{NS}attributes")
        for one in part.iter(f"{NS}attribute")
    }
    used = {
        (kind, value.get("for"))
        for kind in ("node", "edge")
        for one in root.iter(f"{NS}{kind}")
        for value in one.iter(f"{NS}attvalue")
    }
    assert used <= declared


def test_the_way_goes_from_the_speaker_to_the_first_and_on_to_those_who_have_it_from_there():
    key = hits()[0].key
    assert edges(found()) == {
        ("speaker 11", f"{key} 700"): {"relation": "said", "change": "none"},
        (f"{key} 700", f"{key} 800"): {"relation": "copy", "change": "none"},
        (f"{key} 700", f"{key} 900"): {"relation": "credit", "change": "meaning"},
    }


def test_a_report_has_its_outlet_its_words_and_both_ends_of_its_time():
    node = nodes(found())[f"{hits()[0].key} 800"]
    assert node["outlet"] == "The Ellery Courier" and node["content"] == hits()[0].content.text
    assert (node["earliest"], node["latest"]) == ("2031-03-05T10:00:00Z", "2031-03-07T12:00:00Z")
    assert node["address"] == f"{BASE}/statements/800"


def test_an_outlet_that_is_credited_and_not_in_the_archive_is_a_node():
    one = alone(hit())
    report = replace(one.reports[0], credit=Credit("agency", "OPA", None, None, "it stands before the text"))
    root = written(replace(one, reports=(report,)))
    assert nodes(root)["outlet OPA"]["type"] == "outlet"
    assert edges(root) == {
        ("outlet OPA", f"{one.head.id} {hit().id}"): {"relation": "credit", "change": "none"}
    }


def test_a_statement_that_reports_two_utterances_has_a_node_in_each():
    one = told_again()
    other = replace(one, head=replace(one.head, id="ffffffffffffffff"))
    assert len([id for id in nodes(written(one, other)) if id.endswith(" 700")]) == 2


def test_two_speakers_whom_the_archive_does_not_know_are_two_nodes():
    unknown = [
        replace(
            one, head=replace(one.head, speaker=replace(one.head.speaker, entity=None, name="an official"))
        )
        for one in map(alone, hits()[:2])
    ]
    labels = [node["label"] for node in nodes(written(*unknown)).values() if node["type"] == "speaker"]
    assert labels == ["an official", "an official"]


def test_one_whom_the_archive_knows_is_one_node():
    one = told_again()
    other = replace(one, head=replace(one.head, id="ffffffffffffffff"))
    assert [id for id in nodes(written(one, other)) if id.startswith("speaker")] == ["speaker 11"]


def test_hostile_words_stay_words():
    root = found(hostile_hit())
    assert any(node["label"].startswith('=HYPERLINK("x") </script>') for node in nodes(root).values())
    assert all("\n" not in id for id in nodes(root))
    assert HOSTILE.startswith("=HYPERLINK")
