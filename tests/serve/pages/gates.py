"""One invented sentence in seven outlets: heard, copied from the wire, credited, shortened, turned round."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quotidian import store
from quotidian.store.archive import Archive
from quotidian.types import Article
from store.building import told

GATES = "the flood gates at Port Calder had not been opened for eleven days before the storm"
_WIRE = (
    f"PORT CALDER (OPA) — {{s:Ada Voss}} {{c:said}} {{q:{GATES}}}. The harbour was quiet again by the "
    "evening, and the fishing boats that had sheltered behind the mole went out with the tide. Nobody was "
    "hurt, and the lamps along the quay were lit at dusk as they had been all through the winter."
)


def article(
    text: str, outlet: str, published: str | None, title: str | None = None, person: str = "Ada Voss"
) -> Article:
    """What one outlet prints."""
    name = outlet.lower().replace(" ", "-")
    return told(
        text,
        people=[(person,)],
        id=name,
        url=f"https://{name}.example/gates",
        outlet=outlet,
        title=title or f"Gates, as the {outlet} has them",
        published=published,
    )


HEARD = article(_WIRE, "Orle Press Agency", "2031-03-05T09:00:00+00:00")
COPIED = article(_WIRE, "Harbour Post", "2031-03-05T11:00:00+00:00")
CREDITED = article(
    f"{{s:Ada Voss}} {{c:said}} {{q:{GATES}}}, the Harbour Post reported. Nobody else would speak of it.",
    "Tarn Courier",
    "2031-03-06T12:30:00+01:00",
)
SHORTER = article(
    "{s:Ada Voss} {c:said} {q:the flood gates at Port Calder had not been opened for eleven days}.",
    "Marlow Herald",
    "2031-03-05",
)
TURNED = article(
    f"{{s:Ada Voss}} {{c:said}} {{q:{GATES.replace('not ', '')}}}.",
    "Estrin Gazette",
    "2031-03-06T08:00:00+00:00",
)
BY_ANOTHER = article(
    f"{{s:Piet Holm}} {{c:said}} {{q:{GATES}}}.",
    "Kelda Mail",
    "2031-03-06T09:00:00+00:00",
    person="Piet Holm",
)
ALONE = article(
    "{s:Ada Voss} {c:said} {q:the lamp on the mole would be lit at dusk}.",
    "Vell Star",
    "2031-03-07T08:00:00+00:00",
)
ALL = (HEARD, COPIED, CREDITED, SHORTER, TURNED, BY_ANOTHER, ALONE)

FERRY = "The ferry to Skarn will sail again when the ice has left the sound and the pilots agree"
TWO_SENTENCES = article(
    f"{{q:“Nobody in Orle has asked our council for a new bridge. {FERRY},”}} {{c:said}} {{s:Ada Voss}}.",
    "Skarn Echo",
    "2031-03-08T08:00:00+00:00",
)
SECOND_ALONE = article(
    f"{{q:“{FERRY},”}} {{c:said}} {{s:Ada Voss}}.", "Lantern Weekly", "2031-03-08T12:00:00+00:00"
)


@contextmanager
def joined(folder: Path) -> Iterator[Archive]:
    """An archive of the gates in seven outlets, joined."""
    with store.opened(folder / "gates.db") as archive:
        for one in ALL:
            archive.add(one)
        archive.join()
        yield archive
