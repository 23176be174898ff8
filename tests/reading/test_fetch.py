"""Addresses of the web, read from a server of our own that behaves well and badly."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.reading.invented import STORY, page

from quotidian import reading
from quotidian.errors import NotAnArticle, Refused
from quotidian.reading import fetch
from quotidian.reading.address import target_of
from quotidian.reading.headers import Validators, retry_after
from quotidian.reading.robots import RULES_KEPT, TROUBLE_KEPT, Robots
from quotidian.types import Article, Failure

PAGE = page().encode()
Answer = Callable[[BaseHTTPRequestHandler], None]


def answer(
    body: bytes = PAGE, status: int = 200, media_type: str | None = "text/html; charset=utf-8", **headers: str
) -> Answer:
    """Answers with a body and its length."""

    def send(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        if media_type:
            request.send_header("Content-Type", media_type)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return send


def moved(to: str, status: int = 302) -> Answer:
    return answer(b"", status, Location=to)


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Clients that hang up are what these tests are about."""


class Server:
    """A server on this machine: what it answers by path, and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {"/robots.txt": answer(b"", 404)}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.stopping = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append(
                    (self.path, {name.lower(): value for name, value in self.headers.items()})
                )
                server.answers.get(self.path, answer(b"", 404))(self)

            def log_message(self, *_: object) -> None:
                pass

        self.http = QuietServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http.server_port}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def stop(self) -> None:
        self.stopping.set()
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


def read(*urls: str, allow_private: bool = True, **limits: float) -> list[Article | Failure]:
    options = reading.Options(allow_private=allow_private, limits=reading.Limits(**limits))  # type: ignore[arg-type]
    return list(reading.articles(urls, options))


def why(*urls: str, **how: float) -> str:
    (found,) = read(*urls, **how)  # type: ignore[arg-type]
    assert isinstance(found, Failure), found
    assert "\n" not in found.why
    return found.why


def test_a_page_is_fetched_and_read(server: Server) -> None:
    server.answers["/ferry?a=1"] = answer()
    (found,) = read(f"{server.url}/ferry?a=1#top")
    assert isinstance(found, Article)
    assert found.text == "\n\n".join(STORY)
    assert (found.url, found.origin) == (f"{server.url}/ferry?a=1", f"{server.url}/ferry?a=1#top")
    assert found.outlet == "127.0.0.1"


def test_the_software_names_itself(server: Server) -> None:
    server.answers["/"] = answer()
    read(server.url)
    assert server.paths == ["/robots.txt", "/"]
    assert all(headers["user-agent"].startswith("Quotidian/") for _, headers in server.asked)


def test_redirects_are_followed_and_the_last_address_is_the_articles(server: Server) -> None:
    server.answers |= {"/a": moved("/b", 301), "/b": moved("c", 307), "/c": answer()}
    (found,) = read(f"{server.url}/a")
    assert isinstance(found, Article)
    assert found.url == f"{server.url}/c"


def test_redirects_end(server: Server) -> None:
    server.answers["/a"] = moved("/a")
    assert why(f"{server.url}/a", redirects=3) == "redirected too often: limit redirects is 3"
    assert server.paths.count("/a") == 4


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (404, "the server answers 404: there is no such page"),
        (410, "the server answers 410: there is no such page"),
        (403, "the server answers 403 Forbidden"),
        (500, "the server answers 500 Internal Server Error"),
        (503, "the server answers 503 Service Unavailable"),
    ],
)
def test_http_errors_are_named(server: Server, status: int, said: str) -> None:
    server.answers["/a"] = answer(b"sorry", status)
    assert why(f"{server.url}/a") == said


def test_loopback_is_refused_unless_asked_for(server: Server) -> None:
    server.answers["/"] = answer()
    said = why(server.url, allow_private=False)
    assert said == "refused: 127.0.0.1 is at 127.0.0.1, which is not a public address"
    assert server.asked == []


def test_a_name_that_leads_to_a_private_address_is_refused(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = server.http.server_port
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))],
    )
    said = why(f"http://tarn-courier.example:{port}/", allow_private=False)
    assert said == "refused: tarn-courier.example is at 127.0.0.1, which is not a public address"
    assert server.asked == []


def test_the_address_that_was_checked_is_the_one_connected_to(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers differently the second time it is asked (DNS rebinding) gains nothing."""
    asked: list[object] = []
    connected: list[object] = []

    def getaddrinfo(host: object, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1" if len(asked) > 1 else "1.1.1.1", 80))
        ]

    def create_connection(address: tuple[str, int], **_: object) -> socket.socket:
        connected.append(address)
        raise OSError("no network in tests")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", create_connection)
    assert why("http://tarn-courier.example/", allow_private=False) == (
        "cannot connect to tarn-courier.example: no network in tests"
    )
    assert asked == ["tarn-courier.example"]
    assert connected == [("1.1.1.1", 80)]


def test_a_redirect_to_a_private_address_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answers |= {"/a": moved("http://169.254.169.254/secret"), "/b": moved("file:///etc/passwd")}
    monkeypatch.setattr(fetch.hosts, "is_public", lambda address: str(address) == "127.0.0.1")
    assert why(f"{server.url}/a", allow_private=False) == (
        "refused: 169.254.169.254 is at 169.254.169.254, which is not a public address"
    )
    assert why(f"{server.url}/b", allow_private=False) == (
        "refused: file; only http and https addresses are fetched"
    )


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("ftp://tarn.example/a", "refused: ftp; only http and https addresses are fetched"),
        ("file:///etc/passwd", "refused: file; only http and https addresses are fetched"),
        ("http://ines:secret@tarn.example/", "refused: an address with a user name or password in it"),
        ("http://", "refused: an address without a host"),
        ("http://[broken/", "refused: not a valid address"),
        ("http://tarn.example:99999/", "refused: not a valid address"),
        ("http://a\tb.example\x00/", "refused: an address without a host"),
        ("http://0x7f000001/", "refused: 0x7f000001 is at 127.0.0.1, which is not a public address"),
    ],
)
def test_odd_addresses_are_refused(url: str, said: str) -> None:
    assert why(url, allow_private=False) == said


def test_line_ends_in_an_address_reach_no_server(server: Server) -> None:
    server.answers["/a%20b"] = answer()
    (found,) = read(f"{server.url}/a b")
    assert isinstance(found, Article)
    read(f"{server.url}/a\r\nX-Evil: 1")
    assert all("x-evil" not in headers for _, headers in server.asked)


def test_robots_txt_is_obeyed(server: Server) -> None:
    rules = b"User-agent: *\nAllow: /\n\nUser-agent: Quotidian\nDisallow: /*.html\nAllow: /press/*.html\n"
    server.answers |= {"/robots.txt": answer(rules, media_type="text/plain"), "/a": answer()}
    server.answers |= {"/a.html": answer(), "/press/a.html": answer()}
    assert why(f"{server.url}/a.html") == "refused: the robots.txt of 127.0.0.1 does not allow it"
    allowed = read(f"{server.url}/a", f"{server.url}/press/a.html")
    assert all(isinstance(found, Article) for found in allowed)
    assert server.paths.count("/robots.txt") == 2  # once in each reading
    assert "/a.html" not in server.paths


def test_a_redirect_is_held_to_robots_txt_too(server: Server) -> None:
    rules = b"User-agent: *\nDisallow: /b\n"
    server.answers |= {
        "/robots.txt": answer(rules, media_type="text/plain"),
        "/a": moved("/b"),
        "/b": answer(),
    }
    assert "robots.txt" in why(f"{server.url}/a")
    assert "/b" not in server.paths


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_broken_robots_txt_allows_nothing(server: Server, status: int) -> None:
    server.answers |= {"/robots.txt": answer(b"", status), "/a": answer()}
    assert f"robots.txt of 127.0.0.1 answers {status}" in why(f"{server.url}/a")


def test_robots_txt_can_be_left_aside(server: Server) -> None:
    server.answers |= {"/robots.txt": answer(b"User-agent: *\nDisallow: /\n"), "/a": answer()}
    options = reading.Options(allow_private=True, obey_robots=False)
    (found,) = reading.articles([f"{server.url}/a"], options)
    assert isinstance(found, Article)


def test_packed_answers_are_unpacked(server: Server) -> None:
    raw = zlib.compressobj(wbits=-15)
    server.answers |= {
        "/gzip": answer(gzip.compress(PAGE), Content_Encoding="gzip"),
        "/zlib": answer(zlib.compress(PAGE), Content_Encoding="deflate"),
        "/raw": answer(raw.compress(PAGE) + raw.flush(), Content_Encoding="deflate"),
    }
    for path in ("gzip", "zlib", "raw"):
        (found,) = read(f"{server.url}/{path}")
        assert isinstance(found, Article), found
        assert found.text == "\n\n".join(STORY)


def test_an_answer_that_unfolds_beyond_the_limit_is_cut_off(server: Server) -> None:
    server.answers["/bomb"] = answer(gzip.compress(b" " * 50_000_000), Content_Encoding="gzip")
    assert why(f"{server.url}/bomb", bytes_per_page=1_000_000) == (
        "page too large: limit bytes_per_page is 1,000,000"
    )


def test_a_damaged_answer_is_named(server: Server) -> None:
    server.answers["/a"] = answer(b"no gzip at all", Content_Encoding="gzip")
    assert "answer is damaged" in why(f"{server.url}/a")


def test_a_page_that_never_ends_is_left(server: Server) -> None:
    def endless(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html")
        request.end_headers()
        while not server.stopping.is_set():
            request.wfile.write(b"<p>and so on" * 1000)

    server.answers |= {"/endless": endless, "/next": answer()}
    first, second = read(f"{server.url}/endless", f"{server.url}/next", bytes_per_page=100_000)
    assert isinstance(first, Failure)
    assert first.why == "page too large: limit bytes_per_page is 100,000"
    assert isinstance(second, Article)


@pytest.mark.parametrize("part", ["status line", "headers", "body"])
def test_a_server_that_drips_is_left_when_its_time_is_up(server: Server, part: str) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        if part != "status line":
            request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
        if part == "body":
            request.wfile.write(b"\r\n")
        while not server.stopping.wait(0.02):
            request.wfile.write(b"x")
            request.wfile.flush()

    server.answers["/drip"] = drip
    assert why(f"{server.url}/drip", seconds_to_fetch=0.4) == "too slow: limit seconds_to_fetch is 0.4"


def test_a_silent_server_is_left(server: Server) -> None:
    server.answers["/silent"] = lambda _: server.stopping.wait()  # type: ignore[assignment,return-value]
    said = why(f"{server.url}/silent", seconds_to_connect=0.2)
    assert said == "127.0.0.1 is silent: limit seconds_to_connect is 0.2"


def test_what_is_no_http_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def speak() -> None:
            for _ in range(2):
                connection, _address = listening.accept()
                connection.recv(1000)
                connection.sendall(b"220 not a web server\r\n")
                connection.close()

        threading.Thread(target=speak, daemon=True).start()
        said = why(f"http://127.0.0.1:{listening.getsockname()[1]}/")
    assert said.startswith("127.0.0.1 broke off")


def test_a_closed_port_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    assert why(f"http://127.0.0.1:{port}/").startswith("cannot connect to 127.0.0.1")


@pytest.mark.parametrize("media_type", ["application/pdf", "image/png", "video/mp4", "application/zip"])
def test_other_media_are_no_articles(server: Server, media_type: str) -> None:
    server.answers["/a"] = answer(b"whatever", media_type=media_type)
    assert why(f"{server.url}/a") == f"not an article we can read: {media_type}"


def test_media_are_known_by_their_first_bytes_too(server: Server) -> None:
    server.answers["/a"] = answer(b"%PDF-1.7\n", media_type="text/html")
    assert why(f"{server.url}/a") == "not an article we can read: PDF document"


def test_plain_text_is_kept_and_json_lines_are_records(server: Server) -> None:
    server.answers["/a"] = answer(b"<p> is a tag, she said.\r\n", media_type="text/plain")
    server.answers["/b.jsonl"] = answer(
        b'{"text": "One."}\n{"text": "Two."}\n', media_type="application/x-ndjson"
    )
    found = read(f"{server.url}/a", f"{server.url}/b.jsonl")
    assert [f.text for f in found if isinstance(f, Article)] == [
        "<p> is a tag, she said.\r\n",
        "One.",
        "Two.",
    ]


def test_the_servers_word_on_the_encoding_is_used(server: Server) -> None:
    lead = "Паром между Марлоу и Тарном снова пойдёт в мае, сообщил капитан порта в понедельник."
    source = page((lead, *STORY)).replace('<meta charset="utf-8">', "")
    server.answers["/a"] = answer(source.encode("koi8-r", "replace"), media_type="text/html; charset=koi8-r")
    (found,) = read(f"{server.url}/a")
    assert isinstance(found, Article)
    assert found.text.startswith(lead)


def test_proxies_of_the_environment_are_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    server.answers["/a"] = answer()
    assert isinstance(read(f"{server.url}/a")[0], Article)


def fetcher(**how: bool) -> fetch.Fetcher:
    return fetch.Fetcher(reading.Limits(), allow_private=True, **how)


def conditional(body: bytes = PAGE, **validators: str) -> Answer:
    """Answers 304 to those who have this version, as servers do."""

    def send(request: BaseHTTPRequestHandler) -> None:
        asked = {
            "ETag": request.headers["If-None-Match"],
            "Last-Modified": request.headers["If-Modified-Since"],
        }
        known = [name for name, value in asked.items() if value]
        said = {name.replace("_", "-"): value for name, value in validators.items()}
        if known and all(asked[name] == said.get(name) for name in known):
            answer(b"", 304, None, **validators)(request)
        else:
            answer(body, **validators)(request)

    return send


MODIFIED = "Wed, 04 Mar 2026 08:30:00 GMT"


@pytest.mark.parametrize(
    "said", [{"ETag": '"ferry-7"'}, {"Last_Modified": MODIFIED}, {"ETag": 'W/"7"', "Last_Modified": MODIFIED}]
)
def test_what_has_not_changed_is_not_sent_again(server: Server, said: dict[str, str]) -> None:
    server.answers["/a"] = conditional(**said)
    fetching = fetcher()
    first = fetching.ask(f"{server.url}/a")
    assert (first.not_modified, first.body) == (False, PAGE)
    assert first.validators == Validators(said.get("ETag"), said.get("Last_Modified"))
    again = fetching.ask(f"{server.url}/a", first.validators)
    assert (again.not_modified, again.body) == (True, b"")
    server.answers["/a"] = conditional(b"<p>new", ETag='"ferry-8"')
    newer = fetching.ask(f"{server.url}/a", first.validators)
    assert (newer.not_modified, newer.body) == (False, b"<p>new")


def test_validators_that_no_header_can_hold_are_not_sent(server: Server) -> None:
    server.answers["/a"] = answer()
    fetcher().ask(f"{server.url}/a", Validators('"a"\r\nX-Evil: 1', "x" * 5000))
    assert not {"x-evil", "if-none-match", "if-modified-since"} & server.asked[-1][1].keys()


def test_a_page_that_is_not_modified_though_nobody_asked_is_no_article(server: Server) -> None:
    server.answers["/a"] = answer(b"", 304)
    assert why(f"{server.url}/a") == "the server answers 304 Not Modified"


@pytest.mark.parametrize("status", [404, 410, 429, 503])
def test_errors_can_be_had_as_answers(server: Server, status: int) -> None:
    server.answers["/a"] = answer(b"sorry", status, Retry_After="120")
    found = fetcher().ask(f"{server.url}/a")
    assert (found.status, found.body, found.retry_after) == (status, b"", 120.0)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Wed, 04 Mar 2026 08:30:00 GMT", 30.0),
        ("Wed, 04 Mar 2026 08:00:00 GMT", 0.0),
        ("-5", None),
        ("soon", None),
        ("1" * 400, None),
        ("", None),
    ],
)
def test_when_to_come_back_is_a_number_of_seconds_or_a_date(said: str, seconds: float | None) -> None:
    headers = Message()
    headers["Retry-After"] = said
    now = datetime(2026, 3, 4, 8, 29, 30, tzinfo=UTC).timestamp()
    assert retry_after(headers, now) == seconds
    assert retry_after(Message(), now) is None


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("max-age=600", 600.0), ("public, Max-Age = 60", 60.0), ("s-maxage=60", None), ("no-cache", None)],
)
def test_how_long_an_answer_is_fresh(server: Server, said: str, seconds: float | None) -> None:
    server.answers["/a"] = answer(Cache_Control=said)
    assert fetcher().ask(f"{server.url}/a").max_age == seconds


def test_the_new_address_of_what_moved_for_good_is_told(server: Server) -> None:
    server.answers |= {"/a": moved("/b", 301), "/b": moved("/c", 308), "/c": moved("/d"), "/d": answer()}
    fetching = fetcher()
    assert fetching.ask(f"{server.url}/a").moved_to == f"{server.url}/c"
    assert fetching.ask(f"{server.url}/a").url == f"{server.url}/d"
    assert fetching.ask(f"{server.url}/c").moved_to is None
    server.answers |= {"/e": moved("/f"), "/f": moved("/d", 301)}
    assert fetching.ask(f"{server.url}/e").moved_to is None


@pytest.mark.parametrize(
    "media_type", ["application/rss+xml", "application/atom+xml", "application/feed+json", "text/xml", None]
)
def test_feeds_are_taken_when_feeds_are_wanted(server: Server, media_type: str | None) -> None:
    server.answers["/feed"] = answer(b"<rss/>", media_type=media_type)
    found = fetcher().ask(f"{server.url}/feed", feed=True)
    assert fetch.checked(found, feed=True).body == b"<rss/>"
    assert server.asked[-1][1]["accept"].startswith("application/atom+xml,")


def test_feeds_are_no_articles_and_pictures_no_feeds(server: Server) -> None:
    server.answers |= {"/feed": answer(b"<rss/>", media_type="application/rss+xml")}
    server.answers |= {"/a": answer(b"a", media_type="image/png")}
    with pytest.raises(NotAnArticle, match="not an article we can read: application/rss"):
        fetcher().fetch(f"{server.url}/feed")
    with pytest.raises(NotAnArticle, match="not an article we can read: image/png"):
        fetch.checked(fetcher().ask(f"{server.url}/a", feed=True), feed=True)


def test_the_pace_that_a_robots_txt_asks_for_is_known_once_it_was_read(server: Server) -> None:
    rules = b"User-agent: *\nCrawl-delay: 2\n\nUser-agent: Quotidian\nCrawl-delay: 7.5\n"
    server.answers |= {"/robots.txt": answer(rules, media_type="text/plain"), "/a": answer()}
    fetching = fetcher()
    assert fetching.crawl_delay(f"{server.url}/a") is None
    assert server.asked == []
    fetching.ask(f"{server.url}/a")
    assert fetching.crawl_delay(f"{server.url}/b") == 7.5
    assert fetcher(obey_robots=False).crawl_delay(f"{server.url}/a") is None


@pytest.mark.parametrize("delay", ["-3", "nan", "inf", "often", ""])
def test_a_pace_that_is_none_is_not_kept(server: Server, delay: str) -> None:
    rules = f"User-agent: *\nCrawl-delay: {delay}\n".encode()
    server.answers |= {"/robots.txt": answer(rules, media_type="text/plain"), "/a": answer()}
    fetching = fetcher()
    fetching.ask(f"{server.url}/a")
    assert fetching.crawl_delay(f"{server.url}/a") is None


@pytest.mark.parametrize(("status", "kept"), [(200, RULES_KEPT), (404, RULES_KEPT), (503, TROUBLE_KEPT)])
def test_what_a_robots_txt_says_is_asked_again_in_time(status: int, kept: float) -> None:
    now = [1000.0]
    asked: list[str] = []

    def ask(origin: str, _deadline: float) -> fetch.Response:
        asked.append(origin)
        return fetch.Response(origin, status, "text/plain", None, b"User-agent: *\nDisallow: /b\n")

    robots = Robots(ask, lambda: now[0])
    for later in (0.0, kept - 1, 1.0):
        now[0] += later
        with suppress(Refused):
            robots.check(target_of("https://tarn.example/a"), 0.0)
    assert asked == ["https://tarn.example"] * 2


def test_an_address_that_is_no_text_is_refused() -> None:
    with pytest.raises(Refused, match="not a valid address"):
        target_of("https://tarn.example/\ud800")
