"""Asking a service of our own, which behaves and misbehaves."""

from __future__ import annotations

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from tests.reconcile.service import MANIFEST, Service, answering, behaving

from quotidian.errors import InputError, LimitExceeded, NotFound, Refused, Unreachable, UsageError
from quotidian.reconcile import Candidate, Client, Query, TypeOf, Web

MINISTER = Query("Mara Lindqvist", "human", (("office", "minister"),), limit=3)


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service()
    yield running
    running.stop()


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def client(service: Service, clock: Clock | None = None, path: str = "", **limits: Any) -> Client:
    clock = clock or Clock()
    web = Web(allow_private=True, **limits)
    return Client(service.address + path, web, sleep=clock.sleep, clock=clock)


def error_of(client: Client) -> InputError:
    with pytest.raises(InputError) as caught:
        list(client.candidates([MINISTER]))
    assert "\n" not in str(caught.value)
    return caught.value


def test_candidates_come_with_score_types_and_address_the_likeliest_first(service: Service) -> None:
    ((asked, found),) = client(service).candidates([MINISTER])
    assert asked == MINISTER
    assert found[0] == Candidate(
        id="W7",
        name="Mara Lindqvist",
        description="Ostmerian politician",
        score=98.5,
        match=True,
        types=(TypeOf("human", "human being"),),
        url="https://who.example/entity/W7",
    )
    assert [(one.id, one.match, one.description) for one in found[1:]] == [("W8", False, None)]


def test_nothing_is_sent_but_name_type_and_chosen_properties(service: Service) -> None:
    list(client(service).candidates([MINISTER]))
    assert service.forms == [{"queries": [service.forms[0]["queries"][0]]}]
    assert service.batches == [
        {
            "q0": {
                "query": "Mara Lindqvist",
                "type": "human",
                "type_strict": "should",
                "limit": 3,
                "properties": [{"pid": "office", "v": "minister"}],
            }
        }
    ]
    allowed = {
        "host",
        "user-agent",
        "accept",
        "accept-encoding",
        "connection",
        "content-type",
        "content-length",
    }
    assert set(service.headers[-1]) <= allowed
    assert service.headers[-1]["user-agent"].startswith("Quotidian/")


def test_a_bare_name_is_sent_bare(service: Service) -> None:
    list(client(service).candidates([Query("Søren Bækvad & 李明")]))
    assert service.batches == [{"q0": {"query": "Søren Bækvad & 李明", "limit": 5}}]


def test_the_service_is_asked_what_it_is_once(service: Service) -> None:
    one = client(service)
    assert (one.service.name, one.service.types) == (
        "Who is who of Ostmere",
        (TypeOf("human", "human being"),),
    )
    list(one.candidates([MINISTER]))
    assert service.paths == ["GET /reconcile", "POST /reconcile"]


@pytest.mark.parametrize(
    ("batch", "sizes"), [(3, [3, 3, 1]), (1_000, [7]), (None, [7]), (0, [7]), ("x", [7])]
)
def test_queries_go_in_batches_as_large_as_the_service_takes(
    service: Service, batch: Any, sizes: list[int]
) -> None:
    service.manifest["batchSize"] = batch
    queries = [Query(f"Mara Lindqvist {n}") for n in range(7)]
    assert [query for query, _ in client(service).candidates(queries)] == queries
    assert [len(asked) for asked in service.batches] == sizes


def test_no_batch_is_larger_than_50(service: Service) -> None:
    service.manifest["batchSize"] = 500
    list(client(service).candidates([MINISTER] * 120))
    assert [len(asked) for asked in service.batches] == [50, 50, 20]


def test_requests_keep_a_pace(service: Service) -> None:
    clock = Clock()
    service.manifest["batchSize"] = 1
    list(client(service, clock).candidates([MINISTER] * 3))
    assert clock.slept == [1.0, 1.0, 1.0]


def test_without_an_address_nothing_is_asked() -> None:
    with pytest.raises(UsageError, match="give its address"):
        Client("  ")


# A service that is busy, and one that is not there


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_service_is_asked_again_later_and_later(service: Service, status: int) -> None:
    clock = Clock()
    service.next = [behaving, answering({}, status), answering({}, status)]
    ((_, found),) = client(service, clock).candidates([MINISTER])
    assert len(found) == 2
    assert clock.slept == [1.0, 2.0, 4.0]


def test_it_waits_as_long_as_the_service_asks(service: Service) -> None:
    clock = Clock()
    service.next = [behaving, answering({}, 429, Retry_After="30")]
    list(client(service, clock).candidates([MINISTER]))
    assert 30.0 in clock.slept


def test_it_does_not_wait_for_hours(service: Service) -> None:
    service.next = [behaving, answering({}, 429, Retry_After="7200")]
    assert str(error_of(client(service))) == (
        "the service wants to be left alone for 7,200 seconds: ask it then"
    )


def test_a_service_that_stays_busy_is_given_up(service: Service) -> None:
    service.next = [behaving, *[answering({}, 503)] * 9]
    assert str(error_of(client(service))) == "127.0.0.1 answers 503 Service Unavailable: try again later"
    assert len(service.batches) == 4


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (500, Unreachable, "127.0.0.1 answers 500 Internal Server Error: try again later"),
        (404, NotFound, "127.0.0.1 answers 404: there is no such service"),
        (403, Refused, "127.0.0.1 answers 403: it wants a key; see its documentation"),
    ],
)
def test_errors_are_named_and_not_repeated(service: Service, status: int, kind: type, said: str) -> None:
    service.next = [behaving, answering({}, status)]
    found = error_of(client(service))
    assert (type(found), str(found)) == (kind, said)
    assert len(service.batches) == 1


def test_a_key_in_the_address_is_sent_and_never_shown(service: Service) -> None:
    service.next = [behaving, answering({}, 500)]
    assert "hush" not in str(error_of(client(service, path="?api_key=hush")))
    assert service.paths[-1] == "POST /reconcile?api_key=hush"


# Hosts


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/", "http://[::1]/", "http://169.254.169.254/", "http://10.0.0.1/"]
)
def test_private_hosts_are_refused(address: str) -> None:
    with pytest.raises(Refused, match="not a public address"):
        _ = Client(address).service


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://who.example/", "who.example", "http://a:b@who.example/"]
)
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(Refused, match="refused"):
        _ = Client(address).service


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("to", ["http://169.254.169.254/latest", "http://127.0.0.1:{port}/elsewhere"])
def test_redirects_are_told_of_and_never_followed(service: Service, status: int, to: str) -> None:
    to = to.format(port=service.http.server_port)
    service.next = [behaving, answering({}, status, Location=to)]
    found = error_of(client(service))
    assert isinstance(found, Refused)
    assert to in str(found)
    assert service.paths == ["GET /reconcile", "POST /reconcile"]


# Answers that are none


def trickle(request: BaseHTTPRequestHandler) -> None:
    """A byte now and then, so that no single wait is long."""
    request.send_response(200)
    request.end_headers()
    for _ in range(200):
        request.wfile.write(b" ")
        request.wfile.flush()
        time.sleep(0.02)


def endless(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    for _ in range(10_000):
        request.wfile.write(b" " * 65_536)


def broken_off(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b'{"q0"')


def nothing(request: BaseHTTPRequestHandler) -> None:
    request.close_connection = True


def test_a_slow_answer_is_cut(service: Service) -> None:
    service.next = [trickle]
    found = error_of(client(service, seconds=0.3))
    assert isinstance(found, LimitExceeded)
    assert str(found) == "127.0.0.1 took longer than 0.3 seconds: try again later"


def test_a_huge_answer_is_cut(service: Service) -> None:
    service.next = [behaving, endless]
    found = error_of(client(service, most_bytes=200_000))
    assert isinstance(found, LimitExceeded)
    assert str(found) == "the service's answer is larger than 200,000 bytes"


@pytest.mark.parametrize("cut", [nothing, broken_off])
def test_an_answer_that_breaks_off_is_an_error(service: Service, cut: Any) -> None:
    service.next = [behaving, cut]
    assert isinstance(error_of(client(service)), Unreachable)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Welcome</html>",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"{}",
        b"[" * 100_000,
        {"q1": {"result": []}},
        {"q0": []},
        {"q0": {"result": {"id": "W7"}}},
        {"q0": {"result": [{"id": "W7"}]}},
        {"q0": {"result": [{"name": "Mara Lindqvist"}]}},
        {"q0": {"result": [{"id": 7, "name": "Mara Lindqvist"}]}},
        {"q0": {"result": ["W7"]}},
    ],
    ids=lambda body: str(body)[:40],
)
def test_what_is_no_answer_is_said_to_be_none(service: Service, body: object) -> None:
    service.next = [behaving, answering(body)]
    found = error_of(client(service))
    assert isinstance(found, Unreachable)
    assert "does not answer as a reconciliation service" in str(found)


def test_an_error_that_the_service_words_is_passed_on(service: Service) -> None:
    service.next = [behaving, answering({"status": "error", "message": "index\nis being built"})]
    assert str(error_of(client(service))) == "the service answers with an error: index is being built"


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ({**MANIFEST, "versions": ["9.0"]}, "another version of the reconciliation API"),
        ({**MANIFEST, "name": None}, "no name"),
        ({"hello": "world"}, "no name"),
        ([], "not a JSON object"),
    ],
)
def test_what_is_no_manifest_is_said_to_be_none(service: Service, manifest: Any, said: str) -> None:
    service.manifest = manifest
    assert said in str(error_of(client(service)))


def test_odd_scores_and_types_do_no_harm(service: Service) -> None:
    odd = {
        "id": "W/9?#",
        "name": " Mara\n Lindqvist ",
        "score": "NaN",
        "match": "yes",
        "type": [None, {"id": 3}, "human"],
    }
    service.next = [behaving, answering({"q0": {"result": [odd]}})]
    ((_, (one,)),) = client(service).candidates([MINISTER])
    assert (one.name, one.score, one.match) == ("Mara Lindqvist", 0.0, False)
    assert one.types == (TypeOf("human", "human"),)
    assert one.url == "https://who.example/entity/W%2F9%3F%23"


def test_what_a_terminal_would_obey_is_left_out(service: Service) -> None:
    nasty = {"id": "W7\x1b[2J", "name": "Mara\x1b]0;x\x07 Lindqvist\u202e", "description": "\x9b31m\ud800"}
    service.next = [behaving, answering({"q0": {"result": [nasty]}})]
    ((_, (one,)),) = client(service).candidates([MINISTER])
    for text in (one.id, one.name, one.description, one.url):
        assert text is not None
        assert text.isprintable()


@pytest.mark.parametrize("view", [None, "x", {}, {"url": 7}, {"url": "javascript:alert('{{id}}')"}])
def test_an_address_to_look_at_is_http_or_none(service: Service, view: Any) -> None:
    service.manifest["view"] = view
    ((_, found),) = client(service).candidates([MINISTER])
    assert {one.url for one in found} == {None}
