"""Which pages of the demonstration are copied from which, as the archive shows it, against the gold."""

from __future__ import annotations

from collections.abc import Iterator

from evaluation.demo_told import Gold, Moment, article_of
from evaluation.demo_told import copies as told_copies
from evaluation.labels import plain
from quotidian.store.values import CopyOf
from quotidian.trace.copies import copied
from quotidian.trace.credits import credits


def copies(gold: Gold) -> Iterator[tuple[bool, str]]:
    """Each copy of the gold: its kind, and whom the later article credits as a whole."""
    for one in told_copies():
        later = gold.now.pages.get(one.to) or gold.before.pages[one.to]
        earlier = gold.before.pages[one.page]
        given = [credit.name for credit in credits(later.stored.article) if credit.attribution is None]
        if one.version_of:
            kind: str | None = copied(earlier.text, later.text).kind
            kind = kind if earlier.stored.head.url == later.stored.head.url else None
            # Its own outlet may be named as in any of its articles.
            credited = one.credited_to is None
        else:
            moment = gold.moment(one.page, one.to) or gold.before
            kind = next((found.copied.kind for found in _copies_of(moment, one.to, one.page)), None)
            credited = {_outlet(name, one.credited_to) for name in given} == ({one.credited_to} - {None})
        yield (
            kind == one.kind and credited,
            f"{one.page}\n      {one.to}\n      is {kind}, credits {given}; "
            f"the gold has {one.kind}, {one.credited_to}",
        )


def _outlet(name: str | None, outlet: str | None) -> str | None:
    """The outlet of the gold if a name is its, or its first letters; else the name itself."""
    words = plain(outlet or "").split()
    return outlet if plain(name or "") in (" ".join(words), "".join(word[0] for word in words)) else name


def _copies_of(moment: Moment, page: str, earlier: str) -> Iterator[CopyOf]:
    there, other = moment.pages[page].stored.head.id, moment.pages[earlier].stored.head.id
    for found in moment.archive.copies(there):
        if (found.a.id, found.b.id) == (other, there):
            yield found


def stray_copies(gold: Gold) -> Iterator[str]:
    """Copies that the archive has and the gold has not."""
    wanted = {(article_of(one.page), article_of(one.to)) for one in told_copies()}
    for moment in (gold.now, gold.before):
        names = {page.stored.head.id: page.name for page in moment.pages.values()}
        for page in moment.pages.values():
            for found in moment.archive.copies(page.stored.head.id):
                a, b = names[found.a.id], names[found.b.id]
                pair = article_of(a), article_of(b)
                if (
                    b == page.name
                    and found.through is None
                    and pair not in wanted
                    and gold.moment(a, b) is moment
                ):
                    yield f"{a}\n      {b}: {found.copied.kind}"
