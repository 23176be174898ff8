"""Descriptions → figures: "the senator", "the Lisbon-based daily", "the Lund campaign".

A description stands for a figure if it stands beside its name, if the figure bears that office, if
its head is the last word of the figure's name, or, for the vaguest ("the candidate"), if one figure
near is clearly foremost. An indefinite one ("a senior official") stands for nobody named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotidian.resolve.figures import Cast, Figure, Link
from quotidian.resolve.layout import Layout
from quotidian.resolve.lexicon import word_lists
from quotidian.resolve.phrases import DEFINITE, SOME, head_word, is_plural, is_subject
from quotidian.types import Evidence, Mention

_WORDS = word_lists("words.txt")

# Written short before a name, in full in a description.
_IN_FULL = {
    "sen": "senator",
    "gov": "governor",
    "rep": "representative congressman congresswoman lawmaker",
    "gen": "general",
    "lt": "lieutenant",
    "col": "colonel",
    "dr": "doctor",
    "prof": "professor",
    "rev": "reverend pastor",
    "capt": "captain",
    "sgt": "sergeant",
    "sens": "senators",
    "pres": "president",
    "atty": "attorney",
    "amb": "ambassador",
}
# Heads that name no office: the foremost figure near may be meant.
_VAGUE = _WORDS["vague"]
_OFFICES = frozenset({"minister", "president", "leader", "official"})
# Bodies called after the person who leads them: "the Lund campaign", "Lund's administration".
LED = _WORDS["led"]
# Nouns for bodies, and words that names of such bodies have.
_BODIES = {
    "newspaper": "times post journal tribune herald courier gazette chronicle globe daily star news guardian",
    "paper": "times post journal tribune herald courier gazette chronicle globe daily star news guardian",
    "daily": "times post journal tribune herald courier gazette chronicle globe",
    "magazine": "magazine weekly review",
    "network": "news tv cnn fox nbc abc cbs msnbc bbc television channel",
    "broadcaster": "news tv television bbc channel radio",
    "agency": "agency bureau administration",
    "department": "department",
    "ministry": "ministry",
    "university": "university college institute",
    "school": "university college school academy",
    "court": "court",
    "party": "party league",
    "bank": "bank",
    "union": "union",
    "foundation": "foundation",
    "committee": "committee",
    "commission": "commission",
    "council": "council",
    "company": "inc corp co company ltd group",
    "firm": "inc corp co company llp group",
    "bureau": "bureau",
    "institute": "institute",
    "association": "association",
    "organization": "organization organisation association union society",
    "organisation": "organization organisation association union society",
    "group": "group association union society coalition alliance action",
    "movement": "movement",
}
_FORMER = frozenset({"former", "ex", "late", "retired", "onetime"})
# Offices that go by two names.
_ALIKE = {
    "judge": {"justice"},
    "justice": {"judge"},
    "senator": {"sen"},
    "governor": {"gov"},
    "congressman": {"rep", "representative"},
    "congresswoman": {"rep", "representative"},
    "lawmaker": {"rep", "sen", "representative", "senator"},
    "general": {"gen"},
    "professor": {"prof"},
    "spokesman": {"spokesperson"},
    "spokeswoman": {"spokesperson"},
    "lawyer": {"attorney"},
    "attorney": {"lawyer"},
    "adviser": {"advisor"},
    "advisor": {"adviser"},
}
# What a sentence begins with whose first comma ends no apposition.
_FRONTING = _WORDS["fronting"]
# Whoever speaks so early in an article is named soon, if at all.
_OPENING_SENTENCES, _NAMED_WITHIN = 3, 6
_FARTHEST = 8
_CLEAR = 0.5


class Descriptions:
    """Resolves the descriptions of one article against its cast, in the order of the text."""

    def __init__(self, layout: Layout, mentions: Sequence[Mention], cast: Cast):
        """Prepare for one article."""
        self._layout = layout
        self._mentions = mentions
        self._cast = cast
        self._at = [layout.word_at(mention.passage.start) for mention in mentions]
        self._led: dict[tuple[str, str], Figure] = {}
        self._described: dict[str, Figure] = {}
        self._last_described: dict[str, Figure] = {}

    def link(self, i: int, last_speaker: Figure | None) -> Link | None:
        """What the description ``mentions[i]`` stands for; None if for nobody that has a name."""
        mention = self._mentions[i]
        head = head_word(self._layout, mention.passage.spans[0])
        noun = self._layout.lower[head]
        if noun in LED and mention.type in {"organisation", "group"}:
            return self._led_body(i, noun)
        if noun in _BODIES and mention.type in {"organisation", "document", "place"}:
            return self._body(i, noun)
        if mention.type == "person" and not is_plural(mention.passage.text):
            return (
                self._beside_a_name(i)
                or self._in_office(i, noun, last_speaker)
                or self._named_later(i, noun)
                or self._alone_before(i)
                or self._again(i)
            )
        if mention.type == "organisation":
            return self._body(i, noun)
        return self._again(i)

    def _definite(self, i: int) -> bool:
        return self._layout.lower[self._at[i]] in DEFINITE

    def _led_body(self, i: int, noun: str) -> Link | None:
        """The campaign of somebody named; "the campaign" after it is the same."""
        leader = next(
            (
                figure
                for j in self._inside(i)
                if (figure := self._cast.of(j)) is not None and figure.type == "person"
            ),
            None,
        )
        passage = self._mentions[i].passage
        if leader is None:
            known = [figure for (_, kind), figure in self._led.items() if kind == noun]
            if len(known) == 1 and self._definite(i):
                only = Evidence(f"the only {noun} spoken of by name", known[0].fullest)
                return Link(known[0], (only,), 0.85)
            if len(known) > 1 and self._definite(i):
                return Link(
                    None, (Evidence(f"more than one {noun} is spoken of", passage),), 0.4, tuple(known)
                )
            return None
        key = (str(leader.number), noun)
        figure = self._led.get(key)
        if figure is None:
            figure = self._led[key] = self._cast.new("organisation")
            figure.led = True
            figure.fullest = passage
            because: tuple[Evidence, ...] = ()
        else:
            because = (Evidence(f"the same person's {noun}", figure.fullest),)
        figure.mentions.append(i)
        return Link(figure, because, 0.9)

    def _inside(self, i: int) -> list[int]:
        """Mentions that stand inside a description."""
        passage, found = self._mentions[i].passage, []
        for j in (*range(i - 1, max(-1, i - 4), -1), *range(i + 1, min(len(self._mentions), i + 6))):
            if passage.holds(self._mentions[j].passage):
                found.append(j)
        return found

    def _beside_a_name(self, i: int) -> Link | None:
        """ "Eva Lund, the deputy minister" and "the deputy minister, Eva Lund"."""
        layout, mention = self._layout, self._mentions[i]
        first, last = self._at[i], layout.word_at(mention.passage.end - 1)
        for j in (*range(i - 1, max(-1, i - 6), -1), *range(i + 1, min(len(self._mentions), i + 6))):
            other = self._mentions[j]
            figure = self._cast.of(j)
            if other.form != "name" or figure is None or figure.type != "person":
                continue
            begin, end = self._at[j], layout.word_at(other.passage.end - 1)
            if not layout.same_sentence(begin, first):
                continue
            if self._stands_after(end, first, last) or self._stands_before(i, last, begin, end):
                words = "stands beside the name"
            elif end < first and layout.lower[end + 1 : first] in _COPULAS:
                words = "it is said of this person"
            else:
                continue
            self._bears(figure, i)
            return Link(figure, (Evidence(words, other.passage),), 0.9)
        return None

    def _stands_after(self, end: int, first: int, last: int) -> bool:
        """ "Eva Lund, the deputy minister": not "According to Lund, the deputy", nor one of a list."""
        layout = self._layout
        if end >= first or layout.tokens[end + 1 : first] not in ((",",), ("(",), ("–",), ("—",)):
            return False
        begins = end
        while begins > 0 and end - begins < 6 and layout.sentence[begins - 1] == layout.sentence[end]:
            begins -= 1
        fronted = layout.sentence[begins - 1] != layout.sentence[end] or begins == 0
        if fronted and layout.lower[begins] in _FRONTING:
            return False
        return layout.token(last + 1) not in {"and", "or"}

    def _stands_before(self, i: int, last: int, begin: int, end: int) -> bool:
        """ "The deputy minister, Eva Lund,": not "After she saw the deputy minister, Lund left"."""
        between = self._layout.tokens[last + 1 : begin] if begin > last else None
        if between == ():
            return True
        closed = self._layout.token(end + 1) in {",", ".", "(", ")", "–", "—", ";", ":"}
        return between == (",",) and self._definite(i) and closed

    def _bears(self, figure: Figure, i: int) -> None:
        """From now on the figure is known by the description's words too."""
        span = self._mentions[i].passage.spans[0]
        head = head_word(self._layout, span)
        first = self._layout.words_in(span).start
        figure.offices |= {
            word
            for word in self._layout.lower[first : head + 1]
            if word.isalpha() and word not in DEFINITE | {"a", "an"}
        }

    def _in_office(self, i: int, noun: str, last_speaker: Figure | None) -> Link | None:
        if not self._definite(i):
            return None
        words = set(
            self._layout.lower[self._at[i] : self._layout.word_at(self._mentions[i].passage.end - 1) + 1]
        )
        words -= DEFINITE
        # "The prime minister" says too much to be whoever is foremost, "the nominee" does not.
        vague = _VAGUE - _OFFICES if len(words) > 1 else _VAGUE
        scored: list[tuple[float, Figure, str]] = []
        met: set[int] = set()
        sentence = self._layout.sentence[self._at[i]]
        for j in range(i - 1, -1, -1):
            figure = self._cast.of(j)
            if figure is None or figure.type != "person" or figure.number in met:
                continue
            met.add(figure.number)
            distance = sentence - self._layout.sentence[self._at[j]]
            offices = _spelt_out(figure.offices)
            score = 0.0
            bears = bool({noun, *_ALIKE.get(noun, ())} & offices) and _FORMER.isdisjoint(offices - words)
            if bears:
                score = (
                    2.0
                    + 0.3 * len(words & offices)
                    - 1.2 * self._is_another(words - {noun}, offices - {noun})
                )
            elif noun in vague and 0 < distance <= _FARTHEST:
                score = 0.6 if not offices & _VAGUE or noun in {"man", "woman"} else 0.3
                score += 0.2 * (len(figure.mentions) > 2)
            if not score or len(met) > 40:
                continue
            score += 0.8 / (1 + max(0, distance)) + 0.5 * (figure is last_speaker)
            score += 0.3 * is_subject(self._layout, self._mentions[j]) * (distance <= 2)
            score -= self._unlike(noun, figure)
            scored.append((score, figure, "bears this office" if bears else "the foremost person near"))
        scored.sort(key=lambda entry: (-entry[0], entry[1].number))
        return self._chosen(i, scored)

    def _is_another(self, words: set[str], offices: set[str]) -> bool:
        """Whether an office is another of the same noun: "the prime minister", "the finance minister"."""
        kind = {word for word in words if word.isalpha() and word not in SOME}
        return bool(kind) and bool(offices) and kind.isdisjoint(_spelt_out(offices))

    def _named_later(self, i: int, noun: str) -> Link | None:
        """News names late: "A judge ruled …", and some sentences on, "Judge Eva Lund"."""
        layout, here = self._layout, self._layout.sentence[self._at[i]]
        indefinite = layout.lower[self._at[i]] in {"a", "an"} or self._at[i] == 0
        if not is_subject(layout, self._mentions[i]) or here > _OPENING_SENTENCES:
            return None
        words = self._mentions[i].passage.text.lower().split()
        if not indefinite and not (words[0] == "the" and len(words) > 2):
            return None
        offices_like = {noun, *_ALIKE.get(noun, ())}
        found: dict[int, tuple[int, Figure]] = {}
        for j in range(i + 1, len(self._mentions)):
            if layout.sentence[self._at[j]] - here > _NAMED_WITHIN:
                break
            figure = self._cast.of(j)
            if figure is None or figure.type != "person" or self._mentions[j].form != "name":
                continue
            if self._mentions[i].passage.holds(self._mentions[j].passage):
                continue
            before = set(layout.before(self._at[j], 3))
            after = set(layout.lower[layout.word_at(self._mentions[j].passage.end) :][:8])
            beside = layout.token(layout.word_at(self._mentions[j].passage.end - 1) + 1) == ","
            if not indefinite and not before.issuperset(words[1:]):
                continue
            if before & offices_like or (beside and after & offices_like):
                found.setdefault(figure.number, (j, figure))
        if len(found) != 1:
            return None
        ((j, figure),) = found.values()
        return Link(figure, (Evidence("named later with the same office", self._mentions[j].passage),), 0.75)

    def _alone_before(self, i: int) -> Link | None:
        """ "The director" where one person alone is spoken of in this and the sentence before."""
        layout, first = self._layout, self._layout.lower[self._at[i]]
        if first not in {"the", "this"} or not is_subject(layout, self._mentions[i]):
            return None
        here = layout.sentence[self._at[i]]
        found: dict[int, tuple[int, Figure]] = {}
        for j in range(i - 1, -1, -1):
            if here - layout.sentence[self._at[j]] > 1:
                break
            figure = self._cast.of(j)
            if (
                figure is not None
                and figure.type == "person"
                and not self._mentions[i].passage.holds(self._mentions[j].passage)
            ):
                found.setdefault(figure.number, (j, figure))
        if len(found) != 1:
            return None
        ((j, figure),) = found.values()
        if not figure.names or layout.sentence[self._at[j]] == here:
            return None
        because = Evidence("the only person spoken of shortly before", self._mentions[j].passage)
        return Link(figure, (because,), 0.6)

    def _unlike(self, noun: str, figure: Figure) -> float:
        if noun in {"woman", "actress", "businesswoman", "congresswoman", "chairwoman", "spokeswoman"}:
            return 3.0 * (figure.she < -0.5)
        if noun in {"man", "actor", "businessman", "congressman", "chairman", "spokesman"}:
            return 3.0 * (figure.she > 0.5)
        return 0.0

    def _chosen(self, i: int, scored: list[tuple[float, Figure, str]]) -> Link | None:
        if not scored or scored[0][0] < 0.9:
            return None
        best, figure, words = scored[0]
        ahead = best - scored[1][0] if len(scored) > 1 else 1.5
        if ahead < _CLEAR:
            likely = tuple(f for score, f, _ in scored if best - score < _CLEAR)[:4]
            return Link(
                None, (Evidence("more than one may be meant", self._mentions[i].passage),), 0.4, likely
            )
        return Link(
            figure, (Evidence(words, figure.fullest),), min(0.92, (0.55 if best < 2 else 0.75) + 0.1 * ahead)
        )

    def _body(self, i: int, noun: str) -> Link | None:
        """ "The committee" after "the Budget Committee"; "the newspaper" after the Ostmere Post."""
        if not self._definite(i):
            return self._again(i)
        fitting: list[tuple[int, Figure]] = []
        wanted = {noun, *_BODIES.get(noun, "").split()}
        sentence = self._layout.sentence[self._at[i]]
        for j in range(i - 1, -1, -1):
            figure = self._cast.of(j)
            if figure is None or figure.type != "organisation" or figure in (f for _, f in fitting):
                continue
            if sentence - self._layout.sentence[self._at[j]] > 3 * _FARTHEST:
                break
            words = {word.casefold().strip(".") for word in re.findall(r"[\w.]+", figure.name)}
            if words & wanted:
                fitting.append((j, figure))
        if fitting and (len(fitting) == 1 or self._nearer(fitting, sentence)):
            j, figure = fitting[0]
            because = Evidence(f"the last {noun} named before", self._mentions[j].passage)
            return Link(figure, (because,), 0.85 if len(fitting) == 1 else 0.7)
        if fitting:
            likely = tuple(figure for _, figure in fitting[:4])
            return Link(
                None, (Evidence("more than one may be meant", self._mentions[i].passage),), 0.4, likely
            )
        return self._again(i)

    def _nearer(self, fitting: list[tuple[int, Figure]], sentence: int) -> bool:
        first, second = (sentence - self._layout.sentence[self._at[j]] for j, _ in fitting[:2])
        return first <= 1 < second - 1

    def _again(self, i: int) -> Link | None:
        """The same words as before: "the two officers … the two officers"."""
        words = self._layout.lower[self._at[i] : self._layout.word_at(self._mentions[i].passage.end - 1) + 1]
        key = " ".join(word for word in words if word not in DEFINITE | {"a", "an", "some"})
        noun = self._layout.token(head_word(self._layout, self._mentions[i].passage.spans[0]))
        before = self._described.get(key)
        if before is None and key == noun and self._definite(i):
            before = self._last_described.get(noun)  # "a senior official … the official"
        if before is not None:
            return Link(before, (Evidence("described so before", before.fullest),), 0.7)
        if not words or words[0] in {"some", "many", "several", "one", "another", "any"}:
            return None
        figure = self._cast.new(self._mentions[i].type)
        figure.fullest = self._mentions[i].passage
        self._described[key] = self._last_described[noun] = figure
        return Link(figure, (), 0.6)


_COPULAS = {
    ("is",),
    ("was",),
    (",", "who", "is"),
    (",", "who", "was"),
    ("’", "s"),
    (",", "now"),
    (",", "then"),
}


def _spelt_out(offices: set[str]) -> set[str]:
    full = set(offices)
    for office in offices:
        full.update(_IN_FULL.get(office, "").split())
    return full
