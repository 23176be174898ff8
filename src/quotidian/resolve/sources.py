"""A source's words → what they say of who is speaking: the mention at their head, and its kind."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from quotidian.resolve.layout import Layout
from quotidian.resolve.lexicon import word_lists
from quotidian.resolve.phrases import DEFINITE, HE, IT, RELATIVE, SHE, SOME, THEY, WE, I, head_word, is_plural
from quotidian.types import Attribution, Mention, MentionType, Passage, Span, SpeakerKind

_WORDS = word_lists("words.txt")
_JOINING = frozenset({"and", "or", "as", "including", "both", "with", "along"})
_CUT = frozenset({"who", "whom", "which", "that", "whose", "("})
_COLLECTIVES = _WORDS["collectives"]
# Nouns for people who do something: "speechwriters", "the organiser", "economist".
_AGENT = re.compile(r"(?:[^w]er|or|ist|ian|man|woman|men|women|eer|ess)s?$")
_INSIDE = frozenset({"familiar", "close", "briefed", "informed", "involved", "knowledgeable", "inside"})
_TWO_WORDS = frozenset(
    {("coast", "guard"), ("national", "guard"), ("think", "tank"), ("white", "house"), ("fire", "brigade")}
)
_ONE = frozenset({"a", "an", "one", "another", "someone", "somebody", "another's"})
_PRONOUNS = HE | SHE | THEY | IT | WE | I | RELATIVE


@dataclass(frozen=True, slots=True)
class Source:
    """What a source's words say: the mentions they name (indexes) and the kind that the words tell.

    ``heads`` are the mentions that speak, the first one first; ``including`` those that are named
    as some of them. ``kind`` is None where only a mention's figure can tell. ``noun`` is the head
    word in small letters.
    """

    passage: Passage
    heads: tuple[int, ...]
    including: tuple[int, ...]
    kind: SpeakerKind | None
    noun: str
    pronoun: str | None = None


@lru_cache(maxsize=1)
def kinds_of_nouns() -> dict[str, SpeakerKind]:
    """What a description with this head stands for: the rows of ``sources.tsv``."""
    made: dict[str, SpeakerKind] = {}
    for line in files(__package__).joinpath("sources.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, nouns = line.split("\t")
            for noun in nouns.split():
                made[noun] = kind  # type: ignore[assignment]  # the file's first column has only kinds
    return made


def source_of(layout: Layout, mentions: Sequence[Mention], inside: Sequence[int], passage: Passage) -> Source:
    """Read a source.

    Args:
        layout: the article's text.
        mentions: everything mentioned in it.
        inside: indexes of the mentions that lie inside the source, in order.
        passage: the source.
    """
    words = layout.words_in(passage.spans[0])
    lower = layout.lower[words.start : words.stop]
    bare = [word for word in lower if word[:1].isalnum()]
    if len(bare) == 1 and bare[0] in _PRONOUNS:
        at = next(
            (i for i in inside if layout.lower[layout.word_at(mentions[i].passage.start)] == bare[0]), None
        )
        if at is None and bare[0] in RELATIVE:
            at = _antecedent(layout, mentions, passage)
        return Source(passage, () if at is None else (at,), (), _pronoun_kind(bare[0]), bare[0], bare[0])
    regions = _regions(layout, mentions, inside, passage)
    heads, including = _heads(layout, mentions, inside, regions)
    main = regions[0][0] if regions else passage.spans[0]
    noun = layout.lower[head_word(layout, main)]
    kind = None
    if not heads or mentions[heads[0]].form != "name" or mentions[heads[0]].type == "group":
        kind = _described_kind(layout, mentions, heads, main, noun)
    return Source(passage, tuple(dict.fromkeys(heads)), tuple(including), kind, noun)


def _antecedent(layout: Layout, mentions: Sequence[Mention], relative: Passage) -> int | None:
    """What stands right before "which", a comma aside: the name there, or the longest mention."""
    end = len(layout.text[: relative.start].rstrip(" ,—–"))
    before = bisect_left(mentions, relative.start, key=lambda mention: mention.passage.start)
    ending = [i for i in range(max(0, before - 6), before) if mentions[i].passage.end == end]
    return min(ending, key=lambda i: (mentions[i].form != "name", mentions[i].passage.start), default=None)


def _heads(
    layout: Layout, mentions: Sequence[Mention], inside: Sequence[int], regions: list[tuple[Span, str]]
) -> tuple[list[int], list[int]]:
    """The mentions that speak, and those named as some of them."""
    heads: list[int] = []
    including: list[int] = []
    is_list = any(role == "joined" for _, role in regions)
    for region, role in regions:
        found = _name_at_end(layout, mentions, inside, region)
        if found is None:
            continue
        is_name = mentions[found].form == "name"
        if role == "including":
            including.append(found)
        elif role == "joined" and is_name and _is_epithet(layout, mentions, heads, region):
            heads[:1] = [found]  # "his wife and current adviser Eva Lund" is one person
        elif role != "beside":
            heads.append(found)
        elif not heads or mentions[heads[0]].form != "name":
            if is_name:  # "the minister, Eva Lund": the name says more
                heads[:1] = [found]
        elif is_list and is_name and _is_alone(layout, mentions[found], region):
            heads.append(found)  # "Ann Lund, Eva Brandt and …"; not "Ann Lund, Brandt's lawyer"
    return heads, including


def _is_alone(layout: Layout, name: Mention, region: Span) -> bool:
    """Whether a stretch of a source is a name and nothing else, an article aside."""
    before = layout.text[region.start : name.passage.start].strip().lower()
    return before in {"", "the"} and name.passage.end >= region.end


def _is_epithet(layout: Layout, mentions: Sequence[Mention], heads: Sequence[int], region: Span) -> bool:
    """Whether one person is described before "and" and goes on to be, up to the name."""
    if not heads or mentions[heads[0]].form != "description" or is_plural(mentions[heads[0]].passage.text):
        return False
    return layout.text[region.start].islower() and layout.lower[layout.word_at(region.start)] not in DEFINITE


def _pronoun_kind(pronoun: str) -> SpeakerKind | None:
    return "author" if pronoun in I | WE else None


def _regions(
    layout: Layout, mentions: Sequence[Mention], inside: Sequence[int], passage: Passage
) -> list[tuple[Span, str]]:
    """A source in parts: main; beside it (after a comma); joined (after "and"); including."""
    named: set[int] = set()
    for i in inside:
        if mentions[i].form == "name":
            words = layout.words_in(Span(mentions[i].passage.start, mentions[i].passage.end))
            named.update(range(words.start, words.stop))
    parts: list[tuple[Span, str]] = []
    role = "main"
    for span in passage.spans:
        words = layout.words_in(span)
        first = words.start
        if layout.lower[first : first + 1] == ("as",):
            first += 1
        skip = False
        for i in range(first, words.stop + 1):
            word = layout.lower[i] if i < words.stop else ","
            at_end = i == words.stop
            cut = word in _CUT and i > first
            is_comma = word in {",", "–", "—", ";"} and not at_end and not _in_number(layout, i)
            joins = not at_end and word in _JOINING and i not in named and (i > first or bool(parts))
            if not (at_end or cut or is_comma or joins):
                continue
            if i > first and not skip:
                parts.append((Span(layout.start[first], layout.end[i - 1]), role))
            if cut:
                skip = True
            elif is_comma:
                role, skip = (
                    ("joined" if word == ";" else "beside" if role in {"main", "beside"} else role),
                    False,
                )
            elif joins:
                role, skip = ("including" if word == "including" else "joined"), skip and word != "including"
            first = i + 1
    return parts


def _in_number(layout: Layout, i: int) -> bool:
    return layout.token(i - 1).isdigit() and layout.token(i + 1).isdigit()


def _name_at_end(
    layout: Layout, mentions: Sequence[Mention], inside: Sequence[int], region: Span
) -> int | None:
    """The mention that a noun phrase's head belongs to; a name of several before a description."""
    head = head_word(layout, region)
    here = [
        i
        for i in inside
        if region.start < mentions[i].passage.end and mentions[i].passage.end <= region.end + 1
    ]
    at_head = [
        i
        for i in here
        if layout.word_at(mentions[i].passage.start) <= head <= layout.word_at(mentions[i].passage.end - 1)
    ]
    names = [i for i in at_head if mentions[i].form == "name"]
    if names:
        return max(names, key=lambda i: mentions[i].passage.end - mentions[i].passage.start)
    exact = [
        i
        for i in at_head
        if mentions[i].form == "description"
        and head_word(layout, Span(mentions[i].passage.start, mentions[i].passage.end)) == head
    ]
    if exact:
        return max(exact, key=lambda i: mentions[i].passage.end - mentions[i].passage.start)
    return None


def _described_kind(
    layout: Layout, mentions: Sequence[Mention], heads: Sequence[int], main: Span, noun: str
) -> SpeakerKind | None:
    """What a description tells of its kind by its words."""
    words = layout.words_in(main)
    first = layout.lower[words.start]
    one = first in _ONE
    if heads and mentions[heads[0]].form == "name":  # a group by name
        return "unnamed" if one else "people"
    if noun in SOME or first in {"everyone", "everybody", "not", "every", "any"}:
        return "people"
    if noun in _COLLECTIVES and layout.token(head_word(layout, main) + 1) == "of":
        return "people"
    head = head_word(layout, main)
    if (noun in {"people", "persons"} and layout.token(head + 1) in _INSIDE) or (
        one and layout.token(words.start + 1) == "of"
    ):
        return "unnamed"  # "two people familiar with the talks", "one of them"
    if (layout.token(head - 1), noun) in _TWO_WORDS:
        return "organisation"
    known = _kind_of_noun(noun)
    if known is not None:
        return "unnamed" if known == "people" and one else known
    if heads:
        plural = noun.endswith("s") and not noun.endswith("ss")
        kind = mentions[heads[0]].type
        if kind in {"person", "group"}:
            return "people" if plural or (kind == "group" and not one) else "unnamed"
        if kind in {"organisation", "place"}:
            return "people" if plural else "organisation"
        return "document"
    # No mention at the head: the first word that the list has tells, or a group's name.
    for i in words[one:]:
        known = _kind_of_noun(layout.lower[i])
        if known is not None:
            return "unnamed" if known == "people" and one else known
    if first in SOME:
        return "people"
    if _AGENT.search(noun):
        return "people" if noun.endswith(("s", "men")) else "unnamed"
    # "One Republican": of a party or a faith, whom nobody names.
    return "unnamed" if one and layout.tokens[head_word(layout, main)][:1].isupper() else None


def _kind_of_noun(noun: str) -> SpeakerKind | None:
    kinds = kinds_of_nouns()
    singular = noun.removesuffix("s") if not noun.endswith("ss") else noun
    kind = kinds.get(noun) or kinds.get(singular)
    if kind == "organisation" and noun != singular and noun not in kinds:
        return "people"  # "companies" are many bodies, not one
    return kind


def with_sources(
    layout: Layout, mentions: Sequence[Mention], attributions: Sequence[Attribution]
) -> tuple[list[Mention], list[int | None]]:
    """The mentions, and one more for each source at whose head none stands.

    Returns:
        All mentions by place, and for each its index in ``mentions``, None where it is new.
    """
    ends = sorted((mention.passage.end, mention.passage.start) for mention in mentions)
    made: list[tuple[Mention, int | None]] = [(_typed(layout, one), i) for i, one in enumerate(mentions)]
    for span in sorted({one.source.spans[0] for one in attributions if one.source is not None}):
        new = _missing(layout, ends, span)
        if new is not None:
            made.append((new, None))
    made.sort(key=lambda pair: (pair[0].passage.start, -pair[0].passage.end))
    return [mention for mention, _ in made], [i for _, i in made]


def _typed(layout: Layout, mention: Mention) -> Mention:
    """A description of somebody whose noun is that of a body or a document is of one: "the coast guard"."""
    if mention.form != "description" or mention.type != "person":
        return mention
    head = head_word(layout, mention.passage.spans[0])
    if layout.token(head) in _COLLECTIVES and layout.token(head + 1) == "of":
        return mention
    is_body = (layout.token(head - 1), layout.token(head)) in _TWO_WORDS
    kind = "organisation" if is_body else _kind_of_noun(layout.token(head))
    return replace(mention, type=_TYPES[kind]) if kind in _TYPES else mention


def _missing(layout: Layout, ends: Sequence[tuple[int, int]], source: Span) -> Mention | None:
    """The mention that a source is, if it is one and nobody has found it yet."""
    words = layout.words_in(source)
    if not len(words):
        return None
    first, head = words.start, head_word(layout, source)
    at = bisect_left(ends, (layout.start[head] + 1, 0))
    if any(begin <= layout.start[head] for _, begin in ends[at : at + _NEAR_ENDS]):
        return None
    place = Span(layout.start[first], layout.end[head])
    passage = Passage.of(layout.text, [place])
    if first == head and layout.lower[head] in IT | THEY | HE | SHE:
        return Mention(passage, "group" if layout.lower[head] in THEY else "organisation", "pronoun", 0.5)
    kind = _kind_of_noun(layout.lower[head])
    if layout.lower[first] not in DEFINITE | _ONE or kind in {None, "none"} or first == head:
        return None
    return Mention(
        passage, "person" if kind in {"unnamed", "people"} else _TYPES[str(kind)], "description", 0.5
    )


# So many mentions that end after a word are looked at for one that holds it.
_NEAR_ENDS = 4
_TYPES: dict[str, MentionType] = {"organisation": "organisation", "document": "document"}
