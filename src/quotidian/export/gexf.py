"""GEXF 1.3 for Gephi: entities, and who speaks about whom, how often and on which days.

A graph is a sum: it cannot stream. Its size is that of the entities, and of the days on which each
speaks about each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from quotidian._version import __version__
from quotidian.export.lookup import Lookup, speakers
from quotidian.export.options import Options
from quotidian.export.safe import one_line, xml_attribute, xml_text
from quotidian.store.values import Hit, StoredEntity

# Statements of one about another by day; None where the day is not known.
Days = Counter[date | None]
Edges = Mapping[tuple[int, int], Days]


def graph(hits: Iterable[Hit], options: Options, lookup: Lookup) -> Iterator[str]:
    """The graph of some statements: those who speak and are spoken about in them, joined by edges."""
    edges, weights = added_up(hits)
    ids = sorted({id for pair in edges for id in pair} | set(weights))
    found = ((id, lookup(id)) for id in ids)
    return written([stored for _, stored in found if stored], edges, weights, options)


def added_up(hits: Iterable[Hit]) -> tuple[Edges, Counter[int]]:
    """Edges with their days, and how many of the statements each entity makes."""
    edges: defaultdict[tuple[int, int], Days] = defaultdict(Counter)
    made: Counter[int] = Counter()
    for hit in hits:
        by = dict.fromkeys(who.entity for who in speakers(hit) if who.entity is not None)
        about = dict.fromkeys(who.entity for who in hit.about if who.entity is not None)
        made.update(by.keys())
        for speaker in by:
            for other in about:
                edges[speaker, other][_day(hit.day)] += 1
    return edges, made


def written(
    entities: Iterable[StoredEntity], edges: Edges, made: Mapping[int, int], options: Options
) -> Iterator[str]:
    """The graph as XML. Edges to entities that are not among those given are left out."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
        f"<meta><creator>Quotidian {__version__}</creator>"
        f"<description>{xml_text(options.title)}: who speaks about whom</description></meta>\n"
        '<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval">\n'
        '<attributes class="node" mode="static">\n'
        '<attribute id="type" title="type" type="string"/>\n'
        '<attribute id="statements" title="statements" type="integer"/>\n'
        '<attribute id="address" title="address" type="anyURI"/>\n'
        "</attributes>\n"
        '<attributes class="edge" mode="dynamic">\n'
        '<attribute id="on_day" title="statements on the day" type="integer"/>\n'
        "</attributes>\n<nodes>\n"
    )
    nodes = set()
    for stored in entities:
        nodes.add(stored.head.id)
        yield _node(stored, made.get(stored.head.id, 0), options)
    yield "</nodes>\n<edges>\n"
    for (speaker, other), days in sorted(edges.items()):
        if speaker in nodes and other in nodes:
            yield _edge(speaker, other, days)
    yield "</edges>\n</graph>\n</gexf>\n"


def spells(days: Iterable[date]) -> list[tuple[date, date]]:
    """Days as stretches without gaps, first and last day each.

    >>> spells([date(2031, 3, 4), date(2031, 3, 5), date(2031, 3, 9)])[0]
    (datetime.date(2031, 3, 4), datetime.date(2031, 3, 5))
    """
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if found and day - found[-1][1] == timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _node(stored: StoredEntity, statements: int, options: Options) -> str:
    head, address = stored.head, options.entity(stored.head.id)
    values = {"type": head.type, "statements": str(statements), **({"address": address} if address else {})}
    attributes = "".join(
        f'<attvalue for="{key}" value={xml_attribute(text)}/>' for key, text in values.items()
    )
    label = xml_attribute(one_line(head.name))
    return f'<node id="{head.id}" label={label}><attvalues>{attributes}</attvalues></node>\n'


def _edge(speaker: int, other: int, days: Days) -> str:
    head = f'<edge id="{speaker}-{other}" source="{speaker}" target="{other}" weight="{days.total()}"'
    known = sorted(day for day in days if day)
    if not known:
        return f"{head}/>\n"
    values = "".join(
        f'<attvalue for="on_day" value="{days[day]}" start="{day}" end="{day}"/>' for day in known
    )
    # What has no day cannot be shut out of any stretch of days: then the edge is there always.
    lives = spells(known) if len(known) == len(days) else []
    spell = "".join(f'<spell start="{start}" end="{end}"/>' for start, end in lives)
    scope = f"<spells>{spell}</spells>" if spell else ""
    return f"{head}><attvalues>{values}</attvalues>{scope}</edge>\n"


def _day(day: str | None) -> date | None:
    try:
        return date.fromisoformat(day or "")
    except ValueError:
        return None
