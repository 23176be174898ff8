"""The words of ``offices.txt``, by what they tell."""

from __future__ import annotations

from functools import lru_cache

from quotidian.resolve.lexicon import word_lists

_LISTS = word_lists("offices.txt")

TITLES = _LISTS["titles"]
SIDES = _LISTS["sides"]
RELATIONS = _LISTS["relations"]
NO_OFFICES = _LISTS["sources"]
NOUNS = _LISTS["offices"] | SIDES | RELATIONS | NO_OFFICES
VAGUE_IN_GROUPS = _LISTS["of groups"]
NO_AGENTS = _LISTS["no agents"]
ADJECTIVES_TOO = _LISTS["adjectives too"]
GIVEN_NAMES_TOO = _LISTS["given names too"]
EX = _LISTS["ex"]
MODIFIERS = _LISTS["modifiers"] | EX
OCCASIONS = _LISTS["occasions"]
NEVER = _LISTS["never"]

BODIES = _LISTS["bodies"]
BODY_NOUNS = _LISTS["body nouns"]
PERSONAL_BODIES = _LISTS["personal bodies"]
NO_BODIES = _LISTS["no bodies"]
WITH_CHAIRS = _LISTS["bodies with chairs"]
OF_NATIONS = _LISTS["heads of nations"]
ON_OWN_ACCOUNT = _LISTS["own account"]

ARTICLES = frozenset({"a", "an", "the", "his", "her", "its", "their", "our", "my", "another", "some"})
PREPOSITIONS = frozenset({"of", "for", "at", "with", "to", "from", "in", "on", "under"})

_ENDINGS = tuple(_LISTS["endings"])
_PLURALS = (("men", "man"), ("women", "woman"), ("ies", "y"), ("es", ""), ("s", ""))


@lru_cache(maxsize=65_536)
def office_noun(word: str) -> str:
    """The noun for an office that a word is, in the singular; empty where it is none.

    >>> [office_noun(word) for word in ("spokesmen", "deputies", "aides", "boss", "hydrologists", "ferries")]
    ['spokesman', 'deputy', 'aide', 'boss', 'hydrologist', '']
    """
    if word in NOUNS:
        return word
    for ending, instead in _PLURALS:
        singular = word.removesuffix(ending) + instead
        if word.endswith(ending) and singular in NOUNS:
            return singular
    singular = word.removesuffix("s")
    return singular if singular.endswith(_ENDINGS) else ""
