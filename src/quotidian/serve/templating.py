"""Templates: everything that they print is escaped, and nothing in it can turn a line around."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from quotidian._version import __version__
from quotidian.serve import requests
from quotidian.serve.access.roles import may
from quotidian.serve.access.visit import LOCAL
from quotidian.serve.shown import beside, corrections, marked, terms, words
from quotidian.told import aligned, times
from quotidian.write import wording
from quotidian.write.visible import on_a_page


@cache
def environment() -> Environment:
    """The templates of the package, with the words and tools that all of them use."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader("quotidian.serve"), PackageLoader("quotidian.serve.access")]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        address=requests.address,
        aligned=aligned,
        beside=beside,
        marked=marked,
        places=corrections.places,
        terms=terms,
        times=times,
        version=__version__,
        wording=wording,
        words=words,
    )
    return made


def page(request: Request, template: str, status: int = 200, /, **shown: Any) -> HTMLResponse:
    """A page, with what every page shows."""
    settings = requests.settings_of(request)
    user = getattr(request.state, "user", None)
    context = {
        "request": request,
        "here": lambda **changes: requests.here(request, **changes),
        "path": request.url.path,
        "user": user,
        "needs_no_login": user is LOCAL,
        "csrf": getattr(request.state, "csrf", ""),
        "may_review": may(request, "reviewer"),
        "may_own": may(request, "owner"),
        "archive_title": settings.title,
        "notice": None,
        "reported": {},  # which statements others report too, where a page shows that
        **shown,
    }
    text = environment().get_template(template).render(context)
    # A lone surrogate, which no page can hold, must not end in an error.
    return HTMLResponse(text.encode("utf-8", "replace"), status_code=status)


def _printed(value: object) -> object:
    """What a template prints: nothing for None, and controls of a stranger's text made visible."""
    if value is None:
        return ""
    return on_a_page(value) if isinstance(value, str) and not isinstance(value, Markup) else value
