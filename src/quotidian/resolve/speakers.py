"""Sources and figures → speakers: who is speaking, of what kind, and why we think so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from quotidian.resolve.figures import Cast, Figure, Link
from quotidian.resolve.layout import Layout
from quotidian.resolve.phrases import RELATIVE, THEY, WE, I, is_plural, is_subject
from quotidian.resolve.sources import Source
from quotidian.types import Attribution, Evidence, Mention, Speaker, SpeakerKind, Who

# A name less sure than this is not given: the statement says who it may be.
LEAST_SURE = 0.5
_KIND_OF: dict[str, SpeakerKind] = {
    "person": "person",
    "organisation": "organisation",
    "place": "organisation",
    "group": "people",
    "document": "document",
}
NOBODY = Speaker("none", None, None, 0.9, evidence=(Evidence("the text names no source"),))


class Speakers:
    """Tells who speaks in each attribution of one article."""

    def __init__(
        self,
        layout: Layout,
        mentions: Sequence[Mention],
        attributions: Sequence[Attribution],
        sources: Sequence[Source | None],
        cast: Cast,
    ):
        """``sources`` has what each attribution's source says, None where there is none."""
        self._layout = layout
        self._mentions = mentions
        self._attributions = attributions
        self._sources = sources
        self._cast = cast

    def figure(self, k: int) -> Figure | None:
        """The named figure that speaks in attribution ``k``, as far as is known by now."""
        source = self._sources[k]
        if source is None or not source.heads:
            return None
        return self._cast.of(source.heads[0])

    def speaker(self, k: int, parent: Speaker | None) -> Speaker:
        """Who speaks in attribution ``k``; ``parent`` is who speaks in the one around it."""
        source = self._sources[k]
        if source is None:
            return self._elided(k) or NOBODY
        if source.pronoun in I | WE and parent is not None and parent.kind != "none":
            because = Evidence("inside these words, the one whose words they are", source.passage)
            return Speaker(
                parent.kind,
                parent.entity,
                parent.name,
                0.9 * parent.confidence,
                evidence=(because, *parent.evidence),
            )
        if source.passage.text in {"Q", "A"}:
            return self._in_an_interview(source)
        if source.kind == "author":
            because = Evidence("the writer’s own “I” or “we”", source.passage)
            return Speaker("author", None, None, 0.8, evidence=(because,))
        links = [(i, self._cast.links.get(i)) for i in source.heads]
        if links and links[0][1] is not None:
            return self._of_figure(source, links)
        return self._described(source)

    def _in_an_interview(self, source: Source) -> Speaker:
        """Q asks for the outlet; A is whoever alone was named before the first question, if so."""
        seen = Evidence("the letter that stands for who is asking or answering", source.passage)
        if source.passage.text == "Q":
            return Speaker("author", None, None, 0.6, evidence=(seen,))
        before = {
            figure.number: figure
            for i, mention in enumerate(self._mentions)
            if mention.passage.start < source.passage.start
            and self._layout.owner[self._layout.word_at(mention.passage.start)] == -1
            and (figure := self._cast.of(i)) is not None
            and figure.type == "person"
            and figure.names
        }
        if len(before) != 1:
            maybe = tuple(Who(one.id, one.name, round(1 / len(before), 2)) for one in before.values())
            return Speaker("person", None, None, 0.3, maybe=maybe, evidence=(seen,))
        (figure,) = before.values()
        only = Evidence("the only person named outside of questions and answers", figure.fullest)
        return Speaker("person", figure.id, figure.name, 0.7, evidence=(seen, only))

    def _elided(self, k: int) -> Speaker | None:
        """Who speaks where the cue is a participle without a subject: "Lund left, saying it was late".

        It is who speaks in the sentence before the cue, or the sentence's subject.
        """
        one = self._attributions[k]
        layout, word = self._layout, self._layout.word_at(one.cue.start)
        if one.depth or not layout.token(word).endswith("ing") or word >= len(layout):
            return None
        here = layout.sentence[word]
        for j in range(k - 1, max(-1, k - 4), -1):
            other, source = self._attributions[j], self._sources[j]
            if other.depth == 0 and source is not None and source.heads:
                i = source.heads[0]
                begins = layout.word_at(other.cue.start)
                if begins < word and layout.sentence[begins] == here:
                    return self._subject(i, "who speaks in the same sentence")
        for i in self._mentions_before(one.cue.start):
            begins = layout.word_at(self._mentions[i].passage.start)
            is_theirs = layout.owner[begins] == -1 and is_subject(layout, self._mentions[i])
            if is_theirs and self._cast.of(i) is not None:
                return self._subject(i, "the subject of the sentence")
        return None

    def _mentions_before(self, offset: int) -> Iterator[int]:
        """Mentions of a place's sentence that begin before it, from the first of the forty before it."""
        end = bisect_left(self._mentions, offset, key=lambda mention: mention.passage.start)
        here = self._layout.sentence[min(self._layout.word_at(offset), len(self._layout) - 1)]
        for i in range(max(0, end - 40), end):
            if self._layout.sentence[self._layout.word_at(self._mentions[i].passage.start)] == here:
                yield i

    def _subject(self, i: int, why: str) -> Speaker | None:
        link = self._cast.links.get(i)
        if link is None or link.figure is None or link.figure.type not in {"person", "organisation"}:
            return None
        if link.confidence < LEAST_SURE or not self._named(link.figure):
            return None
        because = Evidence(why, self._mentions[i].passage)
        figure, sure = link.figure, round(0.8 * link.confidence, 4)
        return Speaker(_KIND_OF[figure.type], figure.id, figure.name, sure, evidence=(because, *link.because))

    def _of_figure(self, source: Source, links: list[tuple[int, Link | None]]) -> Speaker:
        i, link = links[0]
        assert link is not None
        seen = Evidence("the source’s words", self._mentions[i].passage)
        if link.figure is None:
            maybe = tuple(Who(f.id or None, f.name, round(1 / len(link.maybe), 2), ()) for f in link.maybe)
            kinds = {_KIND_OF[f.type] for f in link.maybe}
            kind: SpeakerKind = source.kind or (kinds.pop() if len(kinds) == 1 else "unnamed")
            return Speaker(kind, None, None, link.confidence, maybe=maybe, evidence=(seen, *link.because))
        figure = link.figure
        kind = self._kind(source, figure, i)
        if kind not in {"person", "organisation", "document"}:
            name = self._words(source) if source.pronoun is None else figure.name
        else:
            name = figure.name
        if link.confidence < LEAST_SURE:
            maybe = (Who(figure.id, figure.name, link.confidence, link.because),)
            return Speaker(kind, None, None, link.confidence, maybe=maybe, evidence=(seen, *link.because))
        return Speaker(
            kind,
            figure.id,
            name,
            link.confidence,
            also=self._also(source, links[1:]),
            evidence=(seen, *link.because),
        )

    def _kind(self, source: Source, figure: Figure, i: int) -> SpeakerKind:
        if self._named(figure):
            return _KIND_OF[figure.type] if figure.type != "group" else (source.kind or "people")
        if source.kind is not None:
            return source.kind
        if source.pronoun in THEY:
            return "organisation" if figure.type == "organisation" else "people"
        if figure.type == "person":
            return "people" if is_plural(figure.name) else "unnamed"
        return _KIND_OF[figure.type]

    def _named(self, figure: Figure) -> bool:
        """Whether a figure has a name, its own or its leader's: "the Lund campaign"."""
        return bool(figure.names) or figure.led

    def _also(self, source: Source, links: list[tuple[int, Link | None]]) -> tuple[Who, ...]:
        found: list[Who] = []
        more = [*links, *((i, self._cast.links.get(i)) for i in source.including)]
        for i, link in more:
            figure = link.figure if link else None
            passage = self._mentions[i].passage
            because = Evidence("speaks with them in the source’s words", passage)
            name = figure.name if figure else passage.text
            found.append(
                Who(figure.id if figure else None, name, link.confidence if link else 0.5, (because,))
            )
        return tuple(found)

    def _described(self, source: Source) -> Speaker:
        """Nobody with a name: the source's own words say who it is."""
        seen = Evidence("the source’s words", source.passage)
        if source.pronoun is not None:
            if source.pronoun in RELATIVE | THEY:
                return Speaker("people", None, None, 0.3, evidence=(seen,))
            return Speaker("unnamed", None, None, 0.3, evidence=(seen,))
        if source.kind is None:
            return Speaker("none", None, None, 0.3, evidence=(seen,))
        name = None if source.kind == "none" else self._words(source)
        return Speaker(source.kind, None, name, 0.7, also=self._also(source, []), evidence=(seen,))

    def _words(self, source: Source) -> str:
        return source.passage.text.strip(" ,")
