"""Links → utterances: which reports are taken for one act of saying, whatever their order of arrival."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product

from quotidian.trace.values import Link

Compare = Callable[[str, str], Link | None]

# Two reports of one utterance may be linked through others only if they share at least this much themselves.
SHARED = 0.25
# Components with more different reports than this are joined by their links, without comparing every two.
LARGEST = 400


def grouped(
    keys: Iterable[str],
    links: Iterable[Link],
    same: Iterable[tuple[str, str]] = (),
    other: Iterable[tuple[str, str]] = (),
    compare: Compare | None = None,
) -> tuple[frozenset[str], ...]:
    """The utterances that some reports make, sorted; every report is in one at least.

    The likeliest links are followed first. Two groups become one if every two of their reports share
    something (:data:`SHARED`) and none contradict each other, so no chain of weak links joins what its
    ends do not share. A report that belongs whole to a second group is in both: a long
    quotation reports several utterances that others report one by one.

    Args:
        keys: the reports of a component, or of several.
        links: between them, each pair at most once.
        same: pairs that a person said are one; they win over links and over ``other`` that follow of links.
            From then on they count as one report, as likely of an utterance as the likeliest of them.
        other: pairs that a person said are two.
        compare: the link of two reports that have none among ``links``, as candidates may have been missed.
    """
    members = sorted(set(keys))
    forced = sorted({_pair(a, b) for a, b in same})
    forbidden = {_pair(a, b) for a, b in other} - set(forced)
    bundles = _said_to_be_one(members, forced, forbidden)
    asked = _Asked(bundles, links, forbidden, compare if len(members) <= LARGEST else None)
    groups = [
        frozenset(key for first in group for key in bundles[first])
        for group in _shared_by(_cores(list(bundles), asked), asked)
    ]
    # Where people contradict each other both have it as they said.
    groups += [
        frozenset(pair)
        for pair in forced
        if set(pair) <= set(members) and not any(group.issuperset(pair) for group in groups)
    ]
    return tuple(sorted(_largest(set(groups)), key=sorted))


def _said_to_be_one(
    members: Iterable[str], forced: Iterable[tuple[str, str]], forbidden: set[tuple[str, str]]
) -> dict[str, frozenset[str]]:
    """What people's word makes one report, by the first of its keys; most are one report alone."""
    bundle = {member: frozenset([member]) for member in members}
    for a, b in forced:
        if a in bundle and b in bundle and not _apart(bundle[a], bundle[b], forbidden):
            whole = bundle[a] | bundle[b]
            bundle.update(dict.fromkeys(whole, whole))
    return {min(whole): whole for whole in sorted(set(bundle.values()), key=sorted)}


def of_statements(
    groups: Iterable[frozenset[str]], statement_of: Mapping[str, str]
) -> tuple[frozenset[str], ...]:
    """Groups of reports of the same statements as one: sentences that went together. Sorted."""
    found: dict[frozenset[str], set[str]] = {}
    for group in groups:
        found.setdefault(frozenset(statement_of[key] for key in group), set()).update(group)
    return tuple(sorted((frozenset(keys) for keys in found.values()), key=sorted))


def components(keys: Iterable[str], links: Iterable[Link]) -> list[tuple[frozenset[str], list[Link]]]:
    """Reports that links hold together, however weakly, each group with its links; sorted."""
    root = {key: key for key in keys}

    def find(key: str) -> str:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    kept = list(links)
    for link in kept:
        one, two = sorted((find(link.a), find(link.b)))
        root[two] = one
    members: dict[str, list[str]] = {}
    for key in root:
        members.setdefault(find(key), []).append(key)
    within: dict[str, list[Link]] = {}
    for link in kept:
        within.setdefault(find(link.a), []).append(link)
    return [(frozenset(members[first]), within.get(first, [])) for first in sorted(members)]


class _Asked:
    """How likely two bundles of reports are of one utterance, looked up or compared once."""

    def __init__(
        self,
        bundles: Mapping[str, frozenset[str]],
        links: Iterable[Link],
        forbidden: set[tuple[str, str]],
        compare: Compare | None,
    ):
        self._bundles = bundles
        self._known = {_pair(link.a, link.b): link for link in links}
        self._forbidden = forbidden
        self._compare = compare
        self._found: dict[tuple[str, str], float] = {}
        first = {key: lead for lead, keys in bundles.items() for key in keys}
        linked = {_pair(first[a], first[b]) for a, b in self._known if a in first and b in first}
        self.linked = sorted(pair for pair in linked if pair[0] != pair[1])
        """The pairs of bundles that have a link, be it a weak one."""

    def __call__(self, a: str, b: str) -> float:
        pair = _pair(a, b)
        if pair not in self._found:
            between = [_pair(x, y) for x, y in product(self._bundles[a], self._bundles[b])]
            apart = _apart(self._bundles[a], self._bundles[b], self._forbidden)
            self._found[pair] = -1.0 if apart else max(map(self._score, between))
        return self._found[pair]

    def _score(self, pair: tuple[str, str]) -> float:
        link = self._known.get(pair)
        if link is None and self._compare is not None:
            link = self._compare(*pair)
        if link is None:
            return 0.0
        return -1.0 if link.conflict else link.score


def _cores(members: Iterable[str], asked: _Asked) -> list[set[str]]:
    """Groups joined link by link, the likeliest first, as long as all their reports share something."""
    group_of = {member: {member} for member in members}
    scored = [(asked(*pair), pair) for pair in asked.linked]
    likely = [(score, pair) for score, pair in scored if score >= 0.5]
    for _, (a, b) in sorted(likely, key=lambda one: (-one[0], one[1])):
        one, two = group_of[a], group_of[b]
        if one is not two and all(asked(x, y) >= SHARED for x, y in product(one, two)):
            one |= two
            for member in two:
                group_of[member] = one
    return list({id(group): group for group in group_of.values()}.values())


def _shared_by(groups: list[set[str]], asked: _Asked) -> set[frozenset[str]]:
    """Each group with the reports of others that are likely of the same utterance as all of its own."""
    home = {member: i for i, group in enumerate(groups) for member in group}
    guests: dict[int, set[str]] = {}
    for a, b in asked.linked:
        if home[a] != home[b] and asked(a, b) >= 0.5:
            for guest, host in ((a, home[b]), (b, home[a])):
                if all(asked(guest, member) >= 0.5 for member in groups[host]):
                    guests.setdefault(host, set()).add(guest)
    found = set()
    for i, group in enumerate(groups):
        # Guests that do not share anything with each other would make one utterance of two.
        staying: list[str] = []
        for guest in sorted(guests.get(i, ())):
            if all(asked(guest, other) >= SHARED for other in staying):
                staying.append(guest)
        found.add(frozenset(group) | frozenset(staying))
    return _largest(found)


def _largest(found: set[frozenset[str]]) -> set[frozenset[str]]:
    """Without groups that another one holds whole: they say nothing of their own."""
    of: dict[str, list[frozenset[str]]] = {}
    for group in found:
        for key in group:
            of.setdefault(key, []).append(group)
    return {group for group in found if not any(group < other for other in of[next(iter(group))])}


def _apart(some: frozenset[str], others: frozenset[str], forbidden: set[tuple[str, str]]) -> bool:
    return any(_pair(a, b) in forbidden for a, b in product(some, others)) if forbidden else False


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a <= b else (b, a)
