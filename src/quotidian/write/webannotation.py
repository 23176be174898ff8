"""W3C Web Annotation: one collection of annotations on the articles (docs/reference/webannotation.md).

Each role of each statement is one annotation, with one target for each span. A target has a
quote selector (the words and 32 code points either side) and a position selector (offsets in
Unicode code points, as the recommendation counts), both for the text whose hash it carries.
"""

from __future__ import annotations

import base64
import json
import re
import uuid
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from quotidian._version import __version__
from quotidian.errors import BadText
from quotidian.types import Article, Attribution, Passage, Statement
from quotidian.write import wording
from quotidian.write.jsonl import CONFIDENCE_PLACES
from quotidian.write.segments import ROLES, Role, with_statements

CONTEXT_LENGTH = 32

_NAMESPACE = "urn:x-quotidian:"
_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "quotidian": _NAMESPACE,
        **{
            term: f"quotidian:{term}"
            for term in (
                "article",
                "statement",
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
        },
        "parent": {"@id": "quotidian:parent", "@type": "@id"},
    },
]
_MOTIVATIONS: dict[Role, str] = {"source": "identifying", "cue": "tagging", "content": "describing"}
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f<>\"{}|\\^`]+", re.IGNORECASE)


def write(articles: Iterable[Article], file: TextIO) -> None:
    """Write one AnnotationCollection with one AnnotationPage, an annotation a line.

    Raises:
        BadText: a string has half a surrogate pair, which no UTF-8 file can hold.
    """
    total, every = 0, uuid.UUID(int=0)
    file.write(
        f'{{"@context": {_json(_CONTEXT)},\n"type": "AnnotationCollection",\n"label": "Who said what",\n'
        '"first": {"type": "AnnotationPage", "startIndex": 0, "items": ['
    )
    for article in articles:
        for annotation in annotations_of(article):
            file.write(f"{',' if total else ''}\n{_json(annotation)}")
            total, every = total + 1, uuid.uuid5(every, annotation["id"])
    # Known only now; the order of keys has no meaning in JSON.
    file.write(f'\n], "id": "{every.urn}#page"}},\n"total": {total},\n"id": "{every.urn}"}}\n')


def annotations_of(article: Article) -> Iterator[dict[str, Any]]:
    """The article's annotations: for each statement its source (where named), cue and content."""
    sha256, address = article.text_sha256, _address(article)
    generator = _generator(article)
    ids = {found.id: _id(article, found, "content") for found in article.attributions}
    for found, statement in with_statements(article):
        for role in ROLES:
            passage: Passage | None = getattr(found, role)
            if passage is None:
                continue
            yield {
                "id": _id(article, found, role),
                "type": "Annotation",
                "motivation": _MOTIVATIONS[role],
                "generator": generator,
                "body": _bodies(found, statement, role),
                "target": [
                    {
                        "type": "SpecificResource",
                        "source": address,
                        "selector": selectors(article.text, *span),
                    }
                    for span in passage.spans
                ],
                "article": article.id,
                "statement": found.id,
                "role": role,
                "directness": found.directness,
                "depth": found.depth,
                "parent": ids.get(found.parent) if found.parent else None,
                "confidence": round(found.confidence, CONFIDENCE_PLACES),
                "text_sha256": sha256,
                **(_told(statement) if statement and role == "content" else {}),
            }


def selectors(text: str, start: int, end: int) -> list[dict[str, Any]]:
    """Two selectors of ``text[start:end]``, each enough on its own."""
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - CONTEXT_LENGTH) : start],
            "suffix": text[end : end + CONTEXT_LENGTH],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def _bodies(found: Attribution, statement: Statement | None, role: Role) -> list[dict[str, str]]:
    """A tag with the role; whom a source stands for; who, cue and directness of a content."""
    bodies = [_body("tagging", role)]
    if role == "source" and statement and statement.speaker.name:
        bodies.append(_body("identifying", statement.speaker.name))
    if role == "content":
        source = found.source.text if found.source else "nobody named"
        who = wording.speaker(statement.speaker) if statement else source
        bodies.append(_body("describing", f"{who} | {found.cue.text} | {found.directness}"))
    return bodies


def _body(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _told(statement: Statement) -> dict[str, Any]:
    return {
        "speaker": statement.speaker.name,
        "kind": statement.speaker.kind,
        "said": statement.said.edtf,
        "act": statement.act.value,
        "negated": statement.act.negated,
        "stance": statement.stance.value,
    }


def _generator(article: Article) -> dict[str, str]:
    model = f" (model {article.model})" if article.model else ""
    return {
        "id": f"{_NAMESPACE}software:{__version__}",
        "type": "Software",
        "name": f"quotidian {__version__}{model}",
    }


def _address(article: Article) -> str:
    """The article's web address; for one without, the name of its text by hash (RFC 6920)."""
    for address in (article.url, article.origin):
        if address and _WEB_ADDRESS.fullmatch(address):
            return address
    digest = base64.urlsafe_b64encode(bytes.fromhex(article.text_sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def _id(article: Article, found: Attribution, role: Role) -> str:
    name = json.dumps([_address(article), article.id, found.id, role])
    return uuid.uuid5(uuid.NAMESPACE_URL, _NAMESPACE + name).urn


def _json(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False)
    try:
        written.encode()
    except UnicodeEncodeError as error:
        raise BadText("half a surrogate pair: no file can hold such text") from error
    return written
