"""A text with its mentions and attributions marked, as the stage before would give them.

``{p Mara Lindqvist}`` is a person's name; o, l and g name organisations, places and groups; d, D and r
describe a person, an organisation and a document; ``{~ she}`` is a pronoun. ``{S1 …}``, ``{C1 …}`` and
``{X1 …}`` are source, cue and content of attribution 1, ``{X2 …}`` inside ``{X1 …}`` belongs to a nested one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from quotidian.encoder.about import SHIPPED
from quotidian.encoder.wordpiece import WordPiece
from quotidian.encoder.words import load_tokenizer, words_of
from quotidian.resolve import Resolved, resolved
from quotidian.types import Attribution, Entity, Mention, MentionForm, MentionType, Passage, Speaker

_NAMES: dict[str, MentionType] = {"p": "person", "o": "organisation", "l": "place", "g": "group"}
_DESCRIPTIONS: dict[str, MentionType] = {"d": "person", "D": "organisation", "r": "document"}
_OF_PRONOUNS: dict[str, MentionType] = {
    "they": "group",
    "it": "organisation",
    "we": "group",
    "which": "organisation",
}
_MARK = re.compile(r"\{(\S+) |\}")


@dataclass(frozen=True)
class Scene:
    """A text, what it mentions and attributes, and what resolving makes of them."""

    text: str
    mentions: tuple[Mention, ...]
    resolved: Resolved

    def entity(self, words: str, nth: int = 0) -> Entity | None:
        """The entity that the nth mention with these words stands for."""
        mention = self.mention(words, nth)
        return next((entity for entity in self.resolved.entities if entity.id == mention.entity), None)

    def name(self, words: str, nth: int = 0) -> str | None:
        """The name of that entity."""
        entity = self.entity(words, nth)
        return entity.name if entity else None

    def mention(self, words: str, nth: int = 0) -> Mention:
        """The nth mention with these words."""
        return [mention for mention in self.resolved.mentions if mention.passage.text == words][nth]

    def may_be(self, words: str) -> set[str]:
        """The names of those that an unsure mention may stand for."""
        names = {entity.id: entity.name for entity in self.resolved.entities}
        return {names[entity] for entity in self.mention(words).maybe}

    def clues(self, words: str, nth: int = 0) -> str:
        """The clues of a mention's link, in words."""
        return "; ".join(evidence.why for evidence in self.mention(words, nth).because)

    @property
    def speaker(self) -> Speaker:
        """Who speaks in the last attribution."""
        return self.resolved.speakers[-1]


@lru_cache(maxsize=1)
def tokenizer() -> WordPiece:
    return load_tokenizer(SHIPPED / "vocabulary.txt")


def scene(marked: str, she: dict[str, float] | None = None) -> Scene:
    """Resolve a marked text; ``she`` gives log odds of "she" for names."""
    text, mentions, attributions = parsed(marked)
    odds = [(she or {}).get(mention.passage.text, 0.0) for mention in mentions]
    found = resolved(text, words_of(text, tokenizer()), mentions, attributions, odds)
    return Scene(text, mentions, found)


def parsed(marked: str) -> tuple[str, tuple[Mention, ...], tuple[Attribution, ...]]:
    """A marked text's own text, mentions by place and attributions by number."""
    text, at = "", 0
    opened: list[tuple[str, int]] = []
    mentions: list[Mention] = []
    roles: defaultdict[str, dict[str, list[tuple[int, int]]]] = defaultdict(dict)
    spans: list[tuple[str, int, int]] = []
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[1]:
            opened.append((mark[1], len(text)))
        else:
            code, start = opened.pop()
            spans.append((code, start, len(text)))
    text += marked[at:]
    for code, start, end in spans:
        if code[0] in "SCX" and code[1:].isdigit():
            roles[code[1:]].setdefault(code[0], []).append((start, end))
        else:
            mentions.append(_mention(text, code, start, end))
    mentions.sort(key=lambda mention: (mention.passage.start, -mention.passage.end))
    return text, tuple(mentions), _attributions(text, roles)


def _mention(text: str, code: str, start: int, end: int) -> Mention:
    words = text[start:end].lower()
    form: MentionForm = "name" if code in _NAMES else "pronoun" if code == "~" else "description"
    kind = _OF_PRONOUNS.get(words, "person") if code == "~" else {**_NAMES, **_DESCRIPTIONS}[code]
    return Mention(Passage.of(text, [(start, end)]), kind, form, 0.9)


def _attributions(text: str, roles: dict[str, dict[str, list[tuple[int, int]]]]) -> tuple[Attribution, ...]:
    made: list[Attribution] = []
    for number in sorted(roles, key=int):
        role = roles[number]
        content = Passage.of(text, sorted(role["X"]))
        parent = next((one for one in reversed(made) if one.content.holds(content)), None)
        made.append(
            Attribution(
                id=f"a{number}",
                source=Passage.of(text, role["S"]) if "S" in role else None,
                cue=Passage.of(text, role.get("C", role["X"])),
                content=content,
                directness="indirect",
                depth=parent.depth + 1 if parent else 0,
                parent=parent.id if parent else None,
                confidence=0.9,
            )
        )
    return tuple(made)
