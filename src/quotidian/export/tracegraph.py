"""Traces as a graph in GEXF 1.3: who passed what to whom. Reports, and credited outlets, are nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile

from quotidian._version import __version__
from quotidian.export.options import Options
from quotidian.export.safe import one_line, xml_attribute, xml_text
from quotidian.export.utterances import credited
from quotidian.store.values import Utterance, UtteranceReport

_LABEL = 80
_IN_MEMORY = 1 << 16  # characters of edges; more of them wait on the disk
_KINDS = {
    "node": ("type", "utterance", "statement", "outlet", "earliest", "latest", "content", "address"),
    "edge": ("relation", "change"),
}


def graph(utterances: Iterable[Utterance], options: Options) -> Iterator[str]:
    """The graph of some utterances; an edge goes from the report that another follows or repeats.

    Where a report follows none, it goes from the speaker; a credit to an outlet without an earlier
    report goes from that outlet. ``relation`` is "said", "copy" or "credit". Nodes are written as they come;
    the edges, which stand behind them all, wait in a file meanwhile.
    """
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
        f"<meta><creator>Quotidian {__version__}</creator>"
        f"<description>{xml_text(options.title)}: the way of utterances</description></meta>\n"
        '<graph defaultedgetype="directed" mode="static">\n'
    )
    for kind, names in _KINDS.items():
        declared = "".join(f'<attribute id="{name}" title="{name}" type="string"/>\n' for name in names)
        yield f'<attributes class="{kind}" mode="static">\n{declared}</attributes>\n'
    yield "<nodes>\n"
    shared: set[str] = set()  # speakers and outlets: a node for all their utterances
    with SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="\n") as edges:
        for one in utterances:
            for report in one.reports:
                from_, relation, node = _source(one, report, options)
                if node and from_ not in shared:
                    shared.add(from_)
                    yield node
                yield _of_report(one, report, options)
                edges.write(_edge(from_, _id(one, report.hit.id), relation, report))
        yield "</nodes>\n<edges>\n"
        edges.seek(0)
        yield from edges
    yield "</edges>\n</graph>\n</gexf>\n"


def _id(one: Utterance, statement: int) -> str:
    """A statement may report several utterances: it has a node in each."""
    return f"{one.head.id} {statement}"


def _of_report(one: Utterance, report: UtteranceReport, options: Options) -> str:
    outlet = report.hit.article.outlet
    values = {
        "type": "report",
        "utterance": one.head.id,
        "statement": str(report.hit.id),
        "outlet": outlet.name if outlet else None,
        "earliest": report.appeared.earliest,
        "latest": report.appeared.latest,
        "content": report.content.text,
        "address": options.statement(report.hit.id),
    }
    day = (report.appeared.published or report.appeared.read)[:10]
    return _node(_id(one, report.hit.id), f"{outlet.name if outlet else 'no outlet'}, {day}", values)


def _source(one: Utterance, report: UtteranceReport, options: Options) -> tuple[str, str, str | None]:
    """From which node a report has the words, how, and the node itself where it is no report."""
    if report.follows is not None:
        return _id(one, report.follows), report.relation, None
    name = credited(report)
    if name and report.credit.kind in ("outlet", "agency"):
        other = report.credited_to
        id = f"outlet {other.id if other else name}"
        address = options.outlet(other.id) if other else None
        return id, "credit", _node(id, name, {"type": "outlet", "address": address})
    speaker = one.head.speaker
    address = None
    # Two whom the archive does not know ("an official") are not one for being called the same.
    id = f"speaker of {one.head.id}"
    if speaker is not None and speaker.entity is not None:
        id, address = f"speaker {speaker.entity}", options.entity(speaker.entity)
    name = speaker.name if speaker else "nobody named"
    return id, "said", _node(id, name, {"type": "speaker", "address": address})


def _edge(from_: str, to: str, relation: str, report: UtteranceReport) -> str:
    change = report.alignment.change if report.alignment else "none"
    return (
        f"<edge id={xml_attribute(f'to {to}')} source={xml_attribute(one_line(from_))} "
        f'target={xml_attribute(to)}><attvalues><attvalue for="relation" value="{relation}"/>'
        f'<attvalue for="change" value="{change}"/></attvalues></edge>\n'
    )


def _node(id: str, label: str, values: dict[str, str | None]) -> str:
    attributes = "".join(
        f'<attvalue for="{key}" value={xml_attribute(one_line(text))}/>'
        for key, text in values.items()
        if text is not None
    )
    shown = xml_attribute(one_line(label)[:_LABEL])
    return (
        f"<node id={xml_attribute(one_line(id))} label={shown}><attvalues>{attributes}</attvalues></node>\n"
    )
