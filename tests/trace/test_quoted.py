"""When two articles have their quotations from one another, though the words around are their own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotidian.trace.quoted import Quoted, quoted_alike
from quotidian.types import Span

SAID = {
    "Mara Quill": "I thought it was the lamp of the ferry",
    "Ivo Brann": "nobody on the quay has paid the toll",
    "Oda Lind": "it is as dry as a biscuit in there",
    "the harbour master": "we shall count the ropes again on Monday",
    "Ruth Ask": "my mother was born on that very boat",
}


def made(speakers: list[str], *, around: str = "said") -> tuple[str, list[Quoted]]:
    """A text with what some people said, each with words of its own around."""
    text, quoted = "", []
    for name in speakers:
        words = SAID.get(name, f"this is what {name} alone was asked")
        text += f"{around} {name}: “"
        quoted.append(Quoted(name, (Span(len(text), len(text) + len(words)),)))
        text += f"{words}.” "
    return text, quoted


def kind(one: list[str], other: list[str]) -> str:
    (a, quoted_a), (b, quoted_b) = made(one), made(other, around="as was laughed by")
    return quoted_alike(a, b, quoted_a, quoted_b).kind


ALL = list(SAID)


def test_the_words_of_four_people_and_hardly_others_are_taken() -> None:
    assert kind(ALL, [*ALL[:4], "Una", "Tor"]) == "partial"


def test_the_words_of_three_people_may_be_heard_by_two_reporters() -> None:
    assert kind(ALL, ALL[:3]) == "independent"


def test_four_among_many_others_may_be_heard_by_two_reporters() -> None:
    asked = [f"person {n}" for n in range(6)]
    guests = [f"guest {n}" for n in range(6)]
    assert kind([*ALL[:4], *asked], [*ALL[:4], *guests]) == "independent"


def test_much_of_one_speaker_is_one_speech() -> None:
    text, quoted = made(ALL)
    speech = [Quoted("Mara Quill", one.spans) for one in quoted]
    assert quoted_alike(text, text, speech, speech).kind == "independent"


def test_no_quotations_are_no_copy() -> None:
    assert quoted_alike("", "", [], []).kind == "independent"


@given(st.permutations(ALL), st.permutations(ALL), st.integers(4, 5))
def test_runs_are_the_same_words_whichever_article_comes_first(
    one: list[str], other: list[str], count: int
) -> None:
    (a, quoted_a), (b, quoted_b) = made(one), made(other[:count], around="laughed")
    found = quoted_alike(a, b, quoted_a, quoted_b)
    turned = quoted_alike(b, a, quoted_b, quoted_a)
    assert found.kind == turned.kind == "partial"
    assert (found.share_a, found.share_b) == (turned.share_b, turned.share_a)
    assert set(found.runs) == {(mine, theirs) for theirs, mine in turned.runs}
    for mine, theirs in found.runs:
        assert a[mine.start : mine.end] == b[theirs.start : theirs.end]
