"""quotidian match: a service is asked, a person decides."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from functools import partial

import pytest

from quotidian import cli, reconcile, store
from reconcile.service import LINDQVIST, Service


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    running = Service()
    monkeypatch.setattr(reconcile, "Client", partial(reconcile.Client, pace=0.0))
    yield running
    running.stop()


def number_of(news: str, name: str) -> int:
    with store.opened(news) as archive:
        return archive.entities(name)[0].id


def matched(news: str, service: Service, *words: str) -> int:
    return cli.main(["match", news, *words, "--service", service.address, "--allow-private-hosts"])


def test_candidates_are_shown_and_nothing_is_kept(news, service, capsys):
    assert matched(news, service, str(number_of(news, "Orrin"))) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Tam Orrin (entity ")
    assert lines[1].startswith(
        "  W7  Mara Lindqvist: Ostmerian politician  [98.5, the service is sure]  https://"
    )
    with store.opened(news) as archive:
        assert archive.reviews() == ()


def test_nothing_but_what_is_needed_is_sent(news, service, capsys):
    matched(news, service, str(number_of(news, "Orrin")))
    assert [query["query"] for batch in service.batches for query in batch.values()] == ["Tam Orrin"]


def test_without_numbers_the_most_quoted_are_asked_for(news, service, capsys):
    assert matched(news, service, "--limit", "2") == 0
    assert capsys.readouterr().out.count("(entity ") == 2


def test_the_one_that_a_person_chose_is_kept_under_the_services_name(news, service, capsys):
    orrin = number_of(news, "Orrin")
    assert matched(news, service, str(orrin), "--accept", LINDQVIST["id"], "--by", "Edda") == 0
    assert capsys.readouterr().out == "Tam Orrin is W7, Mara Lindqvist\n"
    with store.opened(news) as archive:
        (kept,) = archive.entity(orrin).identifiers
        assert (kept.service, kept.identifier) == ("Who is who of Ostmere", "W7")
        assert [one.by for one in archive.reviews()] == ["Edda"]


def test_wikidata_is_kept_as_wikidata_so_that_exports_know_it(news, service, capsys):
    service.manifest["identifierSpace"] = "http://www.wikidata.org/entity/"
    orrin = number_of(news, "Orrin")
    matched(news, service, str(orrin), "--accept", LINDQVIST["id"], "--by", "Edda")
    with store.opened(news) as archive:
        assert archive.entity(orrin).identifiers[0].service == "wikidata"


@pytest.mark.parametrize(
    "words, told",
    [
        (["--accept", "W7"], "--accept is for one ENTITY: name it"),
        (["1", "--accept", "W99"], "W99 is not among the candidates"),
        (["999"], "999"),
    ],
)
def test_what_does_not_fit_is_said(news, service, capsys, words, told):
    assert matched(news, service, *words, "--by", "Edda") == 2
    assert told in capsys.readouterr().err


def test_one_who_is_not_known_has_to_give_a_name(news, service, capsys, monkeypatch):
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert matched(news, service, "1") == 0
    assert matched(news, service, "1", "--accept", "W7") == 2
    assert "add --by NAME" in capsys.readouterr().err


def test_an_address_that_is_no_service_or_private_is_named(news, service, capsys):
    assert cli.main(["match", news, "1", "--service", service.address]) == 2
    assert service.address in capsys.readouterr().err
    assert service.paths == []
