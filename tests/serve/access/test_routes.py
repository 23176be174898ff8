"""Logging in and out, as a browser does it."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from tests.serve.access.rooms import client, csrf_of, exposed, local, log_in

from quotidian.errors import ArchiveLocked
from quotidian.serve.access.attempts import NAME
from quotidian.serve.access.gate import safe_next
from quotidian.store.archive import Archive

WRONG = "Name or password is not right."


def test_after_logging_in_one_is_where_one_wanted_to_go(there: TestClient) -> None:
    answer = log_in(there, "Rana", next="/who?page=2")
    assert (answer.status_code, answer.headers["location"]) == (303, "/who?page=2")
    assert "Rana" in there.get("/who").text


def test_the_sessions_cookie_is_for_this_host_over_tls_and_no_script(there: TestClient) -> None:
    cookie = log_in(there, "Rana").headers["set-cookie"]
    name, *rules = cookie.split("; ")
    assert name.startswith("__Host-quotidian-session=")
    assert {"HttpOnly", "Path=/", "SameSite=Lax", "Secure", "Max-Age=1209600"} == set(rules)


def test_two_reading_rooms_of_one_machine_do_not_share_a_cookie(users: Archive) -> None:
    cookie = log_in(client(users, local()), "Rana").headers["set-cookie"]
    assert cookie.startswith("quotidian-session-8123=")
    assert "Secure" not in cookie


def test_each_login_makes_a_new_session(there: TestClient) -> None:
    tokens = {log_in(there, "Rana").headers["set-cookie"].partition(";")[0] for _ in range(2)}
    assert len(tokens) == 2


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("Rana", "four herons at dawn"),
        ("Nobody", "four herons at dusk"),
        ("", ""),
        ("R\x00", "\ud800".encode("utf-8", "surrogatepass")),
    ],
)
def test_whatever_was_wrong_the_answer_is_the_same(there: TestClient, name: str, password: str) -> None:
    answer = log_in(there, name, password)
    assert answer.status_code == 403
    assert WRONG in answer.text
    assert "set-cookie" not in answer.headers


def test_the_log_says_from_where_and_not_what_was_typed(
    there: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    log_in(there, "four herons", "at dusk and dawn")
    assert "a login failed, from 'testclient'" in caplog.text
    assert "heron" not in caplog.text and "dusk" not in caplog.text


def test_what_was_typed_comes_back_as_text(there: TestClient) -> None:
    answer = log_in(there, '"><script>alert(1)</script>', next="/who?q=%22%3E<b>")
    assert "<script>alert" not in answer.text
    assert 'value="&#34;&gt;&lt;script&gt;alert(1)' in answer.text


def test_failing_too_often_has_to_wait_and_then_even_the_right_password_does(there: TestClient) -> None:
    for _ in range(NAME.free + 1):
        assert log_in(there, "Rana", "four herons at dawn").status_code == 403
    answer = log_in(there, "Rana")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 2
    assert "try again in" in answer.text
    assert log_in(there, "Vidar").status_code == 303


def test_an_archive_that_does_not_answer_holds_nothing_against_anybody(
    there: TestClient, users: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(name: str, password: str) -> None:
        raise ArchiveLocked("another program is writing")

    with monkeypatch.context() as patch:
        patch.setattr(users, "log_in", fail)
        for _ in range(NAME.free + 5):
            with pytest.raises(ArchiveLocked):
                log_in(there, "Rana")
    assert log_in(there, "Rana").status_code == 303


def test_a_login_without_the_forms_token_is_refused(there: TestClient) -> None:
    form = {"name": "Rana", "password": "four herons at dusk"}
    assert there.post("/login", data=form).status_code == 403


def test_logging_out_ends_the_session_not_only_the_cookie(there: TestClient) -> None:
    log_in(there, "Rana")
    cookies = dict(there.cookies)
    answer = there.post("/logout", data={"csrf": csrf_of(there, "/who")})
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert answer.headers["clear-site-data"] == '"cache"'
    assert there.get("/who").status_code == 303
    there.cookies.update(cookies)
    assert there.get("/who").status_code == 303


def test_another_page_cannot_log_one_out(there: TestClient) -> None:
    log_in(there, "Rana")
    assert there.post("/logout").status_code == 403
    assert there.get("/who").status_code == 200


def test_on_the_machine_itself_there_is_no_form(here: TestClient) -> None:
    answer = here.get("/login?next=/who")
    assert (answer.status_code, answer.headers["location"]) == (303, "/who")


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/a\\b",
        "/a\nb",
        "javascript:alert(1)",
        "",
        "/login?next=/login",
        "/" + "a" * 3_000,
        "/é",
    ],
)
def test_one_is_never_sent_elsewhere(there: TestClient, back: str) -> None:
    assert safe_next(back) == "/"
    assert log_in(there, "Rana", next=back).headers["location"] == "/"
    assert client(there.app.state.archive, exposed()).get("/login", params={"next": back}).status_code == 200  # type: ignore[attr-defined]
