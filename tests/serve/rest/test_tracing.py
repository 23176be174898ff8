"""Traces, lists, stories and copies for programs: the same as on the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.serve.rest.conftest import every, room

from quotidian.serve.access.settings import Settings
from quotidian.store.archive import Archive
from serve.pages.gates import ALONE, GATES, TWO_SENTENCES, joined

As = Callable[[str], dict[str, str]]


@pytest.fixture
def gates(tmp_path: Path) -> Iterator[Archive]:
    """One invented sentence in seven outlets, joined."""
    with joined(tmp_path) as archive:
        yield archive


@pytest.fixture
def client(gates: Archive) -> TestClient:
    settings = Settings.checked(port=8123)
    return TestClient(room(gates, settings), base_url=settings.base_url)


def outlets(trace) -> list[str]:  # type: ignore[no-untyped-def]
    return [report["hit"]["article"]["outlet"]["name"] for report in trace["reports"]]


def test_a_trace_has_its_reports_in_order_each_with_the_interval_in_which_it_appeared(
    client: TestClient,
) -> None:
    (head, *_) = client.get("/api/utterances").json()["items"]
    trace = client.get(f"/api/utterances/{head['id']}").json()
    assert trace["head"] == head
    assert outlets(trace) == ["Marlow Herald", "Orle Press Agency", "Harbour Post", "Tarn Courier"]
    assert [report["may_be_first"] for report in trace["reports"]] == [True, True, False, False]
    assert trace["reports"][0]["appeared"]["earliest"] == "2031-03-04T10:00:00Z"
    assert trace["reports"][0]["appeared"]["published"] == "2031-03-05"
    assert trace["reports"][0]["alignment"] is None
    assert trace["reports"][2]["relation"] == "copy"
    assert trace["reports"][3]["credited_to"]["name"] == "Harbour Post"


def test_the_words_of_a_report_stand_verbatim_in_its_article(client: TestClient) -> None:
    for head in every(client, "/api/utterances?limit=2"):
        for report in client.get(f"/api/utterances/{head['id']}").json()["reports"]:
            text = client.get(f"/api/articles/{report['hit']['article']['id']}?text=true").json()["text"]
            spans = report["content"]["spans"]
            assert report["content"]["text"] == " ".join(text[start:end] for start, end in spans)


def test_what_contradicts_is_told_with_the_reason_and_kept_apart(client: TestClient) -> None:
    (head, *_) = client.get("/api/utterances").json()["items"]
    trace = client.get(f"/api/utterances/{head['id']}").json()
    told = {hit["article"]["outlet"]["name"]: link["conflict"] for hit, link in trace["conflicting"]}
    assert told == {"Estrin Gazette": "negation", "Kelda Mail": "speaker"}
    assert not set(told) & set(outlets(trace))


def test_the_utterances_of_a_statement_are_those_that_its_page_shows(
    client: TestClient, gates: Archive
) -> None:
    for hit in gates.every(""):
        found = client.get(f"/api/statements/{hit.id}/utterances").json()
        assert tuple(one["head"]["id"] for one in found) == gates.utterances_of(hit.id)
        assert hit.id in [report["hit"]["id"] for one in found for report in one["reports"]]


@pytest.mark.parametrize("name", ["repeated", "changed", "only", "unsourced"])
def test_a_list_comes_in_pages(client: TestClient, gates: Archive, name: str) -> None:
    found = every(client, f"/api/utterances?list={name}&limit=1")
    assert [one["id"] for one in found] == [one.id for one in gates.utterances(name)]  # type: ignore[arg-type]


def test_a_list_obeys_the_query(client: TestClient) -> None:
    (one,) = client.get("/api/utterances", params={"list": "only", "q": "outlet:vell"}).json()["items"]
    assert one["content"] == ALONE.statements[0].attribution.content.text


def test_copies_and_stories(client: TestClient, gates: Archive) -> None:
    (agency,) = gates.search('outlet:"Orle Press Agency"').hits
    copies = client.get(f"/api/articles/{agency.article.id}/copies").json()
    exact = [one for one in copies if one["copied"]["kind"] == "exact"]
    assert [one["b"]["outlet"]["name"] for one in exact] == ["Harbour Post"]
    for (a, b), (c, d) in exact[0]["copied"]["runs"]:
        one, other = (gates.article(exact[0][name]["id"]).article.text for name in "ab")
        assert one[a:b] == other[c:d] and GATES in one[a:b]
    stories = every(client, "/api/stories")
    of = client.get(f"/api/articles/{agency.article.id}/story").json()
    assert of["head"] in stories
    assert client.get(f"/api/stories/{of['head']['id']}").json() == of
    assert agency.article.id in [head["id"] for head in of["articles"]]


def test_not_the_same_and_the_same_are_reviews_and_can_be_taken_back(client: TestClient) -> None:
    def reports() -> int:
        return int(client.get("/api/utterances").json()["items"][0]["reports"])

    one, two = (client.get("/api/statements", params={"q": f"outlet:{name}"}).json()["items"][0]["id"]
                for name in ("marlow", "vell"))  # fmt: skip
    assert reports() == 4
    made = client.post(
        "/api/reviews", json={"kind": "same_utterance", "statement": one, "payload": {"other": two}}
    ).json()
    assert reports() == 5
    trace = client.get(f"/api/utterances/{client.get('/api/utterances').json()['items'][0]['id']}").json()
    assert [(link["rule"], link["by"]) for link in trace["links"] if link["by"]] == [("review", "local")]
    assert client.post("/api/reviews", json={"kind": "undo", "undoes": made["id"]}).status_code == 201
    assert reports() == 4


@pytest.mark.parametrize("other", [None, "one", 1.5, 0, -1, 2**40])
def test_a_number_that_is_none_is_refused(client: TestClient, other: object) -> None:
    body = {"kind": "other_utterance", "statement": 1, "payload": {"other": other}}
    answer = client.post("/api/reviews", json=body)
    assert answer.status_code == 422 and answer.json()["detail"]


def test_a_statement_is_not_another_report_of_itself(client: TestClient) -> None:
    body = {"kind": "same_utterance", "statement": 1, "payload": {"other": 1}}
    assert client.post("/api/reviews", json=body).status_code == 409


@pytest.mark.parametrize(
    "path",
    [
        "/api/utterances/0123456789abcdef",
        "/api/utterances/0123456789abcdef/1",
        "/api/statements/999/utterances",
        "/api/stories/999",
        "/api/articles/999/story",
        "/api/articles/999/copies",
        "/api/utterances/a%0Ab",
    ],
)
def test_what_is_not_there_is_a_problem_in_json(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_what_waits_is_counted_and_an_owner_joins_it(client: TestClient, gates: Archive) -> None:
    assert client.get("/api/join").json() == {"articles": 0}
    gates.add(TWO_SENTENCES)
    assert client.get("/api/join").json() == {"articles": 1}
    assert client.post("/api/join", json={}).json()["articles"] == 1
    assert client.get("/api/join").json() == {"articles": 0}


def test_who_may_what(exposed: TestClient, as_: As) -> None:
    said = {"kind": "other_utterance", "statement": 1, "payload": {"other": 2}}
    assert exposed.get("/api/utterances").status_code == 401
    assert exposed.get("/api/utterances", headers=as_("Rana")).status_code == 200
    assert exposed.post("/api/reviews", json=said, headers=as_("Rana")).status_code == 403
    assert exposed.post("/api/reviews", json=said, headers=as_("Vidar")).status_code in (201, 409)
    assert exposed.post("/api/join", json={}, headers=as_("Vidar")).status_code == 403
    assert exposed.post("/api/join", json={}, headers=as_("Olav")).status_code == 200
