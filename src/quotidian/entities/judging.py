"""Which known entity an appearance is of: the same, unsure, or somebody new."""

from __future__ import annotations

from collections.abc import Container, Sequence

from quotidian.entities.clues import CLUES, NEVER_SURE, SAME, UNSURE, UNSURE_BODIES, names_agree
from quotidian.entities.pair import Pair
from quotidian.entities.people import person_name
from quotidian.entities.values import Appearance, Judgement, Known, Match, Reason

# A second candidate whose score is so near is as likely: a person should say.
_MARGIN = 1.5
# In days: who holds an office so near in time is its holder, with "Jr." or without.
_A_TERM = 365
# Whom a person is asked to choose among.
_MOST_CANDIDATES = 5
_NOBODY: frozenset[str] = frozenset()
_A_PERSON_SAID = "a person said so"


def judge(
    one: Appearance | Known,
    candidates: Sequence[Known],
    *,
    forbidden: Container[str] = _NOBODY,
    forced: Container[str] = _NOBODY,
    common: Container[str] = _NOBODY,
    truncated: bool = False,
) -> Judgement:
    """What becomes of an appearance, given the known entities that it may be of.

    Args:
        one: an entity of one article; or a known one that is judged again, now that more is known of others.
        candidates: the known entities found under :func:`quotidian.entities.sought`.
        forbidden: ids of entities that a person said it is not.
        forced: ids of entities that a person said it is.
        common: folded names so frequent in the archive that being named beside them tells nothing.
        truncated: whether there were more candidates than are given; a surname alone is then never sure.
    """
    subject = one if isinstance(one, Known) else Known.of("", [one])
    matches: list[tuple[Match, Known, bool]] = []
    for known in candidates:
        if known.id in forced:
            reasons = (Reason(_A_PERSON_SAID, SAME),)
            return Judgement("same", known.id, SAME, reasons, (Match(known.id, SAME, reasons),))
        if known.id not in forbidden and known.id != subject.id:
            pair = Pair(subject, known, common)
            match = _match(pair)
            if match is not None:
                sure = _may_be_sure(pair) and not (truncated and _alone(pair))
                matches.append((match, known, sure))
    matches.sort(key=lambda one: (-one[0].score, -one[1].articles, one[1].id))
    asked = tuple(match for match, _, _ in matches[:_MOST_CANDIDATES])
    if not matches:
        return Judgement("new")
    # A body that is called exactly so comes before one whose name is only longer or shorter.
    rivals = [one for one in matches if one[2] or subject.type == "person"] or matches
    best, known, may_be_sure = rivals[0]
    if (
        best.score >= SAME
        and may_be_sure
        and all(
            _one_and_the_same(known, other, common)
            for match, other, _ in rivals[1:]
            if match.score > best.score - _MARGIN
        )
    ):
        return Judgement("same", best.id, best.score, best.because, asked)
    return Judgement("unsure", None, best.score, best.because, asked)


def compare(one: Known, other: Known, *, common: Container[str] = _NOBODY) -> Judgement:
    """Whether two known entities are one: "same", "unsure", or "new" for two.

    A surname alone is never sure here, since others of that name are not looked at: :func:`judge` does.
    """
    less, more = sorted((one, other), key=lambda known: (known.articles, known.id))
    pair = Pair(less, more, common)
    match = _match(pair, more.id)
    if match is None:
        return Judgement("new")
    if match.score >= SAME and _may_be_sure(pair) and not _alone(pair):
        return Judgement("same", match.id, match.score, match.because, (match,))
    return Judgement("unsure", None, match.score, match.because, (match,))


def _match(pair: Pair, id: str | None = None) -> Match | None:
    """The reasons for and against, and their sum; None where it is too little to ask a person."""
    name = names_agree(pair)
    if name is None:
        return None
    reasons = [name]
    for clue in CLUES:
        said = clue.asks(pair)
        if said is not None:
            reasons.append(Reason(said, clue.weight))
    score = round(sum(reason.weight for reason in reasons), 2)
    least = UNSURE if pair.of_people else UNSURE_BODIES
    if score < least and not _worth_asking(pair, score):
        return None
    if _two_surnames(pair):
        return None
    return Match(id or pair.other.id, score, tuple(reasons))


def _worth_asking(pair: Pair, score: float) -> bool:
    """Two people of one full name are worth a question even where all else speaks against it."""
    plain = pair.names is not None and pair.names.level in {"full", "middle"}
    return pair.of_people and plain and score > 0


def _two_surnames(pair: Pair) -> bool:
    """Both are known by a surname alone, and nothing says what either does: too little to ask a person."""
    if not _alone(pair) or _same_work(pair) or pair.names is None:
        return False
    both = (person_name(pair.names.one), person_name(pair.names.other))
    return not any(name and name.given for name in both)


def _may_be_sure(pair: Pair) -> bool:
    return _plain(pair) and not _others_may_be_meant(pair)


def _plain(pair: Pair) -> bool:
    """Whether names and types agree in a way that may be enough, if all else agrees."""
    if pair.names is None or pair.names.level in NEVER_SURE or pair.one.type != pair.other.type:
        return False
    # "Michael Steen" and "Michael Steene" may both be spokesmen in the news of one parliament.
    if pair.names.level == "misspelt" and not _same_work(pair):
        return False
    # Fathers and sons in one office are told apart by a middle initial that not every article gives.
    if pair.names.level == "middle" and not _same_work(pair) and not pair.companions:
        return False
    return not _may_be_father_and_son(pair)


def _same_work(pair: Pair) -> bool:
    """Whether their offices agree, or both belong to one body."""
    agree = pair.offices is not None and pair.offices.level in {"same", "compatible"}
    return agree or pair.organisation is not None


def _may_be_father_and_son(pair: Pair) -> bool:
    """One is a "Jr." and the other is not called so, nor known to hold the same office at the time."""
    one, other = pair.suffixes
    if one == other:
        return False
    days = pair.days_apart
    in_office = pair.offices is not None and pair.offices.level == "same"
    return not in_office or days is None or days > _A_TERM


def _others_may_be_meant(pair: Pair) -> bool:
    """A full name, where only the surname was known till now: others of that surname are not looked at.

    Such a "President Ode" may be joined when it is judged again, among all of that name.
    """
    if not _alone(pair) or pair.person is None or not pair.person.given:
        return False
    return not _same_work(pair)


def _alone(pair: Pair) -> bool:
    return pair.names is not None and pair.names.level == "surname"


def _one_and_the_same(known: Known, other: Known, common: Container[str]) -> bool:
    """Whether two likely candidates may well be one entity that the archive has twice."""
    pair = Pair(known, other, common)
    match = _match(pair)
    if match is None or not _plain(pair):
        return False
    # The archive may have somebody twice since too little was known at first. Such a double is a rival
    # only if something tells the two apart.
    told_apart = any(reason.weight < 0 for reason in match.because)
    return match.score >= SAME or (not told_apart and not _alone(pair))
