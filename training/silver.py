"""What CoreNLP made of PolNeAR's articles, cleaned: names with types, and word classes.

CoreNLP's silver (Manning et al., ACL 2014) is right about nine times in ten. Names are made better in
four steps, each by reading across the article or the whole split rather than one place: titles,
articles, possessives and quotation marks fall off a name's ends; ``labels/names.txt`` says what the
names are that the silver gets wrong most; an article's other places outvote one; and a name missed
at one place is taken up from the others, or left out of training where that is not clear.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

LABELS = Path(__file__).with_name("labels")

_TYPES = {"PERSON": "person", "ORGANIZATION": "organisation", "LOCATION": "place", "MISC": "misc"}
UNSURE, NOTHING = "unsure", "nothing"
SURE_TYPES = frozenset({"person", "organisation", "place", "group"})

TITLES = (
    r"(?:(?:Mr|Mrs|Ms|Mx|Dr|Sen|Sens|Rep|Reps|Gov|Lt|Gen|Col|Capt|Sgt|Adm|Prof|Rev|Hon)\.?"
    r"|President|Senator|Representative|Congressman|Congresswoman|Governor|Secretary|Mayor|Justice|Judge"
    r"|Pope|King|Queen|Prince|Princess|Sir|Lady|Lord|Chairman|Chairwoman|Speaker|Ambassador|General|Colonel"
    r"|Captain|Sergeant|Admiral|Professor|Father|Sister|Chancellor|Minister|Sheriff|Officer|Director)"
)
_FRONT = re.compile(
    rf"(?:[\W_]+|(?:the|an?|if|with|like|maybe|but|and|when|while|as|for|that|because|then|former|ex)\b"
    rf"|{TITLES}(?=\s+\w))\s*",
    re.IGNORECASE,
)
_MASTHEAD = re.compile(
    r"The (?:New York|Washington|Wall Street|Huffington|Boston|Daily|Hill|Guardian|Economist|Atlantic|Times"
    r"|Post|New Republic|Nation|Los Angeles|Christian Science|Denver|Des Moines|Dallas|Chicago|Financial"
    r"|Associated Press|Intercept)"
)
_BACK = re.compile(r"(?:[’']s|[^\w.)&!]+|[”\"]+\.?)$")
_GROUP = re.compile(r"[A-Z][\w-]*(?:ans?|ese|ish|ists?|i|is|ites?|ers)")
_BODY = re.compile(
    r".* (?:University|Foundation|Committee|Party|Department|Institute|Institution|Council|Association"
    r"|Organi[sz]ation|Coalition|PAC|Times|Post|News|Journal|Court|Bank|Group|Inc\.?|Corp\.?|LLC|LLP|Union"
    r"|Agency|Bureau|Commission|Caucus|College|School|Church|Partners|Fund|Project|Network|Society|Alliance"
    r"|Federation|Congress|Senate|Army|Police|Ministry|Tribune|Herald|Globe|Gazette|Magazine)"
)
_PLACE = re.compile(
    r".* (?:County|City|Street|Avenue|River|Islands?|Beach|Park|Hotel|Airport|Tower|Lake|Valley|Mountains?"
    r"|Sea|Ocean)"
)
_WORD = re.compile(r"\w[\w.’'-]*")

_TAGS = {
    "noun": "NN NNS",
    "name": "NNP NNPS",
    "finite": "VBD VBZ VBP MD",
    "verb": "VB VBG VBN",
    "adjective": "JJ JJR JJS",
    "adverb": "RB RBR RBS WRB RP",
    "pronoun": "PRP WP EX",
    "possessive": "PRP$ WP$",
    "determiner": "DT PDT WDT",
    "preposition": "IN TO",
    "conjunction": "CC",
    "number": "CD $ #",
    "mark": ", . '' `` : -LRB- -RRB- SYM",
    "genitive": "POS",
    "other": "UH FW LS",
}
_POS_OF = {tag: name for name, tags in _TAGS.items() for tag in tags.split()}


class Name(NamedTuple):
    """A name in an article: ``text[start:end]``, and its type."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its names, its tokens with their word classes, and what its chains corefer."""

    doc: str
    text: str
    names: tuple[Name, ...]
    tokens: tuple[tuple[int, int, str], ...]
    chains: tuple[tuple[tuple[int, int], ...], ...]


def articles(folder: Path, split: str) -> Iterator[Article]:
    """The split's articles as CoreNLP read them, names with their ends trimmed and nothing else done."""
    with gzip.open(folder / f"{split}.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = {row["doc"]: row["text"] for row in map(json.loads, lines)}
    with gzip.open(folder / f"silver_{split}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text = texts[row["doc"]]
            yield Article(
                row["doc"],
                text,
                tuple(_trimmed(text, one) for one in _raw(text, row["tokens"], row["sentences"])),
                tuple((start, end, _POS_OF.get(pos, "other")) for start, end, pos, _, _ in row["tokens"]),
                tuple(tuple((start, end) for start, end, _ in chain) for chain in row["chains"]),
            )


def _raw(text: str, tokens: Sequence[Sequence[object]], sentences: Iterable[Sequence[int]]) -> list[Name]:
    """Runs of tokens that have one tag, none across sentences or lines."""
    begins = {first for first, *_ in sentences}
    found: list[Name] = []
    last = -2
    for i, (start, end, _, tag, _) in enumerate(tokens):
        kind = _TYPES.get(str(tag))
        if kind is None:
            continue
        assert isinstance(start, int) and isinstance(end, int)
        goes_on = last == i - 1 and i not in begins and found[-1].type == kind
        if goes_on and "\n" not in text[found[-1].end : start]:
            found[-1] = found[-1]._replace(end=end)
        else:
            found.append(Name(start, end, kind))
        last = i
    return found


def _trimmed(text: str, name: Name) -> Name:
    """A name without what does not belong to it at its ends; a masthead keeps its "The"."""
    start, end = name.start, name.end
    while not _MASTHEAD.match(text, start, end) and (front := _FRONT.match(text, start, end)):
        start = front.end()
    while back := _BACK.search(text[start:end]):
        end = start + back.start()
    return Name(start, end, name.type) if start < end else Name(name.start, name.end, NOTHING)


def lexicon(path: Path = LABELS / "names.txt") -> dict[str, str]:
    """Names whose type was decided by hand."""
    decided: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, _, names = line.partition(": ")
            decided |= dict.fromkeys(names.split(" | "), kind)
    return decided


def cleaned(found: Sequence[Article], decided: Mapping[str, str]) -> list[Article]:
    """The articles with the types of names settled, and missed names taken up.

    Args:
        found: articles as CoreNLP read them.
        decided: the types decided by hand, by name.
    """
    everywhere: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        for name in one.names:
            everywhere[_said(one.text, name)][name.type] += 1
    settled = [replace(one, names=tuple(_settled(one, everywhere, decided))) for one in found]
    share = _share_named(settled)
    return [replace(one, names=tuple(sorted([*one.names, *_missed(one, share, decided)]))) for one in settled]


def _said(text: str, name: Name) -> str:
    return " ".join(text[name.start : name.end].split())


def _settled(
    article: Article, everywhere: Mapping[str, Counter[str]], decided: Mapping[str, str]
) -> Iterator[Name]:
    here: dict[str, Counter[str]] = defaultdict(Counter)
    surnames: set[str] = set()
    for name in article.names:
        said = _said(article.text, name)
        here[said][name.type] += 1
        if name.type == "person" and " " in said:
            surnames.add(said.rpartition(" ")[2])
    for name in article.names:
        said = _said(article.text, name)
        yield name._replace(type=_type_of(said, here[said], everywhere[said], said in surnames, decided))


def _type_of(
    said: str, here: Counter[str], everywhere: Counter[str], surname: bool, decided: Mapping[str, str]
) -> str:
    if said in decided:
        return decided[said]
    if not any(letter.isupper() for letter in said):
        return UNSURE
    if surname:
        return "person"
    if _BODY.fullmatch(said):
        return "organisation"
    if _PLACE.fullmatch(said):
        return "place"
    votes = {kind: n + everywhere[kind] / everywhere.total() for kind, n in here.items()}
    kind = max(votes, key=lambda one: votes[one])
    if kind != "misc":
        return kind
    return "group" if _GROUP.fullmatch(said) else "other"


def _share_named(found: Iterable[Article]) -> dict[str, tuple[float, str]]:
    """How often words with a capital that are a name somewhere are one, and of which type then."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        for name in one.names:
            kinds[one.text[name.start : name.end]][name.type] += 1
    bare: Counter[str] = Counter()
    for one in found:
        bare.update(text for text, _, _ in _unnamed(one) if text in kinds)
    return {
        said: (count.total() / (count.total() + bare[said]), count.most_common(1)[0][0])
        for said, count in kinds.items()
        if count.total() + bare[said] >= 3
    }


def _unnamed(article: Article) -> Iterator[tuple[str, int, int]]:
    """Capitalised words outside names, one by one."""
    taken = iter([*article.names, Name(len(article.text), len(article.text), NOTHING)])
    name = next(taken)
    for word in _WORD.finditer(article.text):
        while name.end <= word.start():
            name = next(taken, Name(10**9, 10**9, NOTHING))
        if word.end() <= name.start and word[0][:1].isupper():
            said = re.sub(r"[’']s$|\.$", "", word[0])
            yield said, word.start(), word.start() + len(said)


def _missed(
    article: Article, share: Mapping[str, tuple[float, str]], decided: Mapping[str, str]
) -> Iterator[Name]:
    for said, start, end in _unnamed(article):
        often, kind = share.get(said, (0.0, NOTHING))
        if often >= 0.8 or (often >= 0.15 and decided.get(said) in SURE_TYPES):
            yield Name(start, end, decided.get(said, kind))
        elif often >= 0.2:
            yield Name(start, end, UNSURE)
