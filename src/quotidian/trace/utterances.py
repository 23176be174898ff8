"""Links → utterances: which reports are taken for one act of saying, whatever their order of arrival."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product

from quotidian.trace.values import Link

Compare = Callable[[str, str], Link | None]

# Two reports of one utterance may be linked through others only if they share at least this much themselves.
SHARED = 0.25
# Components with more reports than this are joined by their links alone, without comparing every two.
LARGEST = 400
_SURE = 1.0


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
        other: pairs that a person said are two.
        compare: the link of two reports that have none among ``links``, as candidates may have been missed.
    """
    members = sorted(set(keys))
    known = {_pair(link.a, link.b): link for link in links}
    forced = {_pair(a, b) for a, b in same}
    forbidden = {_pair(a, b) for a, b in other} - forced
    asked = _Asked(known, forced, forbidden, compare if len(members) <= LARGEST else None)
    groups = _cores(members, known, forced, asked)
    return tuple(sorted(_shared_by(groups, asked, known, forced), key=sorted))


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
    """How likely two reports are of one utterance, looked up or compared once."""

    def __init__(
        self,
        known: Mapping[tuple[str, str], Link],
        forced: set[tuple[str, str]],
        forbidden: set[tuple[str, str]],
        compare: Compare | None,
    ):
        self._known = known
        self._forced = forced
        self._forbidden = forbidden
        self._compare = compare
        self._found: dict[tuple[str, str], float] = {}

    def __call__(self, a: str, b: str) -> float:
        pair = _pair(a, b)
        if pair not in self._found:
            self._found[pair] = self._score(pair)
        return self._found[pair]

    def _score(self, pair: tuple[str, str]) -> float:
        if pair in self._forced:
            return _SURE
        if pair in self._forbidden:
            return -1.0
        link = self._known.get(pair)
        if link is None and self._compare is not None:
            link = self._compare(*pair)
        if link is None:
            return 0.0
        return -1.0 if link.conflict else link.score


def _cores(
    members: list[str],
    known: Mapping[tuple[str, str], Link],
    forced: set[tuple[str, str]],
    asked: _Asked,
) -> list[set[str]]:
    """Groups joined link by link, the likeliest first, as long as all their reports share something."""
    group_of = {member: {member} for member in members}
    scored = [(asked(*pair), pair) for pair in {*known, *forced}]
    likely = [(score, pair) for score, pair in scored if score >= 0.5]
    for _, (a, b) in sorted(likely, key=lambda one: (-one[0], one[1])):
        if a not in group_of or b not in group_of:
            continue
        one, two = group_of[a], group_of[b]
        if one is two:
            continue
        sharing = ((asked(x, y), _pair(x, y)) for x, y in product(sorted(one), sorted(two)))
        if _pair(a, b) in forced:
            fits = all(score >= 0 for score, _ in sharing)
        else:
            fits = all(score >= SHARED for score, _ in sharing)
        if fits:
            one |= two
            for member in two:
                group_of[member] = one
    return list({id(group): group for group in group_of.values()}.values())


def _shared_by(
    groups: list[set[str]],
    asked: _Asked,
    known: Mapping[tuple[str, str], Link],
    forced: set[tuple[str, str]],
) -> set[frozenset[str]]:
    """Each group with the reports of others that are likely of the same utterance as all of its own."""
    home = {member: i for i, group in enumerate(groups) for member in group}
    guests: dict[int, set[str]] = {}
    for a, b in sorted({*known, *forced}):
        if a in home and b in home and home[a] != home[b] and asked(a, b) >= 0.5:
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
    # A group that another one holds whole says nothing of its own.
    return {group for group in found if not any(group < other for other in found)}


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a <= b else (b, a)
