"""The Reconciliation Service API 0.2 as values: manifests, batches of queries, answers.

No connection is opened here. The specification: https://reconciliation-api.github.io/specs/0.2/
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any
from urllib.parse import urlencode

from quotidian.errors import Unreachable, UsageError
from quotidian.reconcile.values import MOST_IN_A_BATCH, USUAL_BATCH, Candidate, Query, Service, TypeOf

# No name or description of an entity is longer; what is, is cut.
_LONGEST = 1_000
_MOST_CANDIDATES = 50


def manifest(body: bytes) -> Service:
    """The service that a manifest describes.

    Raises:
        Unreachable: it is no manifest, or of a version that we do not speak.
    """
    said = _object(body)
    versions = said.get("versions", ["0.1"])
    if not isinstance(versions, list) or not {"0.1", "0.2"} & {str(one) for one in versions}:
        raise Unreachable("the service speaks another version of the reconciliation API than 0.2")
    name = said.get("name")
    if not isinstance(name, str) or not isinstance(said.get("identifierSpace"), str):
        raise _not_one("its manifest has no name or no identifierSpace")
    view = said.get("view")
    url = view.get("url") if isinstance(view, dict) else None
    batch = said.get("batchSize")
    wanted = batch if isinstance(batch, int) and batch > 0 else USUAL_BATCH
    return Service(
        name=_cut(name),
        identifier_space=said["identifierSpace"],
        schema_space=str(said.get("schemaSpace") or ""),
        view=url if isinstance(url, str) and "{{id}}" in url and url.isprintable() else None,
        types=_types(said.get("defaultTypes")),
        batch=min(wanted, MOST_IN_A_BATCH),
    )


def form(queries: Sequence[Query]) -> bytes:
    """The body of a request for some queries: the form field ``queries``, as 0.2 has it.

    Raises:
        UsageError: there are none, or more than one request may have.
    """
    if not 1 <= len(queries) <= MOST_IN_A_BATCH:
        raise UsageError(f"{len(queries)} queries in one request; give 1 to {MOST_IN_A_BATCH}")
    asked = {f"q{number}": _plain(query) for number, query in enumerate(queries)}
    return urlencode({"queries": json.dumps(asked)}).encode("ascii")


def answers(body: bytes, number: int, service: Service) -> tuple[tuple[Candidate, ...], ...]:
    """The candidates of each of so many queries, the service's likeliest first.

    Raises:
        Unreachable: it is no answer to them.
    """
    said = _object(body)
    if said.get("status") == "error":
        raise Unreachable(f"the service answers with an error: {_cut(str(said.get('message') or ''))[:200]}")
    made = []
    for one in (f"q{n}" for n in range(number)):
        answer = said.get(one)
        result = answer.get("result") if isinstance(answer, dict) else None
        if not isinstance(result, list):
            raise _not_one(f"it leaves query {one[1:]} without a result")
        found = sorted(_candidates(result, service), key=lambda candidate: -candidate.score)
        made.append(tuple(found))
    return tuple(made)


def _plain(query: Query) -> dict[str, Any]:
    """A query as the API has it; what is empty is not sent."""
    plain: dict[str, Any] = {"query": query.name, "limit": max(1, min(query.limit, _MOST_CANDIDATES))}
    if query.type:
        plain |= {"type": query.type, "type_strict": "should"}
    if query.properties:
        plain["properties"] = [{"pid": id, "v": value} for id, value in query.properties]
    return plain


def _candidates(result: list[Any], service: Service) -> Iterator[Candidate]:
    for one in result[:_MOST_CANDIDATES]:
        if not isinstance(one, dict) or not isinstance(one.get("name"), str):
            raise _not_one("a candidate of its has no name")
        if not isinstance(one.get("id"), str) or not one["id"]:
            raise _not_one("a candidate of its has no id")
        description = one.get("description")
        yield Candidate(
            id=_cut(one["id"]),
            name=_cut(one["name"]),
            description=_cut(description) if isinstance(description, str) and description else None,
            score=_score(one.get("score")),
            match=one.get("match") is True,
            types=_types(one.get("type")),
            url=service.page_of(one["id"]),
        )


def _score(said: Any) -> float:
    try:
        score = float(said)
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return score if isfinite(score) else 0.0


def _types(said: Any) -> tuple[TypeOf, ...]:
    """Types as 0.2 has them, objects, or as 0.1 may, ids alone."""
    made = []
    for one in said if isinstance(said, list) else [said]:
        if isinstance(one, str) and one:
            made.append(TypeOf(_cut(one), _cut(one)))
        elif isinstance(one, dict) and isinstance(one.get("id"), str):
            name = one.get("name")
            made.append(TypeOf(_cut(one["id"]), _cut(name if isinstance(name, str) else one["id"])))
    return tuple(made)


def _object(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise _not_one("its answer is not JSON") from None
    if not isinstance(said, dict):
        raise _not_one("its answer is not a JSON object")
    return said


def _cut(text: str) -> str:
    """One line, no longer than any name or description is, without what a terminal would obey."""
    return " ".join("".join(c if c.isprintable() else " " for c in text[:_LONGEST]).split())


def _not_one(why: str) -> Unreachable:
    return Unreachable(
        f"the address does not answer as a reconciliation service: {why}; look the address up in the"
        " service's documentation"
    )
