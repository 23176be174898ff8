"""Forms about entities: merge, split, rename, suppress, keep apart. Each can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from quotidian.errors import ReviewRefused
from quotidian.serve.access.roles import insist, role_for
from quotidian.serve.requests import Form, archive_of, back, id_of, posted, see, whole_number
from quotidian.store.values import Review, ReviewKind


def merge(request: Request, form: Form) -> Response:
    """Both are one: what is known of this entity is of the other from now on."""
    into = form.number("into")
    return _decide(request, form, "merge", {"into": into}, f"/entities/{into}")


def split(request: Request, form: Form) -> Response:
    """The articles chosen are of somebody else."""
    chosen = [whole_number(one, "appearance") for one in form.all("appearance")]
    if not chosen:
        raise ReviewRefused("choose the articles that are of somebody else")
    return _decide(request, form, "split", {"appearances": chosen, "name": form("name").strip() or None})


def rename(request: Request, form: Form) -> Response:
    """Show it under another name."""
    return _decide(request, form, "rename", {"name": form("name").strip()})


def suppress(request: Request, form: Form) -> Response:
    """It disappears everywhere."""
    if form("sure") != "1":
        raise ReviewRefused("tick the box that says that the entity is to disappear everywhere")
    return _decide(request, form, "suppress", {}, "/entities")


def different(request: Request, form: Form) -> Response:
    """Both are not one, and the machine shall not ask again."""
    return _decide(request, form, "different", {"from": form.number("from")})


def _decide(
    request: Request, form: Form, kind: ReviewKind, payload: Mapping[str, Any], otherwise: str = ""
) -> Response:
    user = insist(request, "reader")
    id = id_of(request)
    review = Review(kind=kind, by=user.name, entity=id, payload=payload)
    insist(request, role_for(archive_of(request), review))
    made = archive_of(request).review(review)
    return see(back(form("next"), otherwise or f"/entities/{id}"), done=made.id)


routes = [
    Route(f"/entities/{{id:int}}/{work.__name__}", posted(work), methods=["POST"])
    for work in (merge, split, rename, suppress, different)
]
