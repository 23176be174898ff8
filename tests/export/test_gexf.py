"""GEXF: entities, and who speaks about whom, how often and when."""

from dataclasses import replace
from datetime import date

from lxml import etree

from export.invented import BASE, HOSTILE, Shelf, entity, hit, hits
from export.written import Given, exported
from quotidian.store.values import Named

NS = "{http://gexf.net/1.3}"


def graph(what="statements", archive=None):
    return etree.fromstring(exported(what, "gexf", archive)).find(f"{NS}graph")


def edges(found) -> dict:
    return {(edge.get("source"), edge.get("target")): edge for edge in found.iter(f"{NS}edge")}


def on_days(*days):
    return Given(*(hit(id=at, day=day) for at, day in enumerate(days)))


def test_it_is_gexf_1_3_with_days():
    root = etree.fromstring(exported("statements", "gexf"))
    assert root.tag == f"{NS}gexf" and root.get("version") == "1.3"
    found = root.find(f"{NS}graph")
    assert (found.get("mode"), found.get("timeformat")) == ("dynamic", "date")
    assert found.get("defaultedgetype") == "directed"
    assert [child.tag for child in found] == [
        f"{NS}attributes",
        f"{NS}attributes",
        f"{NS}nodes",
        f"{NS}edges",
    ]


def test_every_value_is_of_a_declared_attribute():
    found = graph()
    declared = {
        (part.get("class"), one.get("id"))
        for part in found.iter(f"{NS}attributes")
        for one in part.iter(f"{NS}attribute")
    }
    used = {
        (kind, value.get("for"))
        for kind in ("node", "edge")
        for one in found.iter(f"{NS}{kind}")
        for value in one.iter(f"{NS}attvalue")
    }
    assert used == declared


def test_who_speaks_about_whom_is_an_edge_between_nodes():
    found = graph()
    nodes = {node.get("id"): node.get("label") for node in found.iter(f"{NS}node")}
    assert nodes["11"] == "Mara Lindqvist" and nodes["13"] == "Harbour Workers' Union"
    assert {("11", "13"), ("16", "11"), ("16", "13"), ("17", "18")} == edges(found).keys()
    for source, target in edges(found):
        assert source in nodes and target in nodes


def test_weight_is_the_number_of_statements_and_each_day_has_its_own():
    edge = edges(graph(archive=on_days("2031-03-04", "2031-03-04", "2031-03-05", "2031-03-09")))["11", "13"]
    assert edge.get("weight") == "4"
    assert [(v.get("start"), v.get("end"), v.get("value")) for v in edge.iter(f"{NS}attvalue")] == [
        ("2031-03-04", "2031-03-04", "2"),
        ("2031-03-05", "2031-03-05", "1"),
        ("2031-03-09", "2031-03-09", "1"),
    ]
    assert [(spell.get("start"), spell.get("end")) for spell in edge.iter(f"{NS}spell")] == [
        ("2031-03-04", "2031-03-05"),
        ("2031-03-09", "2031-03-09"),
    ]


def test_what_has_no_day_is_there_always():
    edge = edges(graph(archive=on_days("2031-03-04", None)))["11", "13"]
    assert edge.get("weight") == "2" and not [*edge.iter(f"{NS}spell")]
    edge = edges(graph(archive=on_days(None, "no day")))["11", "13"]
    assert edge.get("weight") == "2" and not len(edge)


def test_those_who_speak_about_nobody_are_nodes_too():
    found = graph(archive=Given(hits()[0]))
    assert [node.get("id") for node in found.iter(f"{NS}node")] == ["11"] and not edges(found)


def test_all_who_share_a_statement_speak_about_all_whom_it_is_about():
    shared = replace(
        hit(), also=(Named(14, "Tomas Brandt", 0.9),), about=(Named(13, "x", 1), Named(None, "y", 1))
    )
    assert edges(graph(archive=Given(shared))).keys() == {("11", "13"), ("14", "13")}


def test_a_suppressed_entity_has_neither_node_nor_edge():
    for what in ("statements", "entities"):
        found = graph(what, Shelf(hidden=(11,)))
        assert "11" not in {node.get("id") for node in found.iter(f"{NS}node")}
        assert not [pair for pair in edges(found) if "11" in pair]


def test_a_graph_of_entities_has_all_of_them_with_the_same_edges():
    found = graph("entities")
    assert {node.get("id") for node in found.iter(f"{NS}node")} == {
        str(head.id) for head in Shelf().entities()
    }
    assert edges(found).keys() == edges(graph()).keys()


def test_a_node_leads_to_its_page():
    values = {v.get("for"): v.get("value") for v in next(graph().iter(f"{NS}node")).iter(f"{NS}attvalue")}
    assert values == {"type": "person", "statements": "2", "address": f"{BASE}/entities/11"}


def test_hostile_names_stay_names():
    class Hostile(Given):
        def entity(self, id):
            return entity(id, name=HOSTILE)

    label = next(graph(archive=Hostile(hit())).iter(f"{NS}node")).get("label")
    assert label.startswith('=HYPERLINK("x") </script>') and "\n" not in label


def test_days_are_iso_days():
    for spell in graph().iter(f"{NS}spell"):
        assert date.fromisoformat(spell.get("start")) <= date.fromisoformat(spell.get("end"))
