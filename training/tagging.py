"""Articles and documents → the tags that their words should get; :data:`UNKNOWN` where nobody knows.

No corpus has all of them: PolNeAR's silver knows names and word classes, GUM what nouns stand for,
articles read by hand names alone. Each word learns from whoever knows.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from evaluation import gum
from quotidian.encoder.tags import NAMES, NOUNS, POS, PRONOUNS
from quotidian.encoder.words import Ints, Words
from training import silver
from training.silver import LABELS, NOTHING, UNSURE, Name

UNKNOWN = -100
# A name's pronoun is known if its chain has so many pronouns, and this share of them agrees.
LEAST_PRONOUNS, AGREED = 2, 0.85
HE, SHE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
_ONE = HE | SHE | {"i", "me", "my", "myself"}
_WE = frozenset({"we", "us", "our", "ours", "ourselves"})
_SEVERAL = _WE | {"they", "them", "their", "theirs", "themselves"}
_OF_TYPE = {"person": "person", "organization": "organisation", "place": "place", "time": "time"}
_HEADS = frozenset(POS.index(tag) for tag in ("noun", "name", "pronoun", "possessive", "number"))
_ENDS_PHRASE = frozenset(
    POS.index(tag) for tag in ("preposition", "finite", "mark", "genitive", "conjunction", "pronoun")
)
_ADJECTIVAL = re.compile(r".*(?:[aie]an|ish|ese|ic|ish|ch)")


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """A text's words, and for each of them a number in NAMES, NOUNS, POS and PRONOUNS, or UNKNOWN."""

    doc: str
    text: str
    words: Words
    name: Ints
    noun: Ints
    pos: Ints
    pronoun: Ints

    @classmethod
    def blank(cls, doc: str, text: str, words: Words) -> Labelled:
        """A text of whose words nothing is known."""
        return cls(doc, text, words, *(np.full(len(words), UNKNOWN, np.int64) for _ in range(4)))


def touched(words: Words, start: int, end: int) -> slice:
    """The words that ``text[start:end]`` touches."""
    first = int(np.searchsorted(words.end, start, side="right"))
    return slice(first, int(np.searchsorted(words.start, end, side="left")))


def nouns_by_hand(path: Path = LABELS / "nouns.txt") -> dict[str, int]:
    """What common nouns stand for, plurals included."""
    known: dict[str, int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, _, nouns = line.partition(": ")
            several = "people" if kind == "person" else kind
            for noun in nouns.split():
                known[noun] = _number(kind)
                known.setdefault(_plural(noun), _number(several))
    return known


def _number(kind: str) -> int:
    return NOUNS.index(kind) if kind in NOUNS else UNKNOWN


def _plural(noun: str) -> str:
    """The regular plural of a noun.

    >>> [_plural(noun) for noun in ("ally", "boss", "boy")]
    ['allies', 'bosses', 'boys']
    """
    if noun.endswith("man"):
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "ch", "sh", "x")) else "s")


def names_by_hand(path: Path = LABELS / "names.jsonl") -> dict[str, list[Name]]:
    """People, organisations and places in the train articles that were read for them, by article."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {row["doc"]: [Name(*name) for name in row["names"]] for row in rows}


def corrected(article: silver.Article, by_hand: Sequence[Name]) -> silver.Article:
    """An article with the names read by hand; groups and others of the silver stay beside them."""
    others = (name for name in article.names if name.type in ("group", "other"))
    free = [name for name in others if all(name.end <= a or b <= name.start for a, b, _ in by_hand)]
    return replace(article, names=tuple(sorted([*by_hand, *free])))


def judged(article: silver.Article, words: Words, tags: Ints) -> silver.Article:
    """An article with the names that tags spell; what they leave open is unsure."""
    names, start = [], 0
    for i, tag in enumerate(tags.tolist()):
        kind = UNSURE if tag == UNKNOWN else NAMES[tag].removesuffix("+")
        goes_on = (
            (kind == UNSURE or NAMES[tag].endswith("+")) and names and start == i and names[-1].type == kind
        )
        if goes_on:
            names[-1] = names[-1]._replace(end=int(words.end[i]))
        elif kind != "none":
            names.append(Name(int(words.start[i]), int(words.end[i]), kind))
        start = i + 1 if kind != "none" else -1
    return replace(article, names=tuple(names))


def of_article(
    article: silver.Article,
    words: Words,
    nouns: Mapping[str, int],
    pronouns: Mapping[tuple[int, int], int],
) -> Labelled:
    """What is known of an article's words.

    Args:
        article: cleaned, or corrected by hand.
        words: its words.
        nouns: what common nouns stand for.
        pronouns: the pronouns of people's names, by where these stand.
    """
    made = Labelled.blank(article.doc, article.text, words)
    _put_pos(made, article.tokens)
    made.name[:] = 0
    for name in article.names:
        at = touched(words, name.start, name.end)
        _put_name(made.name, at, name.type)
        if (asked := pronouns.get((name.start, name.end))) is not None:
            made.pronoun[at] = asked
    _put_nouns(made, nouns)
    return made


def _put_name(into: Ints, at: slice, kind: str) -> None:
    if kind == UNSURE:
        into[at] = UNKNOWN
    elif kind != NOTHING:
        into[at] = NAMES.index(f"{kind}+")
        into[at.start] = NAMES.index(kind)


def _put_pos(made: Labelled, tokens: Sequence[tuple[int, int, str]]) -> None:
    """Each word has the class of the token that it begins in."""
    if not tokens:
        return
    starts = np.array([start for start, _, _ in tokens], np.int64)
    token = np.searchsorted(starts, made.words.start, side="right") - 1
    ends = np.array([end for _, end, _ in tokens], np.int64)
    inside = (token >= 0) & (ends[token] > made.words.start)
    of_token = np.array([POS.index(pos) for _, _, pos in tokens], np.int64)
    made.pos[inside] = of_token[token[inside]]


def _put_nouns(made: Labelled, nouns: Mapping[str, int]) -> None:
    """What nouns, names and pronouns stand for, where a word list or a name's type tells it."""
    noun, number = POS.index("noun"), NOUNS.index
    unclear = {
        POS.index(tag) for tag in ("pronoun", "possessive", "determiner", "number", "adjective", "name")
    }
    starts, ends = made.words.start.tolist(), made.words.end.tolist()
    for i, (a, b) in enumerate(zip(starts, ends, strict=True)):
        said = made.text[a:b].lower()
        tag, name = int(made.pos[i]), int(made.name[i])
        if name > 0:
            made.noun[i] = _of_name(made, i, said)
        elif said in _ONE:
            made.noun[i] = number("person")
        elif name == 0 and tag == noun:
            is_head = i + 1 == len(starts) or made.pos[i + 1] != noun
            made.noun[i] = nouns.get(said, number("other")) if is_head else number("none")
        elif name == 0 and tag not in unclear and tag >= 0:
            made.noun[i] = number("none")


def _of_name(made: Labelled, i: int, said: str) -> int:
    """What a word of a name stands for: the last one for what the name does, the others for nothing."""
    kind = NAMES[made.name[i]].removesuffix("+")
    if i + 1 < len(made.name) and made.name[i + 1] == NAMES.index(f"{kind}+"):
        return NOUNS.index("none")
    if kind == "group":
        return UNKNOWN if not said.endswith("s") or _ADJECTIVAL.fullmatch(said) else NOUNS.index("people")
    return UNKNOWN if kind == "other" else NOUNS.index(kind)


def pronouns_of(articles: Sequence[silver.Article]) -> list[dict[tuple[int, int], int]]:
    """For each article, which of "he" and "she" its people's names ask for, where chains agree.

    A full name is judged by all articles; a name of one word by the full names it is part of in its article.
    """
    full: dict[str, Counter[int]] = defaultdict(Counter)
    for one in articles:
        for said, asked in _chained(one):
            if " " in said:
                full[said][asked] += 1
    return [_pronouns_in(one, full) for one in articles]


def _chained(article: silver.Article) -> list[tuple[str, int]]:
    """The people named in chains that have "he" or "she", each with the pronoun that prevails."""
    named = {(n.start, n.end): article.text[n.start : n.end] for n in article.names if n.type == "person"}
    found = []
    for chain in article.chains:
        said = [article.text[start:end].lower() for start, end in chain]
        votes = [sum(word in pronouns for word in said) for pronouns in (HE, SHE)]
        if (asked := _clear(votes, LEAST_PRONOUNS)) is not None:
            found += [(named[place], asked) for place in chain if place in named]
    return found


def _clear(votes: Sequence[int], least: int) -> int | None:
    """Which of "he" and "she" prevails clearly, of at least so many votes."""
    most = int(np.argmax(votes))
    return most if sum(votes) >= least and votes[most] >= AGREED * sum(votes) else None


def _pronouns_in(article: silver.Article, full: Mapping[str, Counter[int]]) -> dict[tuple[int, int], int]:
    people = [(n.start, n.end, article.text[n.start : n.end]) for n in article.names if n.type == "person"]
    clear = {
        said: asked
        for _, _, said in people
        if said in full and (asked := _clear([full[said][i] for i in range(len(PRONOUNS))], 1)) is not None
    }
    of_part: dict[str, set[int | None]] = defaultdict(set)
    for _, _, said in people:
        if " " in said:
            for part in said.split():
                of_part[part].add(clear.get(said))
    for part, asked in of_part.items():
        if len(asked) == 1 and (only := next(iter(asked))) is not None:
            clear[part] = only
    return {(start, end): clear[said] for start, end, said in people if said in clear}


def of_document(document: gum.Document, words: Words, pos: Ints, nouns: Mapping[str, int]) -> Labelled:
    """What is known of the words of a GUM document.

    Args:
        document: with its gold mentions.
        words: its words.
        pos: a number in POS for each word, as a network that is trained so far tells it.
        nouns: what common nouns stand for; "document" and "people" come from here.
    """
    made = Labelled.blank(document.doc, document.text, words)
    made.noun[:] = NOUNS.index("none")
    made.name[:] = np.where(words.case == 0, 0, UNKNOWN)
    for mention in sorted(document.mentions, key=lambda one: one.span.start - one.span.end):
        at = touched(words, *mention.span)
        head = _head(at, pos)
        if head is not None:  # of two with one head the shorter comes later and tells
            made.noun[head] = _kind(mention, document.text[words.start[head] : words.end[head]], nouns)
        _put_gold_name(made, mention)
    _put_gold_pronouns(made, document)
    return made


def _head(at: slice, pos: Ints) -> int | None:
    """The last noun before what follows the noun; None where there is none."""
    head = None
    for i in range(at.start, at.stop):
        if int(pos[i]) in _HEADS:
            head = i
        elif head is not None and int(pos[i]) in _ENDS_PHRASE | {POS.index("verb")}:
            break
    return head


def _kind(mention: gum.Mention, head: str, nouns: Mapping[str, int]) -> int:
    said = head.lower()
    listed = nouns.get(said, UNKNOWN)
    if mention.type in ("object", "abstract", "event"):
        return listed if listed == NOUNS.index("document") else NOUNS.index("other")
    kind = _OF_TYPE.get(mention.type, "other")
    if kind == "person" and (
        said in _SEVERAL
        or listed == NOUNS.index("people")
        or (said.endswith("s") and not said.endswith("ss") and not head[0].isupper() and said not in _ONE)
    ):
        kind = "people"
    return NOUNS.index(kind)


_NAME = re.compile(
    rf"(?:[Tt]he |{silver.TITLES} )*"
    r"(?P<name>[A-Z][\w.&’'-]*(?: (?:(?:of|de|van|von|der|for|and|the|&) )*[A-Z][\w.&’'-]*)*?)(?:[’']s?)?"
)
_NO_NAME = re.compile("I|I’m|He|She|It|We|They|You|My|His|Her|Our|Their|Your|This|That|These|Those")


def _put_gold_name(made: Labelled, mention: gum.Mention) -> None:
    """A mention that is all capitals, and in Wikipedia or a person, is a name."""
    start, end = mention.span
    match = _NAME.fullmatch(made.text[start:end])
    kind = {"person": "person", "organization": "organisation", "place": "place"}.get(mention.type)
    if match is None or kind is None or _NO_NAME.fullmatch(match["name"].split()[0]):
        return
    if mention.identity is None and not (kind == "person" and " " in match["name"]):
        return
    at = touched(made.words, start + match.start("name"), start + match.end("name"))
    if not (made.name[at] > 0).any():  # longer mentions come first
        _put_name(made.name, at, kind)


def _put_gold_pronouns(made: Labelled, document: gum.Document) -> None:
    chains: dict[int, list[gum.Mention]] = defaultdict(list)
    for mention in document.mentions:
        if mention.type == "person":
            chains[mention.chain].append(mention)
    for chain in chains.values():
        said = [document.text[one.span.start : one.span.end].lower() for one in chain]
        asked = _clear([sum(word in pronouns for word in said) for pronouns in (HE, SHE)], LEAST_PRONOUNS)
        if asked is not None:
            for one in chain:
                at = touched(made.words, *one.span)
                made.pronoun[at] = np.where(made.name[at] > 0, asked, made.pronoun[at])
