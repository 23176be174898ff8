"""Which names in an article are those of outlets and agencies, and which are its own outlet's."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from quotidian.trace.words import fold
from quotidian.types import Article

CAPITALISED = r"[A-Z][\w’'&.-]*"
NAME = rf"(?P<name>(?:[Tt]he )?{CAPITALISED}(?: (?:of |and |for |the )?{CAPITALISED}){{0,5}}(?<![.’']))"
_OUTLETS = re.compile(
    r"\b(?:Times|Post|Chronicle|Herald|Gazette|Tribune|Journal|News|Press|Agency|Newswire|Lantern|Courier|Star|"
    r"Mail|Guardian|Observer|Telegraph|Daily|Weekly|Radio|TV|Television|Channel|Broadcasting|Magazine|Review|"
    r"Register|Globe|Sun|Standard|Examiner|Record|Dispatch|Bulletin|Mirror|Echo|Argus|Politico|BBC|CNN|NBC|CBS|"
    r"ABC|MSNBC|NPR|PBS|Axios|Bloomberg)\b"
)
_AGENCY = re.compile(r"\b(?:Press Agency|News Agency|Newswire|Press Association)\Z|\bwire\Z", re.IGNORECASE)
# A longer run of words is no outlet's name.
_MOST_WORDS = 6


def is_agency(name: str) -> bool:
    """Whether a name is a news agency's.

    >>> is_agency("the Associated Press"), is_agency("Tessarian Press Agency"), is_agency("Ada Voss")
    (True, True, False)
    """
    return (
        bare(name).strip(" .") in _agencies()
        or bool(_AGENCY.search(name))
        or (name.isupper() and 2 < len(name) < 5 and name.endswith("PA"))
    )


@cache
def _agencies() -> frozenset[str]:
    text = (files("quotidian.trace") / "agencies.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(name.strip() for line in lines for name in line.split(",") if name.strip())


def bare(name: str) -> str:
    """A name as it is compared: folded, without "the".

    >>> bare("The Halvic Chronicle")
    'halvic chronicle'
    """
    return fold(name).removeprefix("the ")


def is_own(article: Article, name: str) -> bool:
    """Whether a name is that of the outlet itself: "the Chronicle", "TPA" of a Tessarian Press Agency."""
    own = bare(article.outlet or "")
    folded = bare(name).strip(" .")
    return bool(folded) and (
        f" {folded} " in f" {own} " or folded == "".join(word[0] for word in own.split())
    )


def is_outlet(article: Article, name: str) -> bool:
    """Whether a name is another outlet's or agency's, by its words."""
    if is_own(article, name) or is_person(article, name):
        return False
    if is_agency(name):
        return True
    words = name.removeprefix("the ").removeprefix("The ")
    return words[:1].isupper() and bool(_OUTLETS.search(words)) and len(words.split()) <= _MOST_WORDS


def is_person(article: Article, name: str) -> bool:
    """Whether a name is that of a person in the article."""
    folded = bare(name)
    last = folded.split()[-1] if folded.split() else ""
    return any(
        entity.type == "person" and (fold(entity.name) == folded or fold(entity.name).split()[-1:] == [last])
        for entity in article.entities
    )


def is_body(article: Article, name: str) -> bool:
    """Whether a name in capitals may be an outlet's that is not known: "told KLTV"."""
    return (
        name.isupper()
        and len(name) > 2
        and not is_own(article, name)
        and not any(fold(entity.name) == bare(name) for entity in article.entities if entity.type == "place")
    )
