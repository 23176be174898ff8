"""What programs can do, and who may."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient
from tests.serve.rest.conftest import BRIDGE, PASSWORD, room

from quotidian import errors
from quotidian.errors import QuotidianError
from quotidian.serve.access.settings import Settings
from quotidian.store.archive import Archive

REGISTER = {"service": "register", "identifier": "Q1", "name": "Ann"}
As = Callable[[str], dict[str, str]]


def review(
    client: TestClient, body: dict[str, object], headers: dict[str, str] | None = None, status: int = 201
):  # type: ignore[no-untyped-def]
    answer = client.post("/api/reviews", json=body, headers=headers)
    assert answer.status_code == status, answer.text
    return answer.json()


# --- reviews -----------------------------------------------------------------------------------


def test_a_statement_is_accepted_and_that_is_taken_back(client: TestClient) -> None:
    [item] = client.get("/api/queue?limit=1").json()["items"]
    made = review(client, {"kind": "accept", "statement": item["id"]})
    assert (made["kind"], made["by"], made["statement"]) == ("accept", "local", item["id"])
    assert client.get(f"/api/statements/{item['id']}").json()["state"] == "accepted"
    review(client, {"kind": "undo", "undoes": made["id"]})
    assert client.get(f"/api/statements/{item['id']}").json()["state"] == "unreviewed"
    log = client.get("/api/reviews", params={"statement": item["id"]}).json()
    assert [one["kind"] for one in log["items"]][-1] == "accept"


def test_a_content_is_corrected_in_place(client: TestClient) -> None:
    item = client.get("/api/statements").json()["items"][0]
    start, end = item["content"]["spans"][0]
    body = {"kind": "correct", "statement": item["id"], "payload": {"content": [[start, end - 1]]}}
    review(client, body)
    now = client.get(f"/api/statements/{item['id']}").json()
    assert (now["state"], now["content"]["spans"]) == ("corrected", [[start, end - 1]])


def test_spans_outside_the_text_do_not_fit(looking: TestClient) -> None:
    item = looking.get("/api/statements").json()["items"][0]
    body = {"kind": "correct", "statement": item["id"], "payload": {"content": [[1_000_000, 1_000_001]]}}
    answer = looking.post("/api/reviews", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert looking.get(f"/api/statements/{item['id']}").json() == item


def test_two_entities_are_merged_and_parted_again(client: TestClient) -> None:
    one, other = (item["id"] for item in client.get("/api/entities").json()["items"][:2])
    made = review(client, {"kind": "merge", "entity": other, "payload": {"into": one}})
    assert client.get(f"/api/entities/{other}").json()["head"]["merged_into"] == one
    review(client, {"kind": "undo", "undoes": made["id"]})
    assert client.get(f"/api/entities/{other}").json()["head"]["merged_into"] is None


def test_what_is_not_there_cannot_be_reviewed(looking: TestClient) -> None:
    review(looking, {"kind": "accept", "statement": 999}, status=404)
    review(looking, {"kind": "undo", "undoes": 999}, status=404)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"kind": "praise", "statement": 1},
        {"kind": "accept"},
        {"kind": "accept", "statement": 1, "entity": 1},
        {"kind": "accept", "statement": 2**31},
        {"kind": "accept", "statement": 2**70},
        {"kind": "accept", "statement": "one"},
        {"kind": "accept", "statement": 1, "by": "Somebody Else"},
        {"kind": "correct", "statement": 1, "payload": {}},
        {"kind": "correct", "statement": 1, "payload": {"content": None}},
        {"kind": "correct", "statement": 1, "payload": {"content": []}},
        {"kind": "correct", "statement": 1, "payload": {"content": [[0]]}},
        {"kind": "correct", "statement": 1, "payload": {"content": [[-1, 5]]}},
        {"kind": "correct", "statement": 1, "payload": {"content": [[0, 2**40]]}},
        {"kind": "correct", "statement": 1, "payload": {"said": "a\x00b"}},
        {"kind": "correct", "statement": 1, "payload": {"act": "sing"}},
        {"kind": "correct", "statement": 1, "payload": {"speaker": {"name": "a\x00b"}}},
        {"kind": "rename", "entity": 1, "payload": {"name": ""}},
        {"kind": "identify", "entity": 1, "payload": {"service": "register"}},
        {"kind": "identify", "entity": 1, "payload": {**REGISTER, "url": "javascript:alert(1)"}},
        {"kind": "identify", "entity": 1, "payload": {"service": "r", "identifier": "Q1", "nobody": True}},
        {"kind": "split", "entity": 1, "payload": {"appearances": [], "name": "x"}},
        [],
        "accept",
        0,
    ],
)  # fmt: skip
def test_a_review_of_another_shape_is_refused_and_leaves_no_trace(looking: TestClient, body: object) -> None:
    answer = looking.post("/api/reviews", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["errors"]
    assert looking.get("/api/reviews").json()["items"] == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"kind": "accept", "statement": ' + b"9" * 5_000 + b"}",
        b'{"kind": "accept", "statement": 1e400}',
        b'{"kind": "accept", "statement": NaN}',
        b'{"kind": "rename", "entity": 1, "payload": {"name": "\\ud800"}}',
        b'{"kind": "\\ud800"}',
        b'{"\\ud800": 1}',
        b'{"kind": "rename", "entity": 1, "payload": {"name": "x", "\\udfff\\u0000": 1}}',
    ],
)
def test_what_is_no_json_of_ours_is_refused(looking: TestClient, content: bytes) -> None:
    answer = looking.post("/api/reviews", content=content, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


# --- reading -----------------------------------------------------------------------------------


def test_a_text_is_read_and_not_kept(looking: TestClient) -> None:
    answer = looking.post("/api/read", json={"text": BRIDGE, "published": "2031-03-12", "title": "Bridge"})
    article = answer.json()["article"]
    assert answer.json()["kept"] is None
    assert (article["schema"], article["text"], article["title"]) == ("quotidian-article/1", BRIDGE, "Bridge")
    assert "Tomas Ferrel" in [one["speaker"]["name"] for one in article["attributions"]]
    assert looking.get("/api/counts").json()["articles"] == 3


def test_a_text_that_is_kept_is_in_the_archive_once(client: TestClient) -> None:
    given = {"text": "The tide will turn, said Berit Sund, a pilot.", "id": "tide", "keep": True}
    kept = client.post("/api/read", json=given).json()["kept"]
    assert kept["outcome"] == "new"
    assert client.get(f"/api/articles/{kept['article']}").json()["head"]["own_id"] == "tide"
    assert client.post("/api/read", json=given).json()["kept"] == {**kept, "outcome": "unchanged"}


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"text": ""},
        {"text": "a", "address": "https://courier.example/"},
        {"text": "a\x00b"},
        {"text": "a" * 200_001},
        {"text": "a", "url": "javascript:alert(1)"},
        {"text": "a", "published": "yesterday"},
        {"address": "/etc/passwd"},
        {"address": "file:///etc/passwd"},
        {"address": "-"},
        {"address": "HTTPS//x"},
        {"address": "http://127.0.0.1:8123/api/counts"},
        {"address": "http://[::1]/"},
        {"address": "http://169.254.169.254/latest"},
        {"address": "http://user:word@courier.example/"},
        {"address": "http://"},
    ],
)
def test_what_cannot_be_read_is_refused(looking: TestClient, given: dict[str, object]) -> None:
    answer = looking.post("/api/read", json=given)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_where_addresses_are_not_fetched_that_is_said(archive: Archive, reader) -> None:  # type: ignore[no-untyped-def]
    settings = Settings.checked(port=8123, allow_addresses=False)
    client = TestClient(room(archive, settings, reader), base_url=settings.base_url)
    answer = client.post("/api/read", json={"address": "https://courier.example/ferry"})
    assert (answer.status_code, answer.json()["detail"]) == (
        422,
        "This reading room fetches no addresses: send the text instead.",
    )


def test_a_reading_room_without_a_reader_reads_nothing(archive: Archive) -> None:
    settings = Settings.checked(port=8123)
    client = TestClient(room(archive, settings), base_url=settings.base_url)
    assert client.post("/api/read", json={"text": BRIDGE}).status_code == 503


def test_an_article_is_taken_out(client: TestClient) -> None:
    assert client.delete("/api/articles/1").status_code == 204
    assert client.get("/api/articles/1").status_code == 404
    assert client.delete("/api/articles/1").status_code == 404


# --- who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "accept", "suppress", "read", "keep", "delete"),
    [
        ("Rana", 403, 403, 200, 403, 403),
        ("Vidar", 201, 403, 200, 200, 403),
        ("Olav", 201, 201, 200, 200, 204),
    ],
)
def test_each_role_may_its_own(
    exposed: TestClient, as_: As, name: str, accept: int, suppress: int, read: int, keep: int, delete: int
) -> None:
    me = as_(name)
    statement = exposed.get("/api/statements", headers=me).json()["items"][0]["id"]
    entity = exposed.get("/api/entities", headers=me).json()["items"][0]["id"]
    asked = [
        exposed.post("/api/reviews", json={"kind": "accept", "statement": statement}, headers=me),
        exposed.post("/api/reviews", json={"kind": "suppress", "entity": entity}, headers=me),
        exposed.post("/api/read", json={"text": "Go, said Ann."}, headers=me),
        exposed.post("/api/read", json={"text": "Go, said Ann.", "keep": True}, headers=me),
        exposed.delete("/api/articles/1", headers=me),
    ]
    assert [answer.status_code for answer in asked] == [accept, suppress, read, keep, delete]


def test_a_review_carries_the_name_of_who_made_it(exposed: TestClient, as_: As) -> None:
    me = as_("Vidar")
    statement = exposed.get("/api/statements", headers=me).json()["items"][0]["id"]
    review(exposed, {"kind": "accept", "statement": statement}, me)
    assert [one["by"] for one in exposed.get("/api/reviews", headers=me).json()["items"]] == ["Vidar"]


def test_a_reviewer_cannot_bring_back_whom_an_owner_suppressed(exposed: TestClient, as_: As) -> None:
    entity = exposed.get("/api/entities", headers=as_("Olav")).json()["items"][0]["id"]
    made = review(exposed, {"kind": "suppress", "entity": entity}, as_("Olav"))
    undo = {"kind": "undo", "undoes": made["id"]}
    review(exposed, undo, as_("Vidar"), status=403)
    assert exposed.get(f"/api/entities/{entity}", headers=as_("Olav")).status_code == 404
    review(exposed, undo, as_("Olav"))
    assert exposed.get(f"/api/entities/{entity}", headers=as_("Olav")).status_code == 200


def test_a_token_ends_when_one_logs_out(exposed: TestClient, as_: As) -> None:
    me = as_("Rana")
    assert exposed.get("/api/me", headers=me).json() == {"name": "Rana", "role": "reader"}
    assert exposed.post("/api/logout", json={}, headers=me).status_code == 204
    assert exposed.get("/api/me", headers=me).status_code == 401


def test_a_wrong_password_is_refused_and_then_more_slowly(exposed: TestClient) -> None:
    wrong = {"name": "Rana", "password": "four herons at dawn"}
    statuses = [exposed.post("/api/login", json=wrong).status_code for _ in range(7)]
    assert statuses == [403] * 6 + [429]
    answer = exposed.post("/api/login", json={"name": "Rana", "password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


def test_a_name_that_no_database_holds_is_nobodys(exposed: TestClient) -> None:
    for name in ("a\x00b", "", "\u202e"):
        assert exposed.post("/api/login", json={"name": name, "password": "x"}).status_code == 403
    body = json.dumps({"name": "\ud800", "password": "\ud800"}).encode()
    answer = exposed.post("/api/login", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (403, 422)


# --- failures ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.NotInArchive, 404),
        (errors.ReviewRefused, 409),
        (errors.ArchiveReadOnly, 409),
        (errors.ArchiveLocked, 503),
        (errors.ArchiveUnreachable, 503),
        (errors.ArchiveFull, 507),
        (errors.ArchiveDamaged, 500),
    ],
)
def test_what_the_archive_says_comes_through_as_a_sentence(
    client: TestClient,
    archive: Archive,
    monkeypatch: pytest.MonkeyPatch,
    error: type[QuotidianError],
    status: int,
) -> None:
    def fail() -> None:
        raise error("there is no room on the disk: make some")

    monkeypatch.setattr(archive, "counts", fail)
    answer = client.get("/api/counts")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["detail"] == "There is no room on the disk: make some."
    assert ("retry-after" in answer.headers) == (status == 503)


def test_others_are_not_told_where_the_archive_is(
    exposed: TestClient, archive: Archive, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise errors.ArchiveLocked("/srv/secret/news.db: another program is writing")

    me = as_("Rana")
    monkeypatch.setattr(archive, "counts", fail)
    answer = exposed.get("/api/counts", headers=me)
    assert answer.status_code == 503
    assert answer.json()["detail"] == "Somebody else is writing to the archive: try again in a moment."


def test_what_nobody_foresaw_tells_no_secrets(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("the password is heron")

    monkeypatch.setattr(archive, "counts", fail)
    settings = Settings.checked(port=8123)
    client = TestClient(room(archive, settings), base_url=settings.base_url, raise_server_exceptions=False)
    answer = client.get("/api/counts")
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "heron" not in answer.text


def test_an_archive_that_does_not_answer_is_not_well(
    client: TestClient, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise errors.ArchiveUnreachable("the database does not answer")

    monkeypatch.setattr(archive, "users", fail)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "failing"})
