"""Contents → whom they are about: the people, bodies and named groups that something is said of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from quotidian.resolve.figures import Cast, Figure
from quotidian.resolve.layout import Layout
from quotidian.types import Attribution, Evidence, Mention, Speaker, Who

# A place right after one of these is only a place: "in Ostmere".
_WHERE = frozenset(
    {
        "in",
        "at",
        "from",
        "near",
        "across",
        "throughout",
        "outside",
        "inside",
        "around",
        "into",
        "to",
        "through",
    }
)


def abouts(
    layout: Layout,
    mentions: Sequence[Mention],
    attributions: Sequence[Attribution],
    cast: Cast,
    speakers: Sequence[Speaker],
) -> tuple[tuple[Who, ...], ...]:
    """For each attribution, those whom its content says something of; the speaker is not one of them."""
    begins = [mention.passage.start for mention in mentions]
    made = []
    for one, speaker in zip(attributions, speakers, strict=True):
        found: dict[int, tuple[Figure, float, Evidence]] = {}
        for a, b in one.content.spans:
            for i in range(bisect_left(begins, a), bisect_left(begins, b)):
                link = cast.links.get(i)
                figure = link.figure if link else None
                if (
                    figure is None
                    or link is None
                    or not figure.id
                    or figure.number in found
                    or not _counts(figure)
                ):
                    continue
                if figure.id == speaker.entity or any(w.entity == figure.id for w in speaker.also):
                    continue
                if _only_describes(layout, mentions[i], figure):
                    continue
                because = Evidence("spoken of in the content", mentions[i].passage)
                found[figure.number] = (figure, link.confidence, because)
        made.append(
            tuple(
                Who(figure.id, figure.name, round(0.9 * sure, 3), (because,))
                for figure, sure, because in found.values()
            )
        )
    return tuple(made)


def _counts(figure: Figure) -> bool:
    """Whether a figure is somebody: a person, a body, a place that may act, or a group, by name."""
    return figure.type != "document" and (bool(figure.names) or figure.led)


def _only_describes(layout: Layout, mention: Mention, figure: Figure) -> bool:
    """Whether a name only says where, or which: "in Ostmere", "the Ostmere rally"."""
    first = layout.word_at(mention.passage.start)
    last = layout.word_at(mention.passage.end - 1)
    if figure.type == "place":
        before = layout.token(first - 1) if layout.token(first - 1) != "the" else layout.token(first - 2)
        if before in _WHERE or layout.token(last + 1) in {",", "—", "–"}:
            return True
    return False
