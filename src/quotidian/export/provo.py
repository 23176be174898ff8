"""Traces as PROV-O in JSON-LD (W3C, https://www.w3.org/TR/prov-o/): from whom each report has the words.

An utterance and its reports are entities; to publish is an activity of the outlet. A report that
copies another ``wasDerivedFrom`` it, one that credits another ``wasQuotedFrom`` it, and one that
follows none ``wasQuotedFrom`` the utterance itself, as far as the archive can tell.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from quotidian.export.options import Options, uuid_of, web_address
from quotidian.export.safe import script_text
from quotidian.export.utterances import credited
from quotidian.store.values import Named, Utterance, UtteranceReport

Node = dict[str, Any]

CONTEXT: Node = {
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "prov:generatedAtTime": {"@type": "xsd:dateTime"},
    "prov:startedAtTime": {"@type": "xsd:dateTime"},
    "prov:endedAtTime": {"@type": "xsd:dateTime"},
}


def graph(utterances: Iterable[Utterance], options: Options) -> Iterator[str]:
    """One document, its nodes a line each."""
    yield f'{{"@context": {json.dumps(CONTEXT)}, "@graph": [\n'
    first = True
    agents: set[str] = set()
    for one in utterances:
        for node in _nodes(one, options, agents):
            yield ("" if first else ",\n") + script_text(node)
            first = False
    yield "\n]}\n"


def _nodes(one: Utterance, options: Options, agents: set[str]) -> Iterator[Node]:
    saying = options.utterance(one.head.id) or uuid_of("utterance", one.head.id)
    speaker = one.head.speaker
    node: Node = {"@id": saying, "@type": ["prov:Entity", "schema:Quotation"]}
    if speaker is not None:
        who = options.entity(speaker.entity) or _speaker(speaker, one)
        node["prov:wasAttributedTo"] = {"@id": who}
        yield from _agent(who, speaker.name, agents)
    yield node
    # A statement that reports several utterances is a part of each trace of its own.
    names = {report.hit.id: f"{saying}#statement-{report.hit.id}" for report in one.reports}
    for report in one.reports:
        yield from _report(report, saying, names, options, agents)


def _report(
    report: UtteranceReport, saying: str, names: dict[int, str], options: Options, agents: set[str]
) -> Iterator[Node]:
    hit, name = report.hit, names[report.hit.id]
    node: Node = {
        "@id": name,
        "@type": ["prov:Entity", "schema:Quotation"],
        "schema:text": report.content.text,
        "schema:isPartOf": {"@id": options.name_of(hit)},
        "prov:specializationOf": {"@id": saying},
        "prov:wasGeneratedBy": {"@id": f"{name}-published"},
    }
    address = web_address(hit.article.url)
    if address:
        node["prov:atLocation"] = {"@id": address}
    if report.follows is not None and report.follows in names:
        key = "prov:wasDerivedFrom" if report.relation == "copy" else "prov:wasQuotedFrom"
        node[key] = {"@id": names[report.follows]}
    else:
        node["prov:wasQuotedFrom"] = {"@id": saying}
    credit = credited(report)
    if credit and report.credit.kind in ("outlet", "agency"):
        other = report.credited_to
        id = (options.outlet(other.id) if other else None) or uuid_of("outlet", credit)
        node["prov:wasInfluencedBy"] = {"@id": id}
        yield from _agent(id, credit, agents)
    yield from _published(report, node, options, agents)
    yield node


def _published(report: UtteranceReport, node: Node, options: Options, agents: set[str]) -> Iterator[Node]:
    """The activity: whose, and between which instants; the one instant stands with the report too."""
    made: Node = {"@id": node["prov:wasGeneratedBy"]["@id"], "@type": "prov:Activity"}
    first, last = report.appeared.earliest, report.appeared.latest
    if first:
        made["prov:startedAtTime"] = first
    if last:
        made["prov:endedAtTime"] = last
    if first and first == last:
        node["prov:generatedAtTime"] = first
    outlet = report.hit.article.outlet
    if outlet is not None:
        id = options.outlet(outlet.id) or uuid_of("outlet", outlet.name)
        made["prov:wasAssociatedWith"] = {"@id": id}
        yield from _agent(id, outlet.name, agents)
    yield made


def _speaker(speaker: Named, one: Utterance) -> str:
    """Two whom the archive does not know ("an official") are not one for being called the same."""
    return uuid_of("speaker", speaker.name, one.head.id if speaker.entity is None else str(speaker.entity))


def _agent(id: str, name: str, agents: set[str]) -> Iterator[Node]:
    if id not in agents:
        agents.add(id)
        yield {"@id": id, "@type": "prov:Agent", "schema:name": name}
