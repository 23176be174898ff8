"""Articles with other names in them, so that a network learns what names are and not who was in the news.

The names of an article are replaced throughout, each by the same one everywhere: a man's given name
by a man's, a state by a state. What is not known to be a name stays as it is.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from babel import Locale

from quotidian.encoder.tags import PRONOUNS
from training.silver import LABELS, Article, Name

# The share of places, of organisations by letters and of other organisations that get another name.
PLACES, LETTERS, BODIES = 0.7, 0.6, 0.5
_PLAIN = re.compile(r"[^\W\d_]{3,}(?:[-’'][^\W\d_]+)*")
_OF_KIND = re.compile(
    r"(?P<own>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)*) (?P<kind>(?:(?:State|County|City|National|Memorial|High) )?"
    r"(?:University|Foundation|Institute|Institution|College|School|Center|Hospital|Times|Post|Journal|Tribune"
    r"|Herald|Gazette|Group|Bank|Police Department|Council|Inc\.|Partners|Church|News))"
)


@cache
def replacements(path: Path = LABELS / "renaming.txt") -> Mapping[str, Sequence[str]]:
    """What names may be replaced by: he, she, surname, city, company, state, country."""
    rows = (line.partition(": ") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
    found = {kind: names.split(" | ") for kind, _, names in rows}
    countries = [name for code, name in Locale("en").territories.items() if len(code) == 2 and name.isascii()]
    return found | {"country": sorted(countries)}


Pronouns = Mapping[tuple[int, int], int]


def renamed(article: Article, pronouns: Pronouns, seed: int) -> tuple[Article, Pronouns]:
    """The article with other names, and where its people's pronouns are then.

    A person of whom no pronoun is known gets a given name by chance, and stays unknown.
    """
    cast = _Cast(random.Random(f"{article.doc} {seed}"))
    for name in article.names:
        if name.type == "person":
            cast.meet(article.text[name.start : name.end].split(), pronouns.get((name.start, name.end)))
    changed = {
        (name.start, name.end): other
        for name in article.names
        if (other := cast.other(name, article.text[name.start : name.end])) is not None
    }
    return _rewritten(article, changed, pronouns, f"{article.doc}~{seed}")


@dataclass(slots=True)
class _Cast:
    """What each word of a person's name, and each other name, is called in the new article."""

    chance: random.Random
    words: dict[str, str] = field(default_factory=dict)
    names: dict[str, str | None] = field(default_factory=dict)

    def meet(self, parts: Sequence[str], pronoun: int | None) -> None:
        """Choose for the words of a person's name that are not known yet."""
        for i, part in enumerate(parts):
            if part not in self.words and _PLAIN.fullmatch(part) and part[0].isupper() and len(parts) > 1:
                given = i == 0
                kind = self.chance.choice(PRONOUNS) if pronoun is None else PRONOUNS[pronoun]
                self.words[part] = self._like(part, kind if given else "surname")

    def _like(self, part: str, kind: str) -> str:
        other = self.chance.choice(replacements()[kind])
        return other.upper() if part.isupper() else other

    def other(self, name: Name, said: str) -> str | None:
        """What a name becomes; None where it stays."""
        if name.type == "person":
            return self._person(said)
        if said not in self.names:
            chosen = {"place": self._place, "organisation": self._organisation}.get(name.type)
            self.names[said] = chosen(said) if chosen else None
        return self.names[said]

    def _person(self, said: str) -> str | None:
        parts = said.split()
        if len(parts) == 1 and parts[0] not in self.words and _PLAIN.fullmatch(said) and said[0].isupper():
            self.words[said] = self._like(said, "surname")
        if not any(part in self.words for part in parts):
            return None
        return " ".join(self.words.get(part, part) for part in parts)

    def _place(self, said: str) -> str | None:
        if "." in said or len(said) < 4 or self.chance.random() > PLACES:
            return None
        names = replacements()
        kind = next((kind for kind in ("state", "country") if said in names[kind]), "city")
        return self._like(said, kind)

    def _organisation(self, said: str) -> str | None:
        if re.fullmatch(r"[A-Z]{2,6}", said):
            if self.chance.random() > LETTERS:
                return None
            return "".join(self.chance.choices("ABCDEFGHIKLMNOPRSTUVW", k=self.chance.randint(2, 5)))
        if self.chance.random() > BODIES:
            return None
        if match := _OF_KIND.fullmatch(said):
            return f"{self._like(match['own'], self.chance.choice(['city', 'surname']))} {match['kind']}"
        return self._like(said, "company") if self.chance.random() < 0.5 else None


def _rewritten(
    article: Article, changed: Mapping[tuple[int, int], str], pronouns: Pronouns, doc: str
) -> tuple[Article, Pronouns]:
    """The article with some places changed, and everything else moved along."""
    text, at, names, asked = [], 0, [], {}
    tokens: list[tuple[int, int, str]] = []
    waiting = list(article.tokens[::-1])
    length = 0
    for name in article.names:
        place = (name.start, name.end)
        while waiting and waiting[-1][0] < name.start:
            start, end, pos = waiting.pop()
            tokens.append((start - at + length, end - at + length, pos))
        said = changed.get(place, article.text[name.start : name.end])
        start = name.start - at + length
        if place in changed:
            while waiting and waiting[-1][0] < name.end:
                waiting.pop()
            tokens += [(start + m.start(), start + m.end(), "name") for m in re.finditer(r"\S+", said)]
        text += [article.text[at : name.start], said]
        length = start + len(said)
        names.append(name._replace(start=start, end=length))
        if place in pronouns:
            asked[start, length] = pronouns[place]
        at = name.end
    tokens += [(start - at + length, end - at + length, pos) for start, end, pos in reversed(waiting)]
    text.append(article.text[at:])
    made = replace(article, doc=doc, text="".join(text), names=tuple(names), tokens=tuple(tokens), chains=())
    return made, asked
