"""What was read waits for an hour, for one user, and only so much of it."""

from threading import Event, Thread

import pytest

from quotidian.errors import LimitExceeded
from quotidian.serve import pending as module
from quotidian.serve.pending import KEPT_FOR, MOST_ARTICLES, MOST_CHARACTERS, Desk, Pending
from quotidian.types import Article

ARTICLE = Article(id="a", text="The ferry sails.")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_an_article_waits_under_a_name_of_its_own() -> None:
    pending = Pending()
    one, other = pending.put(ARTICLE, "Anna"), pending.put(ARTICLE, "Anna")

    assert one != other
    assert pending.get(one, "Anna") is ARTICLE
    pending.drop(one, "Anna")
    assert pending.get(one, "Anna") is None
    assert pending.get(other, "Anna") is ARTICLE


def test_only_who_had_it_read_sees_or_drops_it() -> None:
    pending = Pending()
    name = pending.put(ARTICLE, "Anna")

    pending.drop(name, "Bo")
    assert pending.get(name, "Bo") is None
    assert pending.get(name, "Anna") is ARTICLE


def test_after_an_hour_it_is_gone() -> None:
    clock = Clock()
    pending = Pending(clock)
    name = pending.put(ARTICLE, "Anna")

    clock.now = KEPT_FOR - 1
    assert pending.get(name, "Anna")
    clock.now = KEPT_FOR
    assert pending.get(name, "Anna") is None


def test_the_oldest_goes_first_where_there_are_too_many() -> None:
    pending = Pending()
    names = [pending.put(ARTICLE, "Anna") for _ in range(MOST_ARTICLES + 2)]

    assert [name for name in names if pending.get(name, "Anna") is None] == names[:2]


def test_the_oldest_goes_first_where_there_is_too_much() -> None:
    pending = Pending()
    long = Article(id="b", text="x" * (MOST_CHARACTERS - 5))
    one, other = pending.put(ARTICLE, "Anna"), pending.put(long, "Anna")

    assert pending.get(one, "Anna") is None
    assert pending.get(other, "Anna") is long


def test_a_reader_is_made_when_first_needed_and_stays() -> None:
    made: list[object] = []

    def make() -> object:
        made.append(object())
        return made[-1]

    desk = Desk(make)  # type: ignore[arg-type]
    assert not made
    assert desk.read(lambda reader: ARTICLE) is desk.read(lambda reader: ARTICLE)
    assert len(made) == 1


def test_who_waits_too_long_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_WAIT", 0)
    desk = Desk(lambda: object())  # type: ignore[arg-type,return-value]
    begun, over = Event(), Event()

    def slow(reader: object) -> Article:
        begun.set()
        over.wait()
        return ARTICLE

    other = Thread(target=desk.read, args=(slow,))
    other.start()
    begun.wait()
    with pytest.raises(LimitExceeded, match="Try again"):
        desk.read(lambda reader: ARTICLE)
    over.set()
    other.join()
    assert desk.read(lambda reader: ARTICLE) is ARTICLE


def test_after_an_error_the_next_is_read() -> None:
    desk = Desk(lambda: object())  # type: ignore[arg-type,return-value]

    def fails(reader: object) -> Article:
        raise ValueError

    with pytest.raises(ValueError):
        desk.read(fails)  # type: ignore[arg-type]
    assert desk.read(lambda reader: ARTICLE) is ARTICLE
