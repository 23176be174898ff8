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
from quotidian.export.utterances import credited
from quotidian.store.values import Utterance, UtteranceReport

_CONTEXT: dict[str, Any] = {
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "generatedAtTime": {"@id": "prov:generatedAtTime", "@type": "xsd:dateTime"},
}


def graph(utterances: Iterable[Utterance], options: Options) -> Iterator[str]:
    """One document, its nodes a line each."""
    yield f'{{"@context": {json.dumps(_CONTEXT)}, "@graph": [\n'
    first = True
    agents: set[str] = set()
    for one in utterances:
        for node in _nodes(one, options, agents):
            # "<" escaped: the document may stand in a page.
            text = json.dumps(node, ensure_ascii=False).replace("<", "\\u003c")
            yield ("" if first else ",\n") + text
            first = False
    yield "\n]}\n"


def _nodes(one: Utterance, options: Options, agents: set[str]) -> Iterator[dict[str, Any]]:
    saying = options.utterance(one.head.id) or uuid_of("utterance", one.head.id)
    speaker = one.head.speaker
    node: dict[str, Any] = {"@id": saying, "@type": ["prov:Entity", "schema:Quotation"]}
    if speaker is not None:
        who = options.entity(speaker.entity) or uuid_of("speaker", speaker.name)
        node["prov:wasAttributedTo"] = {"@id": who}
        yield from _agent(who, speaker.name, agents)
    yield node
    names = {report.hit.id: options.name_of(report.hit) for report in one.reports}
    for report in one.reports:
        yield from _report(report, saying, names, options, agents)


def _report(
    report: UtteranceReport, saying: str, names: dict[int, str], options: Options, agents: set[str]
) -> Iterator[dict[str, Any]]:
    hit = report.hit
    node: dict[str, Any] = {
        "@id": names[hit.id],
        "@type": ["prov:Entity", "schema:Quotation"],
        "schema:text": report.content.text,
        "prov:specializationOf": {"@id": saying},
    }
    if report.appeared.earliest:
        node["generatedAtTime"] = report.appeared.earliest
    address = web_address(hit.article.url)
    if address:
        node["prov:hadPrimarySource"] = {"@id": address}
    outlet = hit.article.outlet
    if outlet is not None:
        id = options.outlet(outlet.id) or uuid_of("outlet", outlet.name)
        activity = f"{names[hit.id]}#published"
        node["prov:wasGeneratedBy"] = {"@id": activity}
        yield from _agent(id, outlet.name, agents)
        made: dict[str, Any] = {
            "@id": activity,
            "@type": "prov:Activity",
            "prov:wasAssociatedWith": {"@id": id},
        }
        yield made
    if report.follows is not None and report.follows in names:
        key = "prov:wasDerivedFrom" if report.relation == "copy" else "prov:wasQuotedFrom"
        node[key] = {"@id": names[report.follows]}
    else:
        node["prov:wasQuotedFrom"] = {"@id": saying}
    name = credited(report)
    if name:
        other = report.credited_to
        id = (options.outlet(other.id) if other else None) or uuid_of("outlet", name)
        node["prov:wasInfluencedBy"] = {"@id": id}
        yield from _agent(id, name, agents)
    yield node


def _agent(id: str, name: str, agents: set[str]) -> Iterator[dict[str, Any]]:
    if id not in agents:
        agents.add(id)
        yield {"@id": id, "@type": "prov:Agent", "schema:name": name}
