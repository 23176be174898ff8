"""One invented sentence in five outlets: heard, copied, cut, credited, turned round."""

from __future__ import annotations

from quotidian.types import Article
from store.building import told

_GATES = "the flood gates at Port Calder had not been opened for eleven days before the storm"


def article(text: str, number: int, outlet: str, published: str) -> Article:
    """What one outlet prints."""
    return told(
        text,
        people=[("Ada Voss",)],
        id=f"gates-{number}",
        url=f"https://{outlet.lower().replace(' ', '-')}.example/gates",
        outlet=outlet,
        title=f"Gates, as the {outlet} has them",
        published=published,
    )


HEARD = article(
    f"{{s:Ada Voss}} {{c:said}} {{q:{_GATES}}}. The harbour was quiet again by the evening.",
    1,
    "Harbour Post",
    "2031-03-05T09:00:00+00:00",
)
CREDITED = article(
    f"{{s:Ada Voss}} {{c:said}} {{q:{_GATES}}}, the Harbour Post reported. Nobody else would speak of it.",
    2,
    "Tarn Courier",
    "2031-03-05T12:30:00+00:00",
)
SHORTER = article(
    "{s:Ada Voss} {c:said} {q:the flood gates at Port Calder had not been opened for eleven days}.",
    3,
    "Marlow Herald",
    "2031-03-06",
)
TURNED = article(
    f"{{s:Ada Voss}} {{c:said}} {{q:{_GATES.replace('not ', '')}}}.",
    4,
    "Estrin Gazette",
    "2031-03-06T08:00:00+00:00",
)
ALONE = article(
    "{s:Ada Voss} {c:said} {q:the lamp on the mole would be lit at dusk}.",
    5,
    "Harbour Post",
    "2031-03-07T08:00:00+00:00",
)
ALL = (HEARD, CREDITED, SHORTER, TURNED, ALONE)
