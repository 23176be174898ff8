"""What noun phrases and pronouns show by their own words: head, number, definiteness, place in a sentence."""

from __future__ import annotations

from quotidian.resolve.layout import Layout
from quotidian.resolve.lexicon import word_lists
from quotidian.types import Mention, Span

_WORDS = word_lists("words.txt")

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
I = frozenset({"i", "me", "my", "mine", "myself"})  # noqa: E741 - the pronoun itself
WE = frozenset({"we", "us", "our", "ours", "ourselves"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
IT = frozenset({"it", "its", "itself"})
RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
DEFINITE = frozenset({"the", "this", "that", "his", "her", "their", "its", "our", "my", "these", "those"})
_POSTMODIFIER = _WORDS["postmodifiers"] | {","}
SOME = _WORDS["some"]

NUMBERS = _WORDS["numbers"]


def head_word(layout: Layout, span: Span) -> int:
    """The index of a noun phrase's head: its last word before what describes it from behind.

    A possessive at the end ("the president's") is not it.
    """
    words = layout.words_in(span)
    first = words.start
    for i in words:
        if i > first and (layout.lower[i] in _POSTMODIFIER or layout.tokens[i] in {"–", "—", "-"}):
            joined = layout.tokens[i] == "-" and layout.end[i - 1] == layout.start[i]
            if joined or (layout.lower[i] == "in" and layout.lower[i - 1] in NUMBERS):  # "six in ten voters"
                continue
            words = range(first, i)
            break
    last = words.stop - 1
    while last > first and (
        layout.lower[last] in {"s", "'", "’", "”", '"', ")", "."} or not layout.tokens[last][0].isalnum()
    ):
        last -= 1
    return last


def is_plural(description: str) -> bool:
    """Whether a description is of several: "McConnell's aides", "29 others", "people"."""
    first, *_, noun = f"{description} {description}".lower().split()
    if first in SOME or first.isdigit() or noun in {"people", "men", "women", "police", "staff"}:
        return True
    return noun.endswith("s") and not noun.endswith(("ss", "’s", "'s"))


def is_subject(layout: Layout, mention: Mention) -> bool:
    """Whether a mention begins its sentence but for a few words, and no preposition stands before it."""
    word = layout.word_at(mention.passage.start)
    first = word
    while first > 0 and word - first < 9 and layout.sentence[first - 1] == layout.sentence[word]:
        first -= 1
    before = layout.lower[first:word]
    if word - first >= 9:
        return False
    return not before or before[-1] not in {
        "of",
        "for",
        "to",
        "with",
        "by",
        "from",
        "on",
        "in",
        "at",
        "against",
    }
