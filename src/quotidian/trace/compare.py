"""Two reports → a link: whether they report the same act of saying, with reasons; of these two alone."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from operator import attrgetter

from quotidian.trace.alignment import aligned
from quotidian.trace.meaning import NEGATIONS, SMALL
from quotidian.trace.values import Alignment, Conflict, Link, Report, Rule
from quotidian.trace.voices import Agreement, agreement
from quotidian.trace.words import forms, rarity, stem

# Less than this in common, by words (nats of rarity) and by sense (cosine), and nothing else is looked at.
_LEAST_SHARED, _LEAST_ALIKE = 8.0, 0.45
# What the cosine is taken to be where there are no vectors.
_UNKNOWN_ALIKE = 0.4
# Links less probable than this are not kept.
LEAST = 0.2
# Common words count for this much of their rarity.
_SMALL_WORTH = 0.3
# So many nats are added to a text's weight: what short texts share is worth less.
_SHORT = 8.0
# Words in a row that two speakers do not both say by chance.
_SAME_WORDS = 6
# The share from which what was denied and what was admitted are one thing.
_ADMITTED = 0.5
# If nearly all the words of both are the same, that many in a row are not needed.
_SAME_WHOLE = 0.8
# Days of publication between which two speakers are given the same words by mistake, not in their turn.
_SAME_NEWS = 3
# As many words in a row are not said twice: how long after they are reported tells nothing.
_WORDS_AT_LENGTH = 8
# Days after which it makes no difference how many more they are.
_LONG_AFTER = 7
# Of a fragment's weight and of a text's, less its article's topic: what short ones share is worth less.
_SHORT_FRAGMENT, _SHORT_TOPIC = 3.0, 4.0
# Other words than the same join what two reports say only where more than this tells of one speaker.
_SURELY_ONE = 0.3
# Below this two speakers are two, and whatever they say is two utterances.
_SURELY_TWO = -0.25
# The most that is given to what a rule keeps apart.
_APART = 0.4
_PRONOUNS = frozenset(["he", "she", "they", "who"])
_QUOTED = re.compile('[“"]([^“”"]+)[”"]?')


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two reports have in common, as the classifier weighs it.

    ``contained`` and ``dice``: the shared weight as a share of the lesser's weight and of both (0 to 1);
    ``run``: words of the longest common run, as a logarithm; ``fragment``: the weight of the longest run
    that both have between quotation marks, as a share of the lesser fragment's; ``telling``,
    ``telling_shared``: the shared weight as a share and as a logarithm, each word counted for less the more
    often the two articles have it, as all that is written of an event shares its names; ``voice``:
    :class:`quotidian.trace.voices.Agreement`, its positive part, and ``strange``, its negative; ``alike``:
    cosine of their vectors; ``apart``: days between them, in weeks, at most one, none where many
    words in a row are the same; ``dated``: 1 where both tell the day, and it is the same; ``verbatim``: 1
    where both are quotations.
    """

    contained: float
    dice: float
    run: float
    fragment: float
    telling: float
    telling_shared: float
    voice: float
    strange: float
    alike: float
    apart: float
    dated: float
    verbatim: float


_VALUES = attrgetter(*(field.name for field in fields(Likeness)))


@dataclass(frozen=True, slots=True)
class _Content:
    forms: tuple[str, ...]
    bag: Counter[str]
    weight: float


@lru_cache(maxsize=65_536)
def _content(text: str) -> _Content:
    said = forms(text)
    bag = Counter(stem(word) for word in said)
    return _Content(said, bag, sum(_worth(word) * count for word, count in bag.items()))


@cache
def _worth(stemmed: str) -> float:
    """The rarity of a stem: that of the word, where it is one, so that a stem tells no more than its word."""
    found = rarity(stemmed)
    return _SMALL_WORTH * found if stemmed in _SMALL_STEMS else min(found, 9.0)


_SMALL_STEMS = frozenset(stem(word) for word in SMALL - NEGATIONS)


def _in_common(a: Counter[str], b: Counter[str]) -> float:
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    return sum(_worth(word) * min(count, many[word]) for word, count in few.items() if word in many)


def likeness(a: Report, b: Report, similarity: float | None = None) -> Likeness | None:
    """What two reports have in common; None where that is too little to go on."""
    one, other = _content(a.content), _content(b.content)
    common = _in_common(one.bag, other.bag)
    alike = _UNKNOWN_ALIKE if similarity is None else similarity
    if common < _LEAST_SHARED and alike < _LEAST_ALIKE:
        return None
    run = len(_longest_run(*_in_order(one.forms, other.forms)))
    telling, telling_shared = _telling(one.bag, other.bag, dict(a.often), dict(b.often))
    voice = _voices(a, b, run).score
    weeks = min(_days_apart(a, b), _LONG_AFTER) / 7
    return Likeness(
        contained=common / (min(one.weight, other.weight) + _SHORT),
        dice=2 * common / (one.weight + other.weight + _SHORT),
        run=math.log1p(run),
        fragment=_fragment_in_common(a, b),
        telling=telling,
        telling_shared=math.log1p(telling_shared),
        voice=max(voice, 0.0),
        strange=max(-voice, 0.0),
        alike=alike,
        apart=weeks if run < _WORDS_AT_LENGTH else 0.0,
        dated=float(_day(a) is not None and _day(a) == _day(b)),
        verbatim=float(a.directness != "indirect" and b.directness != "indirect"),
    )


def _voices(a: Report, b: Report, run: int) -> Agreement:
    """How well two speakers go together, who have so many words in a row in common."""
    found = agreement(a.voice, b.voice)
    verbatim = a.directness != "indirect" and b.directness != "indirect"
    pronoun = any((one.voice.source or "").casefold() in _PRONOUNS for one in (a, b))
    if found.score < 0 and verbatim and run >= _WORDS_AT_LENGTH and pronoun:
        return Agreement(0.0, "the words are the same, and a pronoun tells badly who speaks")
    return found


def _weight(said: Sequence[str]) -> float:
    return sum(_worth(stem(word)) for word in said)


def _fragment_in_common(a: Report, b: Report) -> float:
    """The most of a fragment between quotation marks that the other has in one of its own."""
    share = 0.0
    for one, other in product(_fragments(a), _fragments(b)):
        common = _weight(_longest_run(*_in_order(one, other)))
        share = max(share, common / (min(_weight(one), _weight(other)) + _SHORT_FRAGMENT))
    return share


def _fragments(report: Report) -> list[tuple[str, ...]]:
    """What a report has between quotation marks, in words."""
    if report.directness == "direct":
        return [_content(report.content).forms]
    if report.directness == "mixed":
        return [_content(match[1]).forms for match in _QUOTED.finditer(report.content)]
    return []


def _telling(
    a: Counter[str], b: Counter[str], often_a: Mapping[str, int], often_b: Mapping[str, int]
) -> tuple[float, float]:
    """What is shared of the words that the two articles do not have all over, as a share and as a weight."""
    common = sum(
        _worth(word) * min(count, b[word]) / math.sqrt(often_a.get(word, 1) * often_b.get(word, 1))
        for word, count in a.items()
        if word in b
    )
    least = min(
        sum(_worth(word) * count / often.get(word, 1) for word, count in bag.items())
        for bag, often in ((a, often_a), (b, often_b))
    )
    return common / (least + _SHORT_TOPIC), common


@lru_cache(maxsize=1_024)
def _longest_run(longer: tuple[str, ...], shorter: tuple[str, ...]) -> tuple[str, ...]:
    """The words in a row that both have; asked of two quotations whole, and again of what they quote."""
    run = SequenceMatcher(None, longer, shorter, autojunk=False).find_longest_match()
    return longer[run.a : run.a + run.size]


def _in_order(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The longer first, so that which report is called ``a`` makes no difference."""
    return (a, b) if (len(a), a) >= (len(b), b) else (b, a)


def _days_apart(a: Report, b: Report) -> int:
    """Days between the times at which two reports say that it was said; by publication where they do not."""
    first = max(_first(a), _first(b))
    last = min(_last(a), _last(b))
    return max(0, first - last)


def _day(report: Report) -> int | None:
    """The one day on which it was said, where that is known."""
    return report.first if report.first == report.last else None


def _first(report: Report) -> int:
    # Only an upper bound: it is news, so it was said in the days before.
    return next(
        (day - back for day, back in ((report.first, 0), (report.last, 3), (report.printed, 3)) if day), 0
    )


def _last(report: Report) -> int:
    return report.last or report.printed or 10**7


@dataclass(frozen=True, slots=True)
class _Model:
    """A logistic regression over :class:`Likeness` (``python -m training.pairs`` fits it)."""

    bias: float
    weights: tuple[float, ...]

    def probability(self, found: Likeness) -> float:
        z = self.bias + sum(w * x for w, x in zip(self.weights, _VALUES(found), strict=True))
        return 1 / (1 + math.exp(-z))


@cache
def _model() -> _Model:
    text = (files("quotidian.trace") / "pairs.json").read_text(encoding="utf-8")
    kept = json.loads(text)
    return _Model(kept["bias"], tuple(kept["weights"][field.name] for field in fields(Likeness)))


def link(a: Report, b: Report, similarity: float | None = None) -> Link | None:
    """What two reports have to do with each other; None where that is nothing.

    Args:
        a: one report.
        b: another, of another article.
        similarity: cosine of the vectors of the two contents, None where there are none.
    """
    if a.key > b.key:
        a, b = b, a
    found = likeness(a, b, similarity)
    if found is None:
        return None
    voices = _voices(a, b, round(math.expm1(found.run)))
    probability = _model().probability(found)
    if probability < LEAST and voices.score > -0.5:
        return None
    beside = aligned(a.content, b.content, directness=(a.directness, b.directness))
    conflict = _conflict(a, b, found, voices, beside)
    if probability < LEAST and conflict is None:
        return None
    rule: Rule = "paraphrase" if beside.change == "paraphrase" else "quotation"
    because = _reasons(found, voices, similarity, beside)
    if _kept_apart(a, b, rule, voices):
        probability = min(probability, _APART)
    return Link(a.key, b.key, rule, round(probability, 4), beside.change, conflict, because)


def _kept_apart(a: Report, b: Report, rule: Rule, voices: Agreement) -> bool:
    """Whether what the words have in common does not make one utterance of the two."""
    if voices.score <= _SURELY_TWO:
        return True
    # In other words, it is the same speaker or it is another utterance; nor does a question answer itself.
    asks = (a.act == "ask") != (b.act == "ask")
    return rule == "paraphrase" and (voices.score <= _SURELY_ONE or asks)


def _conflict(a: Report, b: Report, found: Likeness, voices: Agreement, beside: Alignment) -> Conflict | None:
    for conflict in ("negation", "number"):
        if conflict in beside.conflicts:
            return conflict
    indirect = a.directness == b.directness == "indirect"
    denied = (a.act == "deny") != (b.act == "deny")
    if {a.act, b.act} == {"deny", "admit"} and voices.score > 0 and found.contained > _ADMITTED:
        return "negation"
    if (
        indirect
        and denied
        and voices.score > 0
        and found.contained > 0.7
        and beside.change in ("none", "cut", "edited")
    ):
        return "negation"
    near = abs((a.printed or 0) - (b.printed or 0)) <= _SAME_NEWS
    same = (math.expm1(found.run) >= _SAME_WORDS and found.contained > 0.6) or found.dice > _SAME_WHOLE
    if voices.score <= -1 and near and same:
        return "speaker"
    return None


def _reasons(
    found: Likeness, voices: Agreement, similarity: float | None, beside: Alignment
) -> tuple[str, ...]:
    run = round(math.expm1(found.run))
    said = [f"{run} words in a row are the same"] if run > 2 else []
    said.append(f"{100 * found.contained:.0f}% of the shorter one's words, by weight, are in the other")
    if similarity is not None:
        said.append(f"likeness in sense {similarity:.2f}")
    said.append(voices.why)
    if found.apart:
        said.append(f"{round(7 * found.apart)} days apart" + (" or more" if found.apart >= 2 else ""))
    said.extend(f"a {conflict} differs" for conflict in beside.conflicts)
    return tuple(said)
