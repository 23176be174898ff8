"""A reading room with two pages, and an archive with users."""

from __future__ import annotations

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from quotidian.serve.access.middleware import middleware
from quotidian.serve.access.roles import needs
from quotidian.serve.access.routes import routes
from quotidian.serve.access.settings import Settings
from quotidian.store.archive import Archive
from quotidian.store.values import User

SECRET = b"a secret of more than thirty-two bytes"
PASSWORD = "four herons at dusk"
OWNER = User("Olav", "owner", True)


def local() -> Settings:
    return Settings.checked(port=8123)


def exposed() -> Settings:
    return Settings.checked([OWNER], base_url="https://archive.example", secret=SECRET)


async def who(request: Request) -> Response:
    """A page that says who asks; where something is sent, what."""
    user = request.state.user
    page = f"<p>{user.name if user else 'nobody'}<input value={request.state.csrf}>"
    return Response(page, media_type="text/html")


async def send(request: Request) -> Response:
    body = await request.body()
    form = await request.form()
    words = {name: value for name, value in form.items() if isinstance(value, str)}
    return JSONResponse({"by": request.state.user.name, "bytes": len(body), "form": words})


@needs("owner")
async def owners(request: Request) -> Response:
    return PlainTextResponse("owners only")


@needs("reviewer")
def reviewers(request: Request) -> Response:
    return PlainTextResponse("reviewers only")


PAGES = [
    Route("/", who),
    Route("/who", who),
    Route("/static/room.css", who),
    Route("/send", send, methods=["POST"]),
    Route("/owners", owners),
    Route("/reviewers", reviewers),
    Route("/api/who", who),
    Route("/api/send", send, methods=["POST", "DELETE"]),
    Route("/healthz", who),
]


def app(archive: Archive, settings: Settings) -> Starlette:
    made = Starlette(routes=[*PAGES, *routes()], middleware=middleware(archive, settings))
    made.state.archive, made.state.settings = archive, settings
    return made


def client(archive: Archive, settings: Settings, **more: object) -> TestClient:
    return TestClient(app(archive, settings), base_url=settings.base_url, follow_redirects=False, **more)  # type: ignore[arg-type]


def csrf_of(browser: TestClient, path: str = "/login") -> str:
    """The token in a page's form."""
    page = browser.get(path).text
    for mark in ('name="csrf" value="', "<input value="):
        if mark in page:
            return page.partition(mark)[2][:64]
    raise AssertionError(page)


def log_in(browser: TestClient, name: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    form = {"name": name, "password": password, "csrf": csrf_of(browser), **more}
    return browser.post("/login", data=form)
