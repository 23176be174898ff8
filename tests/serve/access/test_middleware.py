"""Who is let in, from where, with what: walked from outside, through all of the middleware."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from tests.serve.access.rooms import PASSWORD, client, csrf_of, exposed, local, log_in

from quotidian.errors import ArchiveUnreachable
from quotidian.store.archive import Archive

JSON = {"content-type": "application/json"}


def bearer(archive: Archive, name: str) -> dict[str, str]:
    return {"authorization": f"Bearer {archive.log_in(name, PASSWORD)}"}


# --- who asks ----------------------------------------------------------------------------------


def test_on_the_machine_itself_nobody_has_to_log_in(here: TestClient) -> None:
    assert "local" in here.get("/who").text
    assert here.get("/owners").status_code == 200


def test_where_there_are_users_the_machine_itself_asks_too(users: Archive) -> None:
    here = client(users, local())
    assert here.get("/who").headers["location"] == "/login?next=%2Fwho"
    log_in(here, "Rana")
    assert "Rana" in here.get("/who").text


def test_a_user_added_meanwhile_closes_the_door_at_once(archive: Archive, here: TestClient) -> None:
    assert here.get("/who").status_code == 200
    archive.set_user("Olav", PASSWORD, "owner")
    assert here.get("/who").status_code == 303


@pytest.mark.parametrize("path", ["/", "/who", "/who?q=a%20b&page=2", "/nowhere"])
def test_elsewhere_a_stranger_is_asked_to_log_in_and_comes_back(there: TestClient, path: str) -> None:
    answer = there.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login")
    there.headers["location"] = answer.headers["location"]
    form = there.get(answer.headers["location"]).text
    assert f'name="next" value="{path.replace("&", "&amp;")}"' in form


def test_a_program_without_a_token_is_told_how_to_get_one(there: TestClient) -> None:
    answer = there.get("/api/who")
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "/api/login" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/static/room.css", "/healthz", "/login"])
def test_what_tells_nothing_of_the_archive_is_open_to_all(there: TestClient, path: str) -> None:
    assert there.get(path).status_code == 200


def test_a_stranger_cannot_send_anything(there: TestClient) -> None:
    assert there.post("/send", data={"csrf": csrf_of(there)}).status_code == 401
    assert there.post("/api/send", json={}).status_code == 401


def test_a_token_of_a_session_lets_a_program_in(there: TestClient, users: Archive) -> None:
    assert "Vidar" in there.get("/api/who", headers=bearer(users, "Vidar")).text


@pytest.mark.parametrize("token", ["Bearer wrong", "Bearer ", "bearer \x7f", "Basic Vidar"])
def test_a_wrong_token_lets_nobody_in(there: TestClient, token: str) -> None:
    assert there.get("/api/who", headers={"authorization": token}).status_code == 401


def test_a_wrong_token_is_not_made_good_by_a_cookie(there: TestClient) -> None:
    log_in(there, "Vidar")
    assert there.get("/api/who").status_code == 200
    assert there.get("/api/who", headers={"authorization": "Bearer wrong"}).status_code == 401


def test_a_token_opens_files_and_feeds_too(there: TestClient, users: Archive) -> None:
    assert "Vidar" in there.get("/who", headers=bearer(users, "Vidar")).text
    answer = there.get("/who", headers={"authorization": "Bearer wrong"})
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")


def test_a_token_does_not_send_the_forms_of_pages(there: TestClient, users: Archive) -> None:
    assert there.post("/send", json={}, headers=bearer(users, "Vidar")).status_code == 403


@pytest.mark.parametrize(
    ("name", "reviewers", "owners"), [("Rana", 403, 403), ("Vidar", 200, 403), ("Olav", 200, 200)]
)
def test_each_role_may_what_the_lower_ones_may(
    there: TestClient, name: str, reviewers: int, owners: int
) -> None:
    log_in(there, name)
    assert (there.get("/reviewers").status_code, there.get("/owners").status_code) == (reviewers, owners)


def test_somebody_removed_is_out_with_the_next_request(there: TestClient, users: Archive) -> None:
    log_in(there, "Vidar")
    users.remove_user("Vidar")
    assert there.get("/who").status_code == 303


def unreachable(*_: object) -> None:
    raise ArchiveUnreachable("postgresql://quotidian@db.example/news: the database does not answer")


def test_an_archive_that_does_not_answer_is_said_so(
    here: TestClient, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "users", unreachable)
    for path in ("/who", "/api/who"):
        answer = here.get(path)
        assert answer.status_code == 503
        assert "the database does not answer" in answer.text
        assert answer.headers["retry-after"] == "5"
    assert here.get("/static/room.css").status_code == 200


def test_others_are_not_told_where_it_is(
    there: TestClient, users: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(there, "Vidar")
    monkeypatch.setattr(users, "user_of", unreachable)
    for path in ("/who", "/api/who"):
        answer = there.get(path)
        assert answer.status_code == 503
        assert "The archive does not answer: try again" in answer.text
        assert "db.example" not in answer.text


# --- by which name -----------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["localhost:8123", "127.0.0.1:8123", "[::1]:8123", "LOCALHOST:8123"])
def test_the_machine_knows_itself_by_its_names(here: TestClient, host: str) -> None:
    assert here.get("/who", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8123", "localhost", "localhost:80", "localhost.evil.example:8123", ""],
)
def test_a_name_that_somebody_points_at_us_is_refused(here: TestClient, host: str) -> None:
    for path in ("/who", "/static/room.css", "/api/who"):
        answer = here.get(path, headers={"host": host})
        assert answer.status_code == 421
        assert "local" not in answer.text.replace("localhost", "")


def test_elsewhere_only_the_address_that_was_given_is_ours(there: TestClient) -> None:
    assert there.get("/login", headers={"host": "archive.example"}).status_code == 200
    assert there.get("/login", headers={"host": "127.0.0.1:8000"}).status_code == 421


def test_whoever_watches_over_the_server_asks_by_any_name(there: TestClient) -> None:
    assert there.get("/healthz", headers={"host": "192.0.2.7"}).status_code == 200


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "via", "x-real-ip"])
def test_what_a_proxy_passes_on_is_refused_where_nobody_logs_in(here: TestClient, header: str) -> None:
    answer = here.get("/who", headers={header: "198.51.100.9"})
    assert answer.status_code == 403
    assert "--base-url" in answer.text


# --- forms -------------------------------------------------------------------------------------


@pytest.fixture(params=["here", "there"])
def browser(request: pytest.FixtureRequest) -> TestClient:
    """Somebody who is in, on the machine itself and elsewhere."""
    browser: TestClient = request.getfixturevalue(request.param)
    if request.param == "there":
        log_in(browser, "Vidar")
    return browser


def test_a_form_of_our_own_page_is_taken(browser: TestClient) -> None:
    csrf = csrf_of(browser, "/who")
    sent = browser.post("/send", data={"csrf": csrf, "word": "één"})
    assert sent.json()["form"] == {"csrf": csrf, "word": "één"}
    assert browser.post("/send", content=b"abc", headers={"x-csrf-token": csrf}).json()["bytes"] == 3
    assert browser.post("/send", data={"csrf": csrf}, files={"f": b"x"}).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"data": {"csrf": ""}},
        {"data": {"csrf": "0" * 64}},
        {"headers": {"x-csrf-token": "0" * 64}},
        {"headers": {"x-csrf-token": "é".encode()}},
        {"json": {"csrf": "0" * 64}},
        {"content": b"csrf=%ff%fe", "headers": {"content-type": "application/x-www-form-urlencoded"}},
        {"content": b"--\r\n", "headers": {"content-type": "multipart/form-data; boundary=x"}},
        {"content": b"--\r\n", "headers": {"content-type": "multipart/form-data"}},
        {"files": {"csrf": b"0" * 64}},
    ],
)
def test_a_form_without_the_right_token_is_refused(browser: TestClient, sent: dict[str, object]) -> None:
    browser.get("/who")
    answer = browser.post("/send", **sent)  # type: ignore[arg-type]
    assert answer.status_code == 403
    assert "load the page again" in answer.text


def test_a_token_is_good_for_one_session_alone(there: TestClient, users: Archive) -> None:
    log_in(there, "Vidar")
    other = client(users, exposed())
    log_in(other, "Rana")
    assert there.post("/send", data={"csrf": csrf_of(other, "/who")}).status_code == 403


def test_a_visitors_token_is_not_good_after_logging_in(there: TestClient) -> None:
    before = csrf_of(there)
    log_in(there, "Vidar")
    assert there.post("/send", data={"csrf": before}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://archive.example"},
        {"origin": "http://localhost:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_what_another_sites_page_sends_is_refused_even_with_a_token(
    browser: TestClient, headers: dict[str, str]
) -> None:
    csrf = csrf_of(browser, "/who")
    assert browser.post("/send", data={"csrf": csrf}, headers=headers).status_code == 403
    assert browser.post("/api/send", json={}, headers={"x-csrf-token": csrf, **headers}).status_code == 403


def test_our_own_page_says_that_it_is(browser: TestClient) -> None:
    headers = {"origin": str(browser.base_url).rstrip("/"), "sec-fetch-site": "same-origin"}
    sent = browser.post("/send", data={"csrf": csrf_of(browser, "/who")}, headers=headers)
    assert sent.status_code == 200


def test_a_program_with_a_token_of_its_own_needs_none_of_a_form(there: TestClient, users: Archive) -> None:
    assert there.post("/api/send", json={}, headers=bearer(users, "Vidar")).status_code == 200


def test_a_script_of_our_page_that_has_but_a_cookie_needs_the_forms(there: TestClient) -> None:
    log_in(there, "Vidar")
    csrf = csrf_of(there, "/who")
    assert there.post("/api/send", json={}).status_code == 403
    assert there.delete("/api/send").status_code == 403
    assert there.post("/api/send", json={}, headers={"x-csrf-token": csrf}).status_code == 200


def test_on_the_machine_itself_a_program_sends_json(here: TestClient) -> None:
    assert here.post("/api/send", json={}).status_code == 200
    assert here.delete("/api/send").status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {"content": b"{}", "headers": {"content-type": "text/plain"}},
        {"content": b"{}", "headers": {"content-type": "text/plain; application/json"}},
        {"content": b"{}"},
        {"data": {"kind": "accept"}},
        {"files": {"kind": b"accept"}},
    ],
)
def test_what_any_page_could_make_a_browser_send_is_no_programs(
    here: TestClient, sent: dict[str, object]
) -> None:
    assert here.post("/api/send", **sent).status_code == 403  # type: ignore[arg-type]


# --- how much ----------------------------------------------------------------------------------


def test_a_body_that_is_too_large_is_refused_whatever_it_declares(here: TestClient) -> None:
    csrf = csrf_of(here, "/who")
    limit = local().largest_request

    def parts(size: int):  # type: ignore[no-untyped-def]
        for _ in range(size // 65536):
            yield b"x" * 65536

    assert here.post("/send", content=b"x" * limit, headers={"x-csrf-token": csrf}).status_code == 200
    assert here.post("/send", content=b"x" * (limit + 1), headers={"x-csrf-token": csrf}).status_code == 413
    assert here.post("/api/send", content=b"[" * (limit + 1), headers=JSON).status_code == 413
    assert here.post("/send", content=parts(2 * limit), headers={"x-csrf-token": csrf}).status_code == 413


# --- headers -----------------------------------------------------------------------------------


def test_every_answer_forbids_what_no_page_of_ours_needs(browser: TestClient) -> None:
    for answer in (
        browser.get("/who"),
        browser.get("/nowhere"),
        browser.get("/static/room.css"),
        browser.get("/api/who"),
        browser.get("/login"),
        browser.get("/who", headers={"host": "evil.example"}),
        browser.post("/send"),
    ):
        policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
        assert (
            policy.pop("default-src") == policy.pop("base-uri") == policy.pop("frame-ancestors") == "'none'"
        )
        assert set(policy.values()) == {"'self'"}
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "camera=()" in answer.headers["permissions-policy"]
        assert "access-control-allow-origin" not in answer.headers


def test_what_a_login_protects_is_kept_in_no_cache(there: TestClient) -> None:
    log_in(there, "Vidar")
    assert there.get("/who").headers["cache-control"] == "no-store"


def test_on_the_machine_itself_pages_are_asked_for_anew(here: TestClient) -> None:
    assert here.get("/who").headers["cache-control"] == "private, no-cache"


def test_over_tls_browsers_are_told_to_stay_with_it(there: TestClient) -> None:
    assert "max-age=" in there.get("/login").headers["strict-transport-security"]


def test_without_tls_they_are_not(here: TestClient) -> None:
    assert "strict-transport-security" not in here.get("/who").headers


def test_a_socket_is_not_opened(here: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), here.websocket_connect("/who"):
        pass
