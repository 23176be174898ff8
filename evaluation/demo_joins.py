"""Who is who over the demonstration's articles: what the archive joined, against the gold.

An *appearance* is an entity of one article. It is of a person or body of the gold if the article calls it by
one of the names that the gold has, on a page that the gold lists for it. Only current versions count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evaluation.clusters import agreement
from evaluation.demo_gold import Page, Person, untitled
from evaluation.labels import plain
from evaluation.score import Rate
from evaluation.shares import Share, share
from quotidian.entities.folding import fold
from quotidian.store import Archive
from quotidian.store.values import Office, StoredEntity
from quotidian.types import Entity

_ALL = 100_000
# What tells an office from the one that came before it or after it.
_STATES = frozenset({"former", "deputy", "ex"})
_SMALL = frozenset({"of", "the", "for", "new"})


@dataclass(frozen=True, slots=True)
class Appearance:
    """An entity of one page: who it is by the gold, and by the archive."""

    page: str
    gold: str
    archive: int
    name: str


def appearances(pages: Iterable[Page], people: Mapping[str, Person]) -> list[Appearance]:
    """The appearances on the current pages that are of somebody of the gold; each on a page once."""
    found = []
    for page in pages:
        if not page.current:
            continue
        here = [one for one in people.values() if one.is_named_on(page.name)]
        best: dict[str, tuple[int, Appearance]] = {}
        for local in page.stored.article.entities:
            number = page.stored.entities.get(local.id)
            whom = _meant(local, here)
            if number is None or whom is None:
                continue
            made = Appearance(page.name, whom.id, number, local.name)
            if len(local.labels) > best.get(whom.id, (-1, made))[0]:
                best[whom.id] = (len(local.labels), made)
        found += [made for _, made in best.values()]
    return found


def _meant(local: Entity, here: Sequence[Person]) -> Person | None:
    """Whom of the gold an entity of an article is; None where that is nobody, or not plain."""
    names = {plain(local.name), untitled(plain(local.name))}
    names |= {plain(label.passage.text) for label in local.labels if label.form != "description"}
    if local.role:
        names.add(plain(f"{local.role.text} {local.name}"))
    votes = {
        one.id: len(names & one.names) + 2 * (plain(str(one.row["name"])) in names)
        for one in here
        if (one.type == "person") == (local.type == "person")
    }
    most = max(votes.values(), default=0)
    best = [one for one in here if votes.get(one.id) == most]
    return best[0] if most and len(best) == 1 else None


# --- joins ----------------------------------------------------------------------------------------


def pairs_rate(found: Sequence[Appearance]) -> Rate:
    """Pairs of appearances: how many of those joined are one, how many of those that are one are joined."""
    of_archive = [one.archive for one in found]
    of_gold = [one.gold for one in found]
    both = _links(list(zip(of_archive, of_gold, strict=True)))
    return Rate(both, _links(of_archive), both, _links(of_gold))


def _links(of: Iterable[object]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(of).values())


def b_cubed(found: Sequence[Appearance]) -> Rate:
    """B³ of the appearances (Bagga and Baldwin 1998)."""
    gold, ours = defaultdict(set), defaultdict(set)
    for i, one in enumerate(found):
        gold[one.gold].add(i)
        ours[one.archive].add(i)
    return agreement([frozenset(of) for of in gold.values()], [frozenset(of) for of in ours.values()]).b_cubed


def wrong_merges(found: Iterable[Appearance]) -> list[str]:
    """Entities of the archive that are several of the gold, a line each."""
    of: dict[int, dict[str, list[Appearance]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        of[one.archive][one.gold].append(one)
    return [
        f"entity {number} is " + " and ".join(f"{id} ({ones[0].page})" for id, ones in whom.items())
        for number, whom in of.items()
        if len(whom) > 1
    ]


def kept_apart(found: Iterable[Appearance], people: Mapping[str, Person]) -> Share:
    """Of the pairs that the gold says are not one, how many the archive keeps apart."""
    pairs = {tuple(sorted((one.id, other))) for one in people.values() for other in one.row["not_same_as"]}
    of: dict[str, set[int]] = defaultdict(set)
    for one in found:
        of[one.gold].add(one.archive)
    return share(sum(not of[one] & of[other] for one, other in pairs), len(pairs))


# --- what a person is asked ------------------------------------------------------------------------


def asked(archive: Archive, found: Iterable[Appearance]) -> dict[str, list[str]]:
    """The pairs that wait for a person: of one, of two, or of somebody whom the gold does not have."""
    of: dict[int, set[str]] = defaultdict(set)
    for one in found:
        of[one.archive].add(one.gold)
    made: dict[str, list[str]] = {"one": [], "two": [], "not in the gold": []}
    for pair in archive.pairs(limit=_ALL):
        both, a, b = of[pair.a.id] & of[pair.b.id], of[pair.a.id], of[pair.b.id]
        kind = "one" if both else "two" if a and b else "not in the gold"
        line = f"{pair.a.name} ({pair.a.id}) and {pair.b.name} ({pair.b.id}), {pair.score:g}: "
        made[kind].append(line + "; ".join(pair.because))
    return made


# --- what the page of an entity tells ---------------------------------------------------------------


def main_entity(found: Iterable[Appearance], id: str) -> int | None:
    """The entity of the archive that most appearances of one of the gold are joined in."""
    counts = Counter(one.archive for one in found if one.gold == id)
    return counts.most_common(1)[0][0] if counts else None


def offices(archive: Archive, found: Sequence[Appearance], people: Mapping[str, Person]) -> dict[str, bool]:
    """The offices of those whose office changes, and whether the entity's page has each in its time."""
    made = {}
    for one in people.values():
        changes = [office for office in one.row["offices"] if office["from"] or office["to"]]
        if len(changes) < 2:
            continue
        page = _page(archive, main_entity(found, one.id))
        for office in changes:
            held = page is not None and any(_same_office(office, had) for had in page.offices)
            made[f"{one.row['name']}, {office['role']}"] = held
    return made


def _same_office(wanted: Mapping[str, str | None], had: Office) -> bool:
    """Whether words and days agree: "Minister" from 10 March is "minister of waters" from that day."""
    wants, has = _words(str(wanted["role"])), _words(had.role or "")
    if not has or wants & _STATES != has & _STATES or not (has - _STATES) & wants:
        return False
    first, last = had.first or "", had.last or ""
    return (wanted["from"] or "") <= last and first <= (wanted["to"] or "9999")


def _words(role: str) -> set[str]:
    return set(fold(role.replace("’s", "")).split()) - _SMALL


def labels(
    archive: Archive, found: Sequence[Appearance], people: Mapping[str, Person]
) -> dict[tuple[str, str], bool]:
    """The gold's labels with each of their users, and whether the entity's page has them so."""
    by_name = {str(one.row["name"]): one for one in people.values()}
    made = {}
    for one in people.values():
        page = _page(archive, main_entity(found, one.id)) if one.row.get("labels") else None
        for label in one.row.get("labels", ()):
            for user in label["used_by"]:
                names = by_name[user].names if user in by_name else {plain(user)}
                used = page is not None and any(
                    plain(label["label"]) in plain(use.text) and plain(_user(use)) in names
                    for use in page.labels
                )
                made[label["label"], user] = used
    return made


def _user(use: object) -> str:
    by, outlet = getattr(use, "by", None), getattr(use, "outlet", None)
    return str(by.name if by else outlet.name if outlet else "")


def _page(archive: Archive, number: int | None) -> StoredEntity | None:
    return None if number is None else archive.entity(number)


def doubles(found: Sequence[Appearance]) -> list[str]:
    """People and bodies of the gold that the archive has more than once, and as which entities."""
    of: dict[str, Counter[int]] = defaultdict(Counter)
    names: dict[int, str] = {}
    for one in found:
        of[one.gold][one.archive] += 1
        names[one.archive] = one.name
    return [
        f"{id}: " + ", ".join(f"{names[number]} ({number}) ×{count}" for number, count in whom.most_common())
        for id, whom in of.items()
        if len(whom) > 1
    ]
