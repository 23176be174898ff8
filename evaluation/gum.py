"""GUM's documents: text, and who and what is mentioned where, linked where it is the same.

GUM (Zeldes, Language Resources and Evaluation 51, 2017) marks every mention, nominal and pronominal, in
many genres, with a type, and links those that corefer. It comes as tokens in WebAnno's TSV 3.2; a
running text is put together from them as a newspaper would print it.
"""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, cast

from quotidian.errors import BadRecord, NotFound
from quotidian.types import Span

Split = Literal["dev", "train"]

# So many sentences make a paragraph: the tokens do not tell where one ends.
PARAGRAPH = 4
_CLOSES = re.compile(r"[,.;:?!)\]}%”]+|…|n[’']t|[’'](?:s|m|d|re|ve|ll|S)?")
_OPENS = re.compile(r"[(\[{$£€“#]")
# What a sentence ends with; a headline or caption doesn't, and is a paragraph by itself.
_ENDS = re.compile(r".*[.?!:;,…)\]\"”’'—–-]")
_TAG = re.compile(r"(?P<value>.+)\[(?P<id>\d+)\]")
_LINK = re.compile(r"[\d-]+\[(?P<target>\d+)_(?P<source>\d+)\]")


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for somebody or something.

    ``type`` is one of GUM's (person, organization, place, abstract …), ``identity`` what it is
    called in Wikipedia, if it is there. Mentions of the same have the same ``chain``.
    """

    span: Span
    type: str
    identity: str | None
    chain: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its mentions in order; ``tokens`` are places in it, ``sentences`` first tokens' numbers."""

    doc: str
    text: str
    tokens: tuple[Span, ...]
    sentences: tuple[int, ...]
    mentions: tuple[Mention, ...]

    @property
    def genre(self) -> str:
        """The genre that its name tells: "news" of "GUM_news_iodine"."""
        return self.doc.split("_")[1]


def documents(folder: Path, split: Split) -> Iterator[Document]:
    """GUM's documents of a split, from ``gum_tsv.tar.gz`` and ``splits.md`` in ``folder``, by name.

    The test splits are kept for a last look; nothing here reads them.

    Raises:
        NotFound: the folder has no such files.
        BadRecord: a line is not one of WebAnno's.
    """
    archive, listing = folder / "gum_tsv.tar.gz", folder / "splits.md"
    if not (archive.exists() and listing.exists()):
        raise NotFound(f"{folder}: no GUM there; docs/how-to/evaluate.md says where the data are")
    wanted = listed(split, listing.read_text(encoding="utf-8"))
    with tarfile.open(archive) as packed:
        members = {Path(member.name).stem: member for member in packed if member.name.endswith(".tsv")}
        for doc in sorted(wanted & members.keys()):
            file = cast("IO[bytes]", packed.extractfile(members[doc]))
            yield document(doc, io.TextIOWrapper(file, encoding="utf-8").read())


def listed(split: Split, listing: str) -> set[str]:
    """The documents that ``splits.md`` lists under a heading.

    >>> listed("dev", "## dev\\n\\n  * GUM_a_b\\n\\n## test\\n\\n  * GUM_c_d\\n")
    {'GUM_a_b'}
    """
    parts = re.split(r"^## +", listing, flags=re.MULTILINE)
    return {
        name
        for part in parts
        if part.split(maxsplit=1)[:1] == [split]
        for name in re.findall(r"\* (\S+)", part)
    }


def document(doc: str, tsv: str) -> Document:
    """A document from WebAnno TSV 3.2.

    Raises:
        BadRecord: a line has too few fields, or an annotation has no number.
    """
    words: list[str] = []
    sentences: list[int] = []
    places: dict[int, list[int]] = {}
    kinds: dict[int, tuple[str, str | None]] = {}
    links: list[tuple[int, int]] = []
    for number, line in enumerate(tsv.split("\n"), start=1):
        if line.startswith("#") or not line.strip():
            continue
        try:
            place, _, word, entity, _, _, identity, _, relation, target, *_ = line.split("\t")
            types, named = _tags(entity), _tags(identity)
            links += _links(relation, target)
        except ValueError as error:
            raise BadRecord(f"{doc}, line {number}: not a line of WebAnno TSV: {error}") from error
        if place.endswith("-1"):
            sentences.append(len(words))
        for mention, type in types.items():
            places.setdefault(mention, []).append(len(words))
            kinds.setdefault(mention, (type, named.get(mention)))
        words.append(word)
    text, tokens = printed(words, sentences)
    chains = _chains(places, links)
    found = (
        Mention(Span(tokens[at[0]].start, tokens[at[-1]].end), *kinds[mention], chains[mention])
        for mention, at in places.items()
    )
    ordered = tuple(sorted(found, key=lambda one: (one.span.start, -one.span.end)))
    return Document(doc, text, tokens, tuple(sentences), ordered)


def _tags(field: str) -> dict[int, str]:
    """The annotations of a token by their numbers: ``person[3]|place[4]``; ``*`` is a value left open."""
    tags: dict[int, str] = {}
    for tag in field.split("|") if field != "_" else ():
        match = _TAG.fullmatch(tag)
        if match is None:
            raise ValueError(f"{tag!r} has no number")
        if match["value"] != "*":
            tags[int(match["id"])] = match["value"].replace("\\_", "_")
    return tags


def _links(relation: str, target: str) -> Iterator[tuple[int, int]]:
    """The mentions that a token's relations say are the same; bridging tells of other relations."""
    if relation == "_":
        return
    for kind, place in zip(relation.split("|"), target.split("|"), strict=True):
        match = _LINK.fullmatch(place)
        if match is None:
            raise ValueError(f"{place!r} links no two mentions")
        if not kind.startswith("bridge"):
            yield int(match["source"]), int(match["target"])


def _chains(mentions: Iterable[int], links: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The chain of each mention: the least number of those that links lead to."""
    first = {mention: mention for mention in mentions}

    def root(mention: int) -> int:
        while first[mention] != mention:
            mention = first[mention] = first[first[mention]]
        return mention

    for one, other in links:
        low, high = sorted((root(one), root(other)))
        first[high] = low
    return {mention: root(mention) for mention in first}


def printed(words: Sequence[str], sentences: Iterable[int]) -> tuple[str, tuple[Span, ...]]:
    """Tokens as running text, and where each stands in it. ``sentences`` are numbers of first tokens.

    >>> printed(["“", "Mara", "'s", "ferry", ",", "”", "he", "said", "."], [0])[0]
    "“Mara's ferry,” he said."
    """
    begins = frozenset(sentences)
    text = ""
    places: list[Span] = []
    since = 0  # how many sentences the paragraph has
    opened = False  # a straight double quotation mark
    close = True
    for i, word in enumerate(words):
        if i in begins and (since == PARAGRAPH or (i and not _ENDS.fullmatch(words[i - 1]))):
            text, opened, close, since = text + "\n", False, True, 0
        since += i in begins
        if not (close or (word == '"' and opened) or (i not in begins and _CLOSES.fullmatch(word))):
            text += " "
        places.append(Span(len(text), len(text) + len(word)))
        text += word
        close = _OPENS.fullmatch(word) is not None or (word == '"' and not opened)
        opened ^= word == '"'
    return text, tuple(places)
