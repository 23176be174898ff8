"""W3C Web Annotation of an archive's statements and articles: one collection, streamed.

Each role of a statement is one annotation, as :mod:`quotidian.write.webannotation` has it. A
statement comes without its article, so the words before and after a quote end with its sentences.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from quotidian._version import __version__
from quotidian.export.options import NAMESPACE, Options, uuid_of, web_address
from quotidian.export.safe import json_text
from quotidian.store.values import Hit, StoredArticle
from quotidian.types import Passage
from quotidian.write.jsonl.values import confidence
from quotidian.write.segments import ROLES, Role
from quotidian.write.webannotation import annotations_of, selectors

# The keys that the recommendation does not have.
TERMS = (
    "article",
    "statement",
    "number",
    "version",
    "review",
    "role",
    "directness",
    "depth",
    "confidence",
    "text_sha256",
    "speaker",
    "kind",
    "said",
    "act",
    "negated",
    "stance",
)
CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "quotidian": NAMESPACE,
        **{term: f"quotidian:{term}" for term in TERMS},
        "parent": {"@id": "quotidian:parent", "@type": "@id"},
    },
]
_MOTIVATIONS: dict[Role, str] = {"source": "identifying", "cue": "tagging", "content": "describing"}
_GENERATOR = {
    "id": f"{NAMESPACE}software:{__version__}",
    "type": "Software",
    "name": f"quotidian {__version__}",
}


def of_statements(hits: Iterable[Hit], options: Options) -> Iterator[str]:
    """One AnnotationCollection of statements."""
    return _collection(chain.from_iterable(annotations_of_hit(hit, options) for hit in hits))


def of_articles(articles: Iterable[StoredArticle], options: Options) -> Iterator[str]:
    """One AnnotationCollection of the statements of articles, with the words around every quote."""
    return _collection(
        {**annotation, "version": stored.head.version}
        for stored in articles
        for annotation in annotations_of(stored.article)
    )


def annotations_of_hit(hit: Hit, options: Options) -> Iterator[dict[str, Any]]:
    """The statement's annotations: source (where named), cue and content."""
    for role in ROLES:
        passage: Passage | None = getattr(hit, role)
        if passage is None:
            continue
        yield {
            "id": uuid_of(options.name_of(hit), role),
            "type": "Annotation",
            "motivation": _MOTIVATIONS[role],
            "generator": _GENERATOR,
            **({"via": address} if (address := options.statement(hit.id)) else {}),
            "body": _bodies(hit, role),
            "target": [
                {
                    "type": "SpecificResource",
                    "source": web_address(hit.article.url) or options.name_of_article(hit.article),
                    "selector": _selectors(hit, *span),
                }
                for span in passage.spans
            ],
            "article": hit.article.own_id,
            "version": hit.article.version,
            "statement": hit.key,
            "number": hit.id,
            "role": role,
            "directness": hit.directness,
            "depth": hit.depth,
            "confidence": confidence(hit.confidence),
            "review": hit.state,
            **(_told(hit) if role == "content" else {}),
        }


def _collection(annotations: Iterable[dict[str, Any]]) -> Iterator[str]:
    total, every = 0, uuid.UUID(int=0)
    yield (
        f'{{"@context": {json_text(CONTEXT)},\n"type": "AnnotationCollection",\n"label": "Who said what",\n'
        '"first": {"type": "AnnotationPage", "startIndex": 0, "items": ['
    )
    for annotation in annotations:
        yield f"{',' if total else ''}\n{json_text(annotation)}"
        total, every = total + 1, uuid.uuid5(every, annotation["id"])
    # Known only now; the order of keys has no meaning in JSON.
    yield f'\n], "id": "{every.urn}#page"}},\n"total": {total},\n"id": "{every.urn}"}}\n'


def _selectors(hit: Hit, start: int, end: int) -> list[dict[str, Any]]:
    """Selectors made on the statement's sentences, their position moved to the article's text."""
    first = hit.context.start
    quote, position = selectors(hit.words, start - first, end - first)
    return [quote, {**position, "start": start, "end": end}]


def _bodies(hit: Hit, role: Role) -> list[dict[str, str]]:
    bodies = [_body("tagging", role)]
    if role == "source" and hit.speaker:
        bodies.append(_body("identifying", hit.speaker.name))
    if role == "content":
        who = hit.speaker.name if hit.speaker else hit.source.text if hit.source else "nobody named"
        bodies.append(_body("describing", f"{who} | {hit.cue.text} | {hit.directness}"))
    return bodies


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _told(hit: Hit) -> dict[str, Any]:
    return {
        "speaker": hit.speaker.name if hit.speaker else None,
        "kind": hit.kind,
        "said": hit.said,
        "act": hit.act,
        "negated": hit.negated,
        "stance": hit.stance,
    }
