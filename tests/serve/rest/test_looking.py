"""What programs can ask; answers are the archive's own."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from tests.serve.rest.conftest import FERRY, every

from quotidian.store.archive import Archive


@pytest.fixture
def client(looking: TestClient) -> TestClient:
    return looking


@pytest.fixture
def archive(unchanged: Archive) -> Archive:
    return unchanged


def test_a_search_gives_statements_with_the_count_of_all(client: TestClient, archive: Archive) -> None:
    found = client.get("/api/statements", params={"q": "ferry"}).json()
    results = archive.search("ferry")
    assert found["total"] == results.total > 0
    assert [item["id"] for item in found["items"]] == [hit.id for hit in results.hits]
    assert found["items"][0]["words"] == results.hits[0].words
    assert set(found["facets"]) == set(results.facets)
    assert len(found["timeline"]) == len(results.timeline)


def test_every_statement_stands_verbatim_in_its_article(client: TestClient) -> None:
    for item in every(client, "/api/statements"):
        text = client.get(f"/api/articles/{item['article']['id']}?text=true").json()["text"]
        for part in ("source", "cue", "content"):
            if item[part] is not None:
                assert item[part]["text"] == " ".join(text[a:b] for a, b in item[part]["spans"])


@pytest.mark.parametrize(
    "query", ["", "ferry", "“", "speaker:", ":::", "𝔬𝔯𝔩𝔢", "'; DROP TABLE users; --", "(" * 500]
)
def test_any_string_is_a_query(client: TestClient, query: str) -> None:
    answer = client.get("/api/statements", params={"q": query})
    assert answer.status_code == 200


@pytest.mark.parametrize("address", ["/api/statements", "/api/queue", "/api/articles", "/api/entities"])
def test_a_list_comes_in_pages_that_lead_to_one_another(client: TestClient, address: str) -> None:
    whole = client.get(address, params={"limit": 200}).json()
    assert whole["next"] is None
    assert len(whole["items"]) > 2
    assert every(client, f"{address}?limit=2") == whole["items"]
    assert whole.get("total") in (None, len(whole["items"]))


def test_a_following_page_asks_the_same(client: TestClient) -> None:
    page = client.get("/api/statements", params={"q": "board", "limit": 1}).json()
    following = client.get(page["next"]).json()
    assert (following["query"], following["total"]) == (page["query"], page["total"])
    assert following["items"][0]["id"] != page["items"][0]["id"]


def test_a_statement_by_its_number(client: TestClient, archive: Archive) -> None:
    hit = archive.search("").hits[0]
    found = client.get(f"/api/statements/{hit.id}").json()
    assert (found["id"], found["key"], found["article"]["own_id"]) == (hit.id, hit.key, hit.article.own_id)


def test_an_article_comes_with_its_text_only_where_that_is_asked_for(client: TestClient) -> None:
    [head] = client.get("/api/articles", params={"own_id": "ferry-1"}).json()["items"]
    without = client.get(f"/api/articles/{head['id']}").json()
    assert without["text"] is None
    assert {**without, "text": FERRY} == client.get(f"/api/articles/{head['id']}?text=true").json()
    assert without["share"]["own_voice"] == without["share"]["letters"] - without["share"]["attributed"]
    assert without == client.get(f"/api/articles/{head['id']}/versions/1").json()


def test_articles_of_one_outlet(client: TestClient) -> None:
    for outlet in client.get("/api/outlets").json():
        listed = client.get("/api/articles", params={"outlet": outlet["outlet"]["id"]}).json()
        assert {item["outlet"]["name"] for item in listed["items"]} == {outlet["outlet"]["name"]}
        assert client.get(f"/api/outlets/{outlet['outlet']['id']}").json()["articles"] == len(listed["items"])


def test_an_entity_with_its_names_and_where_it_appears(client: TestClient) -> None:
    [head] = client.get("/api/entities", params={"name": "Lindqvist", "type": "person"}).json()["items"]
    entity = client.get(f"/api/entities/{head['id']}").json()
    assert entity["head"] == head
    assert "Mara Lindqvist" in [name["name"] for name in entity["names"]]
    appearances = client.get(f"/api/entities/{head['id']}/appearances").json()
    assert appearances["total"] == len(appearances["items"]) == entity["articles"]
    assert {item["entity"] for item in appearances["items"]} == {head["id"]}


@pytest.mark.parametrize("state", ["unsure", "same", "different"])
def test_pairs(client: TestClient, archive: Archive, state: str) -> None:
    pairs = client.get("/api/pairs", params={"state": state}).json()["items"]
    assert len(pairs) == len(archive.pairs(state))  # type: ignore[arg-type]


def test_who_speaks_about_whom(client: TestClient, archive: Archive) -> None:
    edges = client.get("/api/edges").json()
    assert [edge["statements"] for edge in edges] == [edge.statements for edge in archive.edges()]


def test_how_much_there_is(client: TestClient) -> None:
    counts = client.get("/api/counts").json()
    assert counts["articles"] == client.get("/api/articles").json()["total"] == 3
    assert counts["statements"] == client.get("/api/statements").json()["total"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/statements/999",
        "/api/articles/999",
        "/api/articles/1/versions/9",
        "/api/entities/999",
        "/api/entities/999/appearances",
        "/api/outlets/999",
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json()["detail"].endswith(".")
    assert answer.json()["status"] == 404


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("/api/statements?limit=0", "limit"),
        ("/api/statements?limit=201", "limit"),
        ("/api/statements?offset=100001", "offset"),
        ("/api/statements?offset=-1", "offset"),
        ("/api/statements?offset=99999999999999999999999999", "offset"),
        ("/api/statements?sort=up", "sort"),
        ("/api/statements?q=a%00b", "q"),
        ("/api/statements?q=" + "a" * 2_001, "q"),
        ("/api/statements/0", "id"),
        ("/api/statements/-1", "id"),
        ("/api/statements/2147483648", "id"),
        ("/api/statements/99999999999999999999999", "id"),
        ("/api/statements/1e400", "id"),
        ("/api/statements/%00", "id"),
        ("/api/statements/٣x", "id"),
        ("/api/entities?type=ghost", "type"),
        ("/api/entities?name=%00", "name"),
        ("/api/articles?own_id=%00", "own_id"),
        ("/api/articles?outlet=x", "outlet"),
        ("/api/pairs?state=x", "state"),
        ("/api/reviews?statement=2147483648", "statement"),
    ],
)
def test_what_no_archive_could_hold_is_refused_with_its_place(
    client: TestClient, address: str, where: str
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert [wrong["where"] for wrong in answer.json()["errors"]] == [where]
    assert answer.json()["detail"].startswith(where)


@pytest.mark.parametrize("query", ["%ff%fe", "%ED%A0%80", "%E2%80%AE", "%C3", "😀", "%0a%0d%1b"])
def test_bytes_that_are_no_text_harm_nobody(client: TestClient, query: str) -> None:
    for address in ("/api/statements?q=", "/api/entities?name=", "/api/articles?own_id=", "/api/edges?q="):
        assert client.get(address + query).status_code == 200


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [("GET", "/api/nothing", 404), ("PATCH", "/api/statements", 405), ("DELETE", "/api/counts", 405)],
)
def test_what_is_not_offered_is_said_so(client: TestClient, method: str, address: str, status: int) -> None:
    answer = client.request(method, address)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert len(answer.json()["detail"].split()) > 3


def test_the_same_question_gives_the_same_bytes(client: TestClient) -> None:
    for address in ("/api/statements?q=ferry", "/api/openapi.json", "/api/articles/1?text=true"):
        assert client.get(address).content == client.get(address).content


def test_the_description_names_every_operation_and_fetches_nothing(client: TestClient) -> None:
    description = client.get("/api/openapi.json").json()
    assert description["openapi"].startswith("3.1")
    page = client.get("/api/").text
    for path in description["paths"]:
        assert f"/api{path}" in page
    assert "<script" not in page and "http:" not in page and "https:" not in page


def test_whether_the_archive_answers(client: TestClient) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_every_export_of_a_query_is_named(client: TestClient) -> None:
    exports = client.get("/api/exports", params={"q": "ferry & bridge"}).json()
    assert {"statements", "articles", "entities"} <= {export["what"] for export in exports}
    assert "/export/statements.csv?q=ferry+%26+bridge" in [export["href"] for export in exports]
