"""Pronouns → figures, by clues that are added up; the best one wins if it is clearly the best.

The clues are the classical ones of pronoun resolution (recency, subjecthood, parallel role,
repetition: Lappin and Leass, "An algorithm for pronominal anaphora resolution", Computational
Linguistics 20(4), 1994), and one of the news: who spoke last goes on speaking. They are weighed as in
a log-linear model of the candidates; the weights were fitted on the train documents of GUM.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import exp, log

from quotidian.resolve.figures import Cast, Figure, Link
from quotidian.resolve.layout import Layout
from quotidian.resolve.lexicon import word_lists
from quotidian.resolve.phrases import HE, IT, RELATIVE, SHE, THEY, I, is_plural, is_subject
from quotidian.types import Evidence, Mention

_WORDS = word_lists("words.txt")

_OBJECT = frozenset({"him", "himself", "herself", "them", "themselves"})
# A pronoun is looked back from so many sentences; what lies further has to be named again.
FARTHEST = 6
# How many figures, the nearest first, are weighed.
MOST = 12
# A relative pronoun is this near to the beginning of what it stands for, in words.
_RELATIVE_REACH = 12
_DESCRIBING = frozenset({"of", "in", "for", "at", "from", "with", "on", "to", "familiar", "close"})
# A figure is chosen if its share of the probability is as much; else it is not clear who is meant.
CLEAR = 0.55


@dataclass(frozen=True, slots=True)
class Case:
    """A pronoun and a figure it may stand for, seen from the figure's last mention before it."""

    layout: Layout
    word: int
    pronoun: str
    mention: Mention
    at: int
    figure: Figure
    spoke_last: bool
    speaks_here: bool

    @property
    def sentences(self) -> int:
        """How many sentences back the figure's mention stands."""
        return self.layout.sentence[self.word] - self.layout.sentence[self.at]


@dataclass(frozen=True, slots=True)
class Clue:
    """A reason for or against, its weight, and in what words a reader is told of it (or is not)."""

    weight: float
    holds: Callable[[Case], float]
    words: str = ""


def _near(case: Case) -> float:
    return -min(case.sentences, 4.0)


def _same_sentence(case: Case) -> float:
    return float(case.sentences == 0)


def _words_between(case: Case) -> float:
    return -min(case.word - case.at, 60) / 30


def _called_so_there(case: Case) -> float:
    return float(case.mention.form == "pronoun" and case.mention.passage.text.lower() in HE | SHE)


def _possessor(case: Case) -> float:
    return float(case.layout.token(case.layout.word_at(case.mention.passage.end - 1) + 1) in {"'", "’"})


def _within_another_content(case: Case) -> float:
    owner = case.layout.owner[case.at]
    return float(owner != -1 and owner != case.layout.owner[case.word])


def _without_name(case: Case) -> float:
    return float(not case.figure.names)


def _called_so(case: Case) -> float:
    she = case.figure.she if case.pronoun in SHE else -case.figure.she
    return max(-4.0, min(1.0, she / 2))


def _often(case: Case) -> float:
    return log(len(case.figure.mentions)) / 3


def _object_beside_its_subject(case: Case) -> float:
    if case.pronoun not in _OBJECT or case.sentences or case.word - case.at > 6:
        return 0.0
    between = case.layout.lower[case.at : case.word]
    return float("," not in between and "that" not in between)


def _spoke_last(case: Case) -> float:
    return float(case.spoke_last)


def _speaks_here(case: Case) -> float:
    return float(case.speaks_here and not case.layout.quoted[case.word])


def _quoted_here(case: Case) -> float:
    return float(case.speaks_here and case.layout.quoted[case.word])


# Fitted on GUM's train documents (``python -m training.pronouns``), but for what only news has:
# who spoke last, who speaks here, and whether somebody has a name.
CLUES = (
    Clue(0.57, _near, "named shortly before"),
    Clue(0.17, _same_sentence),
    Clue(1.11, _words_between),
    Clue(2.3, _called_so_there, "called by the same pronoun there"),
    Clue(1.84, _called_so, "such a pronoun fits"),
    Clue(0.6, _often, "named often"),
    Clue(-0.43, _possessor),
    Clue(-0.93, _object_beside_its_subject),
    Clue(-0.5, _within_another_content),
    Clue(-0.8, _without_name),
    Clue(0.7, _spoke_last, "who spoke last"),
    Clue(0.5, _speaks_here, "who is speaking"),
    Clue(-6.0, _quoted_here),
)


class Pronouns:
    """Resolves the pronouns of one article against its cast."""

    def __init__(
        self, layout: Layout, mentions: Sequence[Mention], cast: Cast, speaker: Callable[[int], Figure | None]
    ):
        """``speaker`` tells the figure that speaks in an attribution (by its index), if it is known."""
        self._layout = layout
        self._mentions = mentions
        self._cast = cast
        self._speaker = speaker
        self._at = [layout.word_at(mention.passage.start) for mention in mentions]

    def link(self, i: int, last_speaker: Figure | None) -> Link | None:
        """What the pronoun ``mentions[i]`` stands for; None if it stands for nothing of ours."""
        pronoun = self._mentions[i].passage.text.lower()
        if pronoun in HE | SHE:
            return self._personal(i, last_speaker)
        if pronoun in I:
            return self._first(i)
        if pronoun in RELATIVE:
            return self._relative(i, pronoun)
        if pronoun in THEY | IT:
            return self._nearest(i, pronoun, last_speaker)
        return None

    def _owner_speaks(self, i: int) -> Figure | None:
        owner = self._layout.owner[self._at[i]]
        return self._speaker(owner) if owner >= 0 else None

    def _first(self, i: int) -> Link | None:
        figure = self._owner_speaks(i)
        if figure is None:
            return None
        return Link(figure, (Evidence("the one whose words these are", figure.fullest),), 0.9)

    def _relative(self, i: int, pronoun: str) -> Link | None:
        """ "who": what stands right before it, a comma aside."""
        word = self._at[i]
        while word > 0 and self._layout.tokens[word - 1] in {",", ")", "”", '"'}:
            word -= 1
        best = None
        for j in self._back_from(i):
            if word - self._at[j] > _RELATIVE_REACH:
                break
            mention = self._mentions[j]
            end = self._layout.word_at(mention.passage.end - 1)
            if pronoun in {"who", "whom"}:
                # "an official in the ministry, who": what stands between describes the person
                beside = end == word - 1 or self._layout.token(end + 1) in _DESCRIBING
                fits = mention.type in {"person", "group"} and end < word and beside
            else:
                fits = end == word - 1
            if fits and (best is None or self._mentions[best].passage.start >= mention.passage.start):
                best = j
                if end < word - 1:
                    break
        link = None if best is None else self._cast.links.get(best)
        if best is None or link is None:
            return None
        because = (Evidence("stands right before it", self._mentions[best].passage),)
        return Link(link.figure, because + link.because, 0.95 * link.confidence, link.maybe)

    def _personal(self, i: int, last_speaker: Figure | None) -> Link | None:
        scored = sorted(
            (
                (sum(clue.weight * clue.holds(case) for clue in CLUES), case)
                for case in self.cases(i, last_speaker)
            ),
            key=lambda pair: (-pair[0], -pair[1].at),
        )
        return self._chosen(i, scored)

    def cases(self, i: int, last_speaker: Figure | None) -> list[Case]:
        """The people that the "he" or "she" of ``mentions[i]`` may stand for."""
        here = self._owner_speaks(i)
        candidates = (*self._people_before(i), *self._named_after(i))
        return [self._case(i, j, last_speaker, here) for j in candidates]

    def _chosen(self, i: int, scored: list[tuple[float, Case]]) -> Link | None:
        if not scored:
            return None
        best, case = scored[0]
        share = 1 / sum(exp(score - best) for score, _ in scored)
        fits = _called_so(case) > -1.5
        if share < CLEAR or not fits:
            likely = (
                tuple(case.figure for score, case in scored if exp(score - best) > 0.2)[:4] if fits else ()
            )
            because = Evidence("it is not clear who is meant", self._mentions[i].passage)
            return Link(None, (because,), 0.4, likely)
        reasons = [clue.words for clue in CLUES if clue.words and clue.weight * clue.holds(case) > 0.2]
        if case.sentences <= 1:
            reasons.insert(0, "named shortly before")
        if len(scored) == 1:
            reasons.append("no other person is named near")
        because = Evidence(", ".join(reasons) or "the one who fits best", case.mention.passage)
        return Link(case.figure, (because,), min(0.97, share))

    def _case(self, i: int, j: int, last: Figure | None, here: Figure | None) -> Case:
        figure = self._cast.of(j)
        assert figure is not None
        return Case(
            self._layout,
            self._at[i],
            self._mentions[i].passage.text.lower(),
            self._mentions[j],
            self._at[j],
            figure,
            figure is last,
            figure is here,
        )

    def _back_from(self, i: int) -> Iterator[int]:
        """Mentions before one, the nearest first, not further than :data:`FARTHEST` sentences."""
        sentence = self._layout.sentence[self._at[i]]
        for j in range(i - 1, -1, -1):
            if sentence - self._layout.sentence[self._at[j]] > FARTHEST:
                return
            if self._at[j] < self._at[i]:
                yield j

    def _people_before(self, i: int) -> Iterator[int]:
        """The last mention of each person before a pronoun."""
        met: set[int] = set()
        for j in self._back_from(i):
            figure = self._cast.of(j)
            if figure is not None and figure.type == "person" and figure.number not in met:
                met.add(figure.number)
                yield j
                if len(met) == MOST:
                    return

    def _named_after(self, i: int) -> Iterator[int]:
        """ "In his speech, Lund said": the name that follows a pronoun in a sentence's opening."""
        layout, word = self._layout, self._at[i]
        first = word
        while first > 0 and layout.sentence[first - 1] == layout.sentence[word]:
            first -= 1
        if word - first > 8 or layout.lower[first] not in _OPENING:
            return
        for j in range(i + 1, len(self._mentions)):
            if not layout.same_sentence(word, self._at[j]) or self._at[j] - word > 20:
                return
            figure = self._cast.of(j)
            if figure is not None and figure.type == "person" and self._mentions[j].form == "name":
                if "," in layout.tokens[word : self._at[j]]:
                    yield j
                return

    def _can_be_they(self, figure: Figure) -> bool:
        """Groups, bodies, and people described in the plural."""
        if figure.type in {"group", "organisation"}:
            return True
        forms = {self._mentions[j].form for j in figure.mentions}
        return figure.type == "person" and forms <= {"description", "pronoun"} and is_plural(figure.name)

    def _nearest(self, i: int, pronoun: str, last_speaker: Figure | None) -> Link | None:
        """They and it: the nearest fitting subject before, the last speaker first."""
        fits = self._can_be_they if pronoun in THEY else _can_be_it
        if last_speaker is not None and fits(last_speaker) and pronoun in {"they", "it"}:
            return Link(last_speaker, (Evidence("who spoke last", last_speaker.fullest),), 0.7)
        found: list[tuple[int, Figure]] = []
        for j in self._back_from(i):
            figure = self._cast.of(j)
            sentences = self._layout.sentence[self._at[i]] - self._layout.sentence[self._at[j]]
            if sentences > 2:
                break
            if figure is not None and fits(figure):
                found.append((j, figure))
        subjects = [(j, figure) for j, figure in found if is_subject(self._layout, self._mentions[j])]
        chosen = (subjects or found)[:1]
        for j, figure in chosen:
            others = {f.number for _, f in found} - {figure.number}
            because = Evidence("the nearest that it can stand for", self._mentions[j].passage)
            if subjects or not others:
                return Link(figure, (because,), 0.65 if subjects else 0.55)
            return Link(None, (because,), 0.4, (figure,))
        return None


def _can_be_it(figure: Figure) -> bool:
    return figure.type in {"organisation", "document", "place"}


_OPENING = _WORDS["opening"]
