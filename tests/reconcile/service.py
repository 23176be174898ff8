"""A reconciliation service on this machine, which behaves, and misbehaves where a test wants it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

MANIFEST: dict[str, Any] = {
    "versions": ["0.1", "0.2"],
    "name": "Who is who of Ostmere",
    "identifierSpace": "https://who.example/entity/",
    "schemaSpace": "https://who.example/schema/",
    "defaultTypes": [{"id": "human", "name": "human being"}],
    "view": {"url": "https://who.example/entity/{{id}}"},
}
LINDQVIST = {
    "id": "W7",
    "name": "Mara Lindqvist",
    "description": "Ostmerian politician",
    "score": 98.5,
    "match": True,
    "type": [{"id": "human", "name": "human being"}],
    "features": [{"id": "name_similarity", "value": 100}],
}
SKATER = {"id": "W8", "name": "Mara Lindqvist", "score": 61, "match": False, "type": ["human"]}

Misbehaves = Callable[[BaseHTTPRequestHandler], None]


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Clients that hang up are what some tests are about."""


class Service:
    """Answers to every query with two people of one name, the less likely first."""

    def __init__(self) -> None:
        self.manifest = dict(MANIFEST)
        self.next: list[Misbehaves] = []
        self.batches: list[dict[str, Any]] = []
        self.forms: list[dict[str, list[str]]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.stopping = threading.Event()
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.noted(self)
                if not service.misbehaved(self):
                    send(self, service.manifest)

            def do_POST(self) -> None:
                service.noted(self)
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                service.forms.append(parse_qs(body, strict_parsing=True))
                service.batches.append(json.loads(service.forms[-1]["queries"][0]))
                if not service.misbehaved(self):
                    send(self, {key: {"result": [SKATER, LINDQVIST]} for key in service.batches[-1]})

            def log_message(self, *_: object) -> None:
                pass

        self.http = Quiet(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.http.server_port}/reconcile"

    def noted(self, request: BaseHTTPRequestHandler) -> None:
        self.paths.append(f"{request.command} {request.path}")
        self.headers.append({name.lower(): value for name, value in request.headers.items()})

    def misbehaved(self, request: BaseHTTPRequestHandler) -> bool:
        if not self.next:
            return False
        self.next.pop(0)(request)
        return True

    def stop(self) -> None:
        self.stopping.set()
        self.http.shutdown()
        self.http.server_close()


def send(request: BaseHTTPRequestHandler, value: object, status: int = 200, **headers: str) -> None:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    request.send_response(status)
    for name, said in {"Content-Type": "application/json", **headers}.items():
        request.send_header(name.replace("_", "-"), said)
    request.send_header("Content-Length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


def answering(value: object, status: int = 200, **headers: str) -> Misbehaves:
    return lambda request: send(request, value, status, **headers)


def behaving(request: BaseHTTPRequestHandler) -> None:
    """The manifest, before something else goes wrong."""
    send(request, MANIFEST)
