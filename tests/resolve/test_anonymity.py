"""Why a source is not named."""

from __future__ import annotations

import pytest

from quotidian.encoder.words import words_of
from quotidian.resolve.anonymity import why_unnamed
from quotidian.resolve.layout import Layout
from resolve.scene import parsed, tokenizer


def why(marked: str) -> str | None:
    """Why the source of the last attribution is not named."""
    text, _, attributions = parsed(marked)
    found = why_unnamed(Layout.of(text, words_of(text, tokenizer()), attributions), attributions[-1])
    if found is not None:
        ((start, end),) = found.spans
        assert text[start:end] == found.text
    return found.text if found else None


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "{X1 “No,”} {C1 said} {S1 an aide who spoke on condition of anonymity because talks go on}.",
            "spoke on condition of anonymity because talks go on",
        ),
        (
            "{S1 An aide}, speaking on the condition of anonymity to discuss the talks, {C1 said} {X1 no}.",
            "speaking on the condition of anonymity to discuss the talks",
        ),
        ("{S1 A clerk who declined to be named} {C1 said} {X1 no}.", "declined to be named"),
        ("{S1 A clerk}, who asked not to be identified, {C1 said} {X1 no}.", "asked not to be identified"),
        (
            "{X1 No}, {C1 according to} {S1 a guard who was not authorised to speak publicly}.",
            "was not authorised to speak publicly",
        ),
        (
            "{X1 “No,”} {S1 the clerk} {C1 said}. She requested anonymity for fear of losing her job.",
            "requested anonymity for fear of losing her job",
        ),
        ("{S1 A guard who didn’t want to be named} {C1 said} {X1 no}.", "didn’t want to be named"),
    ],
)
def test_the_reason_is_given_in_the_article_s_words(marked: str, expected: str) -> None:
    assert why(marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "{S1 An aide} {C1 said} {X1 no}.",
        "{S1 An aide} {C1 said} {X1 that Ode had spoken on condition of anonymity}.",
        "{S1 An aide} {C1 said} {X1 no}.\n\nShe requested anonymity.",
        "{C1 It was said} {X1 that no} by one who declined to be named.",
    ],
)
def test_no_reason_is_made_up(marked: str) -> None:
    assert why(marked) is None
