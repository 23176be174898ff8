"""Utterances as they are shown: reports in order, from whom, how changed, and what contradicts them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select

from quotidian.errors import NotInArchive
from quotidian.store import looking as hits_of
from quotidian.store.tables import credits, links, members, reports, reviews, statements, utterances, versions
from quotidian.store.tracing import judging, outlet_names
from quotidian.store.tracing.appearing import Shown, appearances_of, order_of
from quotidian.store.tracing.copied import Copying, copying_of
from quotidian.store.tracing.crediting import HANDS
from quotidian.store.values import (
    Hit,
    Outlet,
    Relation,
    Utterance,
    UtteranceHead,
    UtteranceLink,
    UtteranceReport,
)
from quotidian.trace.alignment import aligned
from quotidian.trace.credits import BESIDES, HEARD_ITSELF
from quotidian.trace.values import Alignment, Credit
from quotidian.types import Passage, Span

_AT_ONCE = 400
_NOBODY = Credit("nobody", None, None, None, "the text does not say how it came by the words")
_EITHER = "the article credits {name} beside its own report, and not for these words"


def utterance(connection: Connection, id: str) -> Utterance:
    """See :meth:`quotidian.store.archive.Archive.utterance`."""
    row = connection.execute(select(utterances.c.id).where(utterances.c.id == id)).first()
    if row is not None:
        of = list(connection.scalars(select(members.c.report_id).where(members.c.utterance_id == id)))
        found = _utterances(connection, {id: of})
        if found:
            return found[0]
    known = connection.execute(
        select(reports.c.id, reports.c.statement_id)
        .join(statements, statements.c.id == reports.c.statement_id)
        .where(reports.c.key == id, statements.c.current == 1)
    ).first()
    if known is None:
        raise NotInArchive(f"there is no utterance {id} in the archive")
    among = select(members.c.utterance_id).where(members.c.report_id == known.id)
    named = connection.scalars(among.order_by(members.c.utterance_id)).first()
    return utterance(connection, named) if named else _alone(connection, known.statement_id)


def utterances_of(connection: Connection, statement: int) -> tuple[str, ...]:
    """See :meth:`quotidian.store.archive.Archive.utterances_of`."""
    hits_of.statement(connection, statement)
    query = (
        select(members.c.utterance_id)
        .join(reports, reports.c.id == members.c.report_id)
        .join(utterances, utterances.c.id == members.c.utterance_id)
        .where(reports.c.statement_id == statement)
        .distinct()
        .order_by(members.c.utterance_id)
    )
    found = tuple(connection.scalars(query))
    if found:
        return found
    own = select(reports.c.key).where(reports.c.statement_id == statement, reports.c.number == 0)
    key = connection.scalar(own)
    return (key,) if key else ()


def counted(connection: Connection, statement_ids: Sequence[int]) -> dict[int, tuple[str, int, int]]:
    """For statements that others report too: their largest utterance, its reports and outlets."""
    found: dict[int, tuple[str, int, int]] = {}
    for at in range(0, len(statement_ids), _AT_ONCE):
        query = (
            select(reports.c.statement_id, utterances.c.id, utterances.c.reports, utterances.c.outlets)
            .join(members, members.c.report_id == reports.c.id)
            .join(utterances, utterances.c.id == members.c.utterance_id)
            .where(reports.c.statement_id.in_(statement_ids[at : at + _AT_ONCE]))
            .order_by(utterances.c.reports, utterances.c.id)
        )
        found.update({row[0]: (row[1], row[2], row[3]) for row in connection.execute(query)})
    return found


def every(connection: Connection, hits: Iterator[Hit]) -> Iterator[Utterance]:
    """The utterances of some statements, each once: in the order in which they are first met."""
    seen: set[str] = set()
    batch: list[Hit] = []
    for hit in hits:
        batch.append(hit)
        if len(batch) == _AT_ONCE:
            yield from _every(connection, batch, seen)
            batch = []
    yield from _every(connection, batch, seen)


def _every(connection: Connection, batch: Sequence[Hit], seen: set[str]) -> Iterator[Utterance]:
    query = (
        select(reports.c.statement_id, members.c.utterance_id)
        .join(members, members.c.report_id == reports.c.id)
        .where(reports.c.statement_id.in_([hit.id for hit in batch]))
        .order_by(members.c.utterance_id)
    )
    of: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(query):
        if row.utterance_id not in of[row.statement_id]:
            of[row.statement_id].append(row.utterance_id)
    new = [id for hit in batch for id in of.get(hit.id, ()) if id not in seen]
    new = list(dict.fromkeys(new))
    seen.update(new)
    inside: dict[str, list[int]] = {id: [] for id in new}
    for at in range(0, len(new), _AT_ONCE):
        some = select(members).where(members.c.utterance_id.in_(new[at : at + _AT_ONCE]))
        for row in connection.execute(some):
            inside[row.utterance_id].append(row.report_id)
    yield from _utterances(connection, inside)
    alone = [hit.id for hit in batch if not of.get(hit.id)]
    own = select(reports.c.statement_id, reports.c.key, reports.c.id).where(
        reports.c.statement_id.in_(alone), reports.c.number == 0
    )
    keys = {row.statement_id: (row.key, row.id) for row in connection.execute(own)}
    yield from _utterances(connection, {keys[id][0]: [keys[id][1]] for id in alone if id in keys})


def _alone(connection: Connection, statement: int) -> Utterance:
    own = select(reports.c.id, reports.c.key).where(
        reports.c.statement_id == statement, reports.c.number == 0
    )
    row = connection.execute(own).one()
    return _utterances(connection, {row.key: [row.id]})[0]


def _utterances(connection: Connection, inside: Mapping[str, Sequence[int]]) -> list[Utterance]:
    """Utterances, given the reports of each; those of which nothing may be shown are left out."""
    every = [id for some in inside.values() for id in some]
    rows = {}
    for at in range(0, len(every), _AT_ONCE):
        query = select(reports).where(reports.c.id.in_(every[at : at + _AT_ONCE]))
        rows.update({row.id: row for row in connection.execute(query)})
    statement_of = {id: row.statement_id for id, row in rows.items()}
    between = _links(connection, every)
    beside = {id for link in between for id in (link.a, link.b)} - set(every)
    for at in range(0, len(beside), _AT_ONCE):
        part = sorted(beside)[at : at + _AT_ONCE]
        query = select(reports.c.id, reports.c.statement_id).where(reports.c.id.in_(part))
        statement_of.update({row.id: row.statement_id for row in connection.execute(query)})
    wanted = sorted(set(statement_of.values()))
    shown = {hit.id: hit for hit in hits_of.hits(connection, wanted) if hit.current}
    times = appearances_of(connection, shown)
    told = _Told(connection, shown)
    copying = copying_of(connection, shown)
    decided = _decided(connection, set(shown))
    others = _others(connection, every)
    found = []
    for id, of in inside.items():
        claims: dict[int, list[Any]] = defaultdict(list)
        for report in sorted(of):
            if statement_of[report] in shown:
                claims[statement_of[report]].append(rows[report])
        if claims:
            found.append(
                _Made(id, claims, shown, times, told, copying, between, statement_of, decided, others).value()
            )
    return found


def _links(connection: Connection, ids: Sequence[int]) -> list[Any]:
    found: dict[tuple[int, int], Any] = {}
    for at in range(0, len(ids), _AT_ONCE):
        some = ids[at : at + _AT_ONCE]
        query = select(links).where(or_(links.c.a.in_(some), links.c.b.in_(some)))
        found.update({(row.a, row.b): row for row in connection.execute(query)})
    return [found[pair] for pair in sorted(found)]


def _decided(connection: Connection, ids: set[int]) -> dict[tuple[int, int], tuple[str, str]]:
    """What people said last of two statements, and who."""
    if not connection.execute(select(reviews.c.id).where(reviews.c.kind.in_(judging.KINDS)).limit(1)).first():
        return {}
    by = judging.by_whom(connection)
    return {pair: said for pair, said in by.items() if pair[0] in ids and pair[1] in ids}


def _others(connection: Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    mine = reports.alias()
    for at in range(0, len(ids), _AT_ONCE):
        query = (
            select(mine.c.id, members.c.utterance_id)
            .join(reports, reports.c.statement_id == mine.c.statement_id)
            .join(members, members.c.report_id == reports.c.id)
            .where(mine.c.id.in_(ids[at : at + _AT_ONCE]))
            .distinct()
        )
        for row in connection.execute(query):
            found[row.id].append(row.utterance_id)
    return found


class _Told:
    """What articles say of where they have something from."""

    def __init__(self, connection: Connection, shown: Mapping[int, Hit]):
        self._own: dict[int, list[Any]] = defaultdict(list)
        self._whole: dict[int, list[Any]] = defaultdict(list)
        self._hands: dict[int, int] = {}
        self._version: dict[int, int] = {}
        self._texts: dict[int, str] = {}
        ids = sorted(shown)
        for at in range(0, len(ids), _AT_ONCE):
            some = ids[at : at + _AT_ONCE]
            query = select(statements.c.id, statements.c.version_id).where(statements.c.id.in_(some))
            self._version.update({row.id: row.version_id for row in connection.execute(query)})
        wanted = sorted(set(self._version.values()))
        for at in range(0, len(wanted), _AT_ONCE):
            part = wanted[at : at + _AT_ONCE]
            for row in connection.execute(
                select(credits).where(credits.c.version_id.in_(part)).order_by(credits.c.id)
            ):
                if row.kind == HANDS:
                    self._hands[row.statement_id] = int(row.name)
                elif row.statement_id is None:
                    self._whole[row.version_id].append(row)
                else:
                    self._own[row.statement_id].append(row)
            texts = select(versions.c.id, versions.c.text).where(versions.c.id.in_(part))
            self._texts.update({row.id: row.text for row in connection.execute(texts)})
        self._outlets = outlet_names.by_name(connection) if self._own or self._whole else {}

    def credit(self, statement: int) -> Credit:
        """The statement's own credit, the outlet before the speaker; else that of its article."""
        version = self._version[statement]
        own = sorted(self._own.get(statement, ()), key=lambda row: row.kind == "speaker")
        its = own and (own[0].kind != "speaker" or own[0].why == HEARD_ITSELF)
        rows = own if its else [*self._whole.get(version, ()), *own]
        if not rows:
            return _NOBODY
        row = rows[0]
        passage = Passage.of(self._texts[version], [(a, b) for a, b in row.spans]) if row.spans else None
        return Credit(row.kind, row.name, None, passage, row.why)

    def outlet(self, credit: Credit) -> Outlet | None:
        """The outlet of the archive that a credit names, where it is clear which."""
        if credit.name is None or credit.kind not in ("outlet", "agency"):
            return None
        return self._outlets.get(outlet_names.folded(credit.name))

    def hands(self, statement: int) -> int:
        """The number of hands that the text itself tells of."""
        return self._hands.get(statement, 0)


class _Made:
    """One utterance, put together."""

    def __init__(
        self,
        id: str,
        claims: Mapping[int, Sequence[Any]],
        shown: Mapping[int, Hit],
        times: Mapping[int, Shown],
        told: _Told,
        copying: Copying,
        between: Sequence[Any],
        statement_of: Mapping[int, int],
        decided: Mapping[tuple[int, int], tuple[str, str]],
        others: Mapping[int, Sequence[str]],
    ):
        self._id = id
        self._claims = claims
        self._shown = shown
        self._times = times
        self._told = told
        self._copying = copying
        self._between = between
        self._statement_of = statement_of
        self._decided = decided
        self._others = others
        self._order = sorted(claims, key=lambda statement: order_of(times[statement]))

    def value(self) -> Utterance:
        """The utterance as it is shown."""
        made = tuple(self._report(i) for i in range(len(self._order)))
        first = made[0]
        named = first.hit.speaker is not None and first.hit.kind in ("person", "organisation")
        days = sorted(day for id in self._order if (day := self._times[id].day))
        head = UtteranceHead(
            id=self._id,
            statement=first.hit.id,
            content=first.content.text,
            speaker=first.hit.speaker,
            first_day=days[0] if days else None,
            last_day=days[-1] if days else None,
            reports=len(made),
            outlets=len({self._times[id].outlet for id in self._order}),
            changes=dict(Counter(one.alignment.change for one in made[1:] if one.alignment)),
            unsourced=sum(
                named and (one.hit.speaker is None or one.hit.kind not in ("person", "organisation"))
                for one in made[1:]
            ),
        )
        inside = {row.id for rows in self._claims.values() for row in rows}
        apart = [link for link in self._between if (link.a in inside) != (link.b in inside) and link.conflict]
        conflicting: dict[int, tuple[Hit, UtteranceLink]] = {}
        for link in sorted(apart, key=lambda link: -link.score):
            other = self._statement_of.get(link.b if link.a in inside else link.a, 0)
            if other in self._shown and other not in self._claims and other not in conflicting:
                conflicting[other] = (self._shown[other], self._link(link))
        others = {name for id in inside for name in self._others.get(id, ())} - {self._id}
        return Utterance(
            head=head,
            reports=made,
            links=tuple(self._links(inside)),
            conflicting=tuple(conflicting.values()),
            others=tuple(sorted(others)),
        )

    def _links(self, inside: set[int]) -> Iterator[UtteranceLink]:
        best: dict[tuple[int, int], Any] = {}
        for link in self._between:
            if link.a in inside and link.b in inside:
                pair = self._pair(link)
                if pair not in best or link.score > best[pair].score:
                    best[pair] = link
        decided = {pair for pair in self._decided if pair[0] in self._claims and pair[1] in self._claims}
        for pair in sorted({*best, *decided}):
            if pair in best:
                yield self._link(best[pair])
            else:
                _, by = self._decided[pair]
                yield UtteranceLink(
                    a=pair[0], b=pair[1], rule="review", score=1.0, change="none", conflict=None,
                    because=("a person said that they are one",), by=by,
                )  # fmt: skip

    def _pair(self, link: Any) -> tuple[int, int]:
        a, b = self._statement_of[link.a], self._statement_of[link.b]
        return (min(a, b), max(a, b))

    def _link(self, link: Any) -> UtteranceLink:
        a, b = self._statement_of[link.a], self._statement_of[link.b]
        said = self._decided.get((min(a, b), max(a, b)))
        because = tuple(link.because)
        if said:
            number = "one" if said[0] == "same_utterance" else "two"
            because = (f"a person said that they are {number}", *because)
        return UtteranceLink(
            a=a,
            b=b,
            rule="review" if said else link.rule,
            score=link.score,
            change=link.change,
            conflict=link.conflict,
            because=because,
            by=said[1] if said else None,
        )

    def _report(self, place: int) -> UtteranceReport:
        id = self._order[place]
        hit, shown = self._shown[id], self._times[id]
        credit = self._told.credit(id)
        outlet = self._told.outlet(credit)
        alignment = None if place == 0 else self._beside(self._order[0], id)
        relation, follows = self._relation(place, outlet, credit)
        if credit.why in BESIDES and relation != "copy":
            # Which of the article's statements are the agency's is told by whose text they have.
            credit = Credit("nobody", None, None, None, _EITHER.format(name=credit.name))
            outlet = None
        latest = min((time for one in self._order if (time := self._times[one].appeared.latest)), default="9")
        return UtteranceReport(
            hit=hit,
            content=self._content(id),
            appeared=shown.appeared,
            may_be_first=place == 0 or (shown.appeared.earliest or "") <= latest,
            credit=credit,
            credited_to=outlet,
            depth=self._told.hands(id),
            relation=relation,
            follows=follows,
            alignment=alignment,
        )

    def _content(self, statement: int) -> Passage:
        """The sentences of the statement's content that are of this utterance."""
        rows = self._claims[statement]
        hit = self._shown[statement]
        spans = [Span(start, end) for row in rows for start, end in row.spans]
        whole = {span for row in rows for span in map(tuple, row.spans)}
        if whole == {tuple(span) for span in hit.content.spans}:
            return hit.content
        text = " ".join(self._words(hit, span) for span in spans)
        return Passage(text, tuple(spans))

    def _words(self, hit: Hit, span: Span) -> str:
        """The words at a span inside the content's."""
        offset = 0
        for start, end in hit.content.spans:
            if start <= span.start and span.end <= end:
                return hit.content.text[offset + span.start - start : offset + span.end - start]
            offset += end - start + 1
        return ""

    def _beside(self, a: int, b: int) -> Alignment:
        one, other = self._content(a), self._content(b)
        return aligned(
            one.text, other.text, directness=(self._shown[a].directness, self._shown[b].directness)
        )

    def _relation(self, place: int, outlet: Outlet | None, credit: Credit) -> tuple[Relation, int | None]:
        """How a report came by the words, and after which earlier one."""
        if place == 0:
            return "first", None
        id = self._order[place]
        earlier = self._order[:place]
        for one in earlier:
            if self._copying.covers(self._shown[one], self._shown[id]):
                return "copy", one
        if outlet is not None and credit.why not in BESIDES:
            for one in earlier:
                if self._shown[one].article.outlet == outlet:
                    return "credit", one
        if credit.kind == "speaker":
            return "independent", None
        changes = {one: self._beside(one, id) for one in earlier}
        for one, beside in changes.items():
            if beside.change != "paraphrase" and self._copying.partly(self._shown[one], self._shown[id]):
                return "copy", one
        if all(beside.change == "paraphrase" for beside in changes.values()):
            return "independent", None
        if all(_adds(beside) for beside in changes.values()):
            # It has words that no earlier report has: it did not take them from these.
            return "independent", None
        return "unsure", None


def _adds(beside: Alignment) -> bool:
    return any(edit.operation in ("added", "changed") for edit in beside.edits)
