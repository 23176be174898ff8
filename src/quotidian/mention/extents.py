"""Where a name begins and ends: what belongs to its ends and what does not, and names that spelling tells."""

from __future__ import annotations

from collections.abc import Iterator

from quotidian.mention.tokens import Tokens

_OPENS, _CLOSES = frozenset("([“‘\"'«’"), frozenset("]”’\"'»,;:?…–—-")
_ARTICLES = frozenset({"the", "a", "an"})
_TITLES = frozenset(
    {"mr", "mrs", "ms", "mx", "dr", "sen", "sens", "rep", "reps", "gov", "govs", "lt", "gen", "col", "maj"}
    | {"capt", "sgt", "adm", "prof", "rev", "hon", "messrs", "president", "senator", "representative"}
    | {"congressman", "congresswoman", "governor", "secretary", "mayor", "justice", "judge", "pope", "king"}
    | {
        "queen",
        "prince",
        "princess",
        "sir",
        "lady",
        "lord",
        "chairman",
        "chairwoman",
        "speaker",
        "ambassador",
    }
    | {
        "general",
        "colonel",
        "captain",
        "sergeant",
        "admiral",
        "professor",
        "chancellor",
        "minister",
        "sheriff",
    }
)
# American states as newspapers shorten them (Associated Press style).
_STATES = frozenset(
    {"Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky", "La", "Md"}
    | {"Mass", "Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ore", "Pa", "Penn", "Tenn", "Tex"}
    | {"Va", "Vt", "Wash", "Wis", "Wyo"}
)
_DOTTED_STATES = frozenset({"N.C.", "N.D.", "N.H.", "N.J.", "N.M.", "N.Y.", "R.I.", "S.C.", "S.D.", "D.C."})
# Words that a stop after them belongs to, at the end of a name.
_SHORTENED = _STATES | {"Jr", "Sr", "Inc", "Corp", "Co", "Ltd", "Bros"}
# Outlets that have "The" in their name.
_MASTHEADS = frozenset(
    {"new york times", "washington post", "wall street journal", "los angeles times", "boston globe", "hill"}
    | {
        "guardian",
        "economist",
        "atlantic",
        "nation",
        "new yorker",
        "new republic",
        "daily beast",
        "times",
        "post",
    }
    | {
        "huffington post",
        "intercept",
        "independent",
        "daily telegraph",
        "telegraph",
        "daily mail",
        "daily caller",
    }
    | {"associated press", "weekly standard", "verge", "onion", "blaze", "federalist", "conversation"}
    | {
        "sunday times",
        "financial times",
        "irish times",
        "globe and mail",
        "denver post",
        "dallas morning news",
    }
    | {"chicago tribune", "philadelphia inquirer", "miami herald", "des moines register", "tennessean"}
)
# A state stands after one of these: "(D-Calif.)", "Dayton, Tenn.".
_BEFORE_STATES = frozenset("-–,(")


# Days that are called by one name, and nobody else is.
_FEASTS = frozenset(
    {"easter", "christmas", "thanksgiving", "halloween", "ramadan", "hanukkah", "passover", "diwali"}
)


def extent(tokens: Tokens, first: int, end: int, kind: str) -> tuple[int, int] | None:
    """A name's words without articles, titles, possessives and marks at its ends; None if none are left.

    A masthead keeps its article, which has a capital inside a sentence: "in The Ostmere Post"; where a
    sentence begins, only well-known ones are told. A shortened word keeps its stop: "Eva Lund Jr."
    """
    while first < end and (tokens.said[first] in _OPENS or tokens.lower[first] in _ARTICLES):
        first += 1
    while kind == "person" and end - first > 1 and tokens.lower[first] in _TITLES:
        first += 2 if tokens.said[first + 1] == "." else 1
    if kind == "person" and end - first == 1 and tokens.lower[first] in _TITLES and _goes_before(tokens, end):
        return None
    while first < end and (tokens.said[end - 1] in _CLOSES or _is_possessive(tokens, first, end)):
        end -= 1
    if first >= end or not any(word[0].isalnum() for word in tokens.said[first:end]):
        return None
    if end - first == 1 and tokens.lower[first] in _FEASTS:
        return None
    if kind == "organisation" and first and _has_article(tokens, first, end):
        first -= 1
    if tokens.said[end - 1] in _SHORTENED and tokens.glued(end - 1, ".") and tokens.together(end - 1, end):
        end += 1
    return first, end


def _goes_before(tokens: Tokens, i: int) -> bool:
    """Whether a word that has a capital follows, in the same sentence: "Mayor Lund"."""
    return i < len(tokens) and tokens.together(i - 1, i) and tokens.said[i][:1].isupper()


def _has_article(tokens: Tokens, first: int, end: int) -> bool:
    before = first - 1
    if tokens.said[before] != "The" or not tokens.together(before, first):
        return False
    if tokens.begins_sentence(before):
        return " ".join(tokens.lower[first:end]) in _MASTHEADS
    return tokens.small[before - 1] or tokens.said[before - 1] in {",", "("}


def _is_possessive(tokens: Tokens, first: int, end: int) -> bool:
    return end - first > 2 and tokens.said[end - 1] in {"s", "S"} and tokens.said[end - 2] in {"'", "’"}


def spelt(tokens: Tokens) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Names that spelling tells, "@handle" and shortened states: first word, end, types that it may be."""
    for i, word in enumerate(tokens.said):
        if word == "@":
            end = i + 1
            while (
                end < len(tokens) and tokens.glued(end - 1, tokens.said[end]) and _in_handle(tokens.said[end])
            ):
                end += 1
            is_address = i > 0 and tokens.glued(i - 1, "@") and _in_handle(tokens.said[i - 1])
            if end > i + 1 and not is_address:
                yield i, end, ("person", "organisation")
        elif word.isalpha() and tokens.glued(i, ".") and i and tokens.said[i - 1] in _BEFORE_STATES:
            if word in _STATES:
                yield i, i + 2, ("place",)
            elif "".join(tokens.said[i : i + 4]) in _DOTTED_STATES:
                yield i, i + 4, ("place",)


def _in_handle(word: str) -> bool:
    return word == "_" or (word.isascii() and word.isalnum())
