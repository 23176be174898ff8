"""Traces as a graph in GEXF 1.3: who passed what to whom. Reports, and credited outlets, are nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quotidian._version import __version__
from quotidian.export.options import Options
from quotidian.export.safe import one_line, xml_attribute, xml_text
from quotidian.export.utterances import credited
from quotidian.store.values import Utterance, UtteranceReport

_LABEL = 80


def graph(utterances: Iterable[Utterance], options: Options) -> Iterator[str]:
    """The graph of some utterances; an edge goes from the report that another follows or repeats.

    Where a report follows none, it goes from the speaker; a credit to an outlet without an earlier
    report goes from that outlet. ``relation`` is "said", "copy", "credit" or "linked".
    """
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
        f"<meta><creator>Quotidian {__version__}</creator>"
        f"<description>{xml_text(options.title)}: the way of utterances</description></meta>\n"
        '<graph defaultedgetype="directed" mode="static">\n'
        '<attributes class="node" mode="static">\n'
        '<attribute id="type" title="type" type="string"/>\n'
        '<attribute id="utterance" title="utterance" type="string"/>\n'
        '<attribute id="outlet" title="outlet" type="string"/>\n'
        '<attribute id="earliest" title="earliest" type="string"/>\n'
        '<attribute id="latest" title="latest" type="string"/>\n'
        '<attribute id="content" title="content" type="string"/>\n'
        "</attributes>\n"
        '<attributes class="edge" mode="static">\n'
        '<attribute id="relation" title="relation" type="string"/>\n'
        '<attribute id="change" title="change" type="string"/>\n'
        "</attributes>\n"
    )
    nodes: dict[str, str] = {}
    edges: dict[tuple[str, str], str] = {}
    for one in utterances:
        _add(one, nodes, edges)
    yield "<nodes>\n"
    yield from nodes.values()
    yield "</nodes>\n<edges>\n"
    yield from edges.values()
    yield "</edges>\n</graph>\n</gexf>\n"


def _add(one: Utterance, nodes: dict[str, str], edges: dict[tuple[str, str], str]) -> None:
    speaker = f"speaker {one.head.speaker.name if one.head.speaker else one.head.id}"
    name = one.head.speaker.name if one.head.speaker else "nobody named"
    nodes.setdefault(speaker, _node(speaker, name, {"type": "speaker"}))
    for report in one.reports:
        id = f"report {report.hit.id}"
        outlet = report.hit.article.outlet.name if report.hit.article.outlet else "no outlet"
        nodes[id] = _node(
            id,
            f"{outlet}, {(report.appeared.published or report.appeared.read)[:10]}",
            {
                "type": "report",
                "utterance": one.head.id,
                "outlet": outlet,
                "earliest": report.appeared.earliest or "",
                "latest": report.appeared.latest or "",
                "content": report.content.text,
            },
        )
        from_, relation = _source(report, speaker, nodes)
        change = report.alignment.change if report.alignment else "none"
        edges[from_, id] = (
            f"<edge id={xml_attribute(f'{from_} to {id}')} source={xml_attribute(from_)} "
            f'target={xml_attribute(id)}><attvalues><attvalue for="relation" value="{relation}"/>'
            f'<attvalue for="change" value="{change}"/></attvalues></edge>\n'
        )


def _source(report: UtteranceReport, speaker: str, nodes: dict[str, str]) -> tuple[str, str]:
    if report.follows is not None:
        return f"report {report.follows}", report.relation
    name = credited(report)
    if name and report.credit.kind in ("outlet", "agency"):
        id = f"outlet {name}"
        nodes.setdefault(id, _node(id, name, {"type": "outlet"}))
        return id, "credit"
    return speaker, "said"


def _node(id: str, label: str, values: dict[str, str]) -> str:
    attributes = "".join(
        f'<attvalue for="{key}" value={xml_attribute(one_line(text))}/>' for key, text in values.items()
    )
    shown = xml_attribute(one_line(label)[:_LABEL])
    return (
        f"<node id={xml_attribute(one_line(id))} label={shown}><attvalues>{attributes}</attvalues></node>\n"
    )
