"""schema.org JSON-LD: each statement as a ``Quotation``, and what can be checked as a ``Claim``.

Quotidian says who said what and never whether it is so. So there is no rating here: a ``Claim`` is
what a ``ClaimReview`` may be about, and the format ``claimreview`` is a form that whoever checked
the claim has to fill in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from quotidian.export.excerpt import shown
from quotidian.export.options import Options, web_address
from quotidian.export.safe import script_text
from quotidian.store.values import Head, Hit, Named
from quotidian.types import ActClass, SpeakerKind

# Acts whose content is put forward as so. The content of a denial may be the very thing denied
# ("denied that its cutters were stuck"), so no claim is made of it; nor of demands, hopes and the like.
CLAIMING: frozenset[ActClass] = frozenset({"state", "admit", "accuse"})
NOTE = (
    "To be completed by whoever checked the claim: author, datePublished, url and reviewRating. "
    "Quotidian records who said it and where, and does not judge whether it is true."
)

_TYPES: dict[SpeakerKind, str] = {
    "person": "Person",
    "unnamed": "Person",
    "organisation": "Organization",
    "people": "Organization",
}
_DESCRIBED = ("unnamed", "people")  # by words of the article that are no name
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_STRETCH = re.compile(r"(\d{4}-\d\d-\d\d|\.\.)/(\d{4}-\d\d-\d\d|\.\.)")


def quotations(hits: Iterable[Hit], options: Options) -> Iterator[str]:
    """A graph of Quotations, each followed by its Claim where it makes one."""
    return _graph(node for hit in hits for node in _nodes(hit, options))


def claim_reviews(hits: Iterable[Hit], options: Options) -> Iterator[str]:
    """A graph of ClaimReviews without author and rating: forms to fill in."""
    return _graph(claim_review(hit, options) for hit in hits if makes_claim(hit))


def makes_claim(hit: Hit) -> bool:
    """Whether the content is put forward as so, and by somebody."""
    return hit.act in CLAIMING and not hit.negated and hit.kind != "none"


def quotation(hit: Hit, options: Options) -> dict[str, Any]:
    """The statement as a Quotation, part of its NewsArticle.

    ``spokenByCharacter`` is whom the article attributes it to; ``creator`` only where the words are
    the speaker's own.
    """
    speakers = _speakers(hit, options)
    return _without_nothing(
        {
            "@type": "Quotation",
            "@id": options.name_of(hit),
            "url": options.statement(hit.id),
            "text": hit.content.text,
            "spokenByCharacter": speakers,
            "creator": speakers if hit.directness == "direct" else None,
            "isBasedOn": {"@type": "CreativeWork", "name": hit.speaker.name}
            if hit.kind == "document" and hit.speaker
            else None,
            "about": [_thing("Thing", who, options) for who in hit.about],
            "dateCreated": hit.said if hit.said and _DAY.fullmatch(hit.said) else None,
            "temporalCoverage": hit.said if hit.said and _STRETCH.fullmatch(hit.said) else None,
            "datePublished": hit.article.published,
            "keywords": [hit.directness, f"not {hit.act}" if hit.negated else hit.act],
            "description": shown(hit, options.whole_text),
            "isPartOf": _article(hit.article, options),
        }
    )


def claim(hit: Hit, options: Options) -> dict[str, Any]:
    """What the statement puts forward, with who does and where it appeared."""
    return _without_nothing(
        {
            "@type": "Claim",
            "@id": f"{options.name_of(hit)}#claim",
            "text": hit.content.text,
            "author": _speakers(hit, options),
            "datePublished": hit.said if hit.said and _DAY.fullmatch(hit.said) else None,
            "appearance": _article(hit.article, options),
            "isBasedOn": {"@id": options.name_of(hit)},
        }
    )


def claim_review(hit: Hit, options: Options) -> dict[str, Any]:
    """A form for whoever checked the claim: no author, no rating."""
    return {
        "@type": "ClaimReview",
        "@id": f"{options.name_of(hit)}#review",
        "claimReviewed": hit.content.text,
        "itemReviewed": claim(hit, options),
        "description": NOTE,
    }


def _nodes(hit: Hit, options: Options) -> Iterator[dict[str, Any]]:
    yield quotation(hit, options)
    if makes_claim(hit):
        yield claim(hit, options)


def _graph(nodes: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield '{"@context": "https://schema.org", "@graph": ['
    before = "\n"
    for node in nodes:
        yield before + script_text(node)
        before = ",\n"
    yield "\n]}\n"


def _speakers(hit: Hit, options: Options) -> list[dict[str, Any]]:
    type = _TYPES.get(hit.kind)
    if type is None or hit.speaker is None:
        return []
    described = hit.kind in _DESCRIBED
    return [
        _thing(type, hit.speaker, options, described),
        # Of what kind those are who speak too is not known by itself.
        *(_thing(type, who, options, described) for who in hit.also),
    ]


def _thing(type: str, who: Named, options: Options, described: bool = False) -> dict[str, Any]:
    name = {"description" if described else "name": who.name}
    return _without_nothing({"@type": type, "@id": options.entity(who.entity), **name})


def _article(head: Head, options: Options) -> dict[str, Any]:
    return _without_nothing(
        {
            "@type": "NewsArticle",
            "@id": options.name_of_article(head),
            "url": web_address(head.url),
            "headline": head.title,
            "creditText": head.byline,
            "datePublished": head.published,
            "publisher": {"@type": "Organization", "name": head.outlet.name} if head.outlet else None,
        }
    )


def _without_nothing(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value not in (None, [])}
