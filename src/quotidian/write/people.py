"""The people and bodies of an article: how often each speaks, what each is called, and by whom."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quotidian.sentences import sentences
from quotidian.types import Article, Entity, Label, LabelForm, Passage, Span, Statement
from quotidian.write import wording

_PEOPLE_AND_BODIES = ("person", "organisation", "group")


@dataclass(frozen=True, slots=True)
class Use:
    """One place where words are used for somebody.

    ``user`` is who uses them: the speaker of ``statement``, inside whose content they stand, or
    the outlet where ``statement`` is None.
    """

    label: Label
    statement: Statement | None
    user: str


@dataclass(frozen=True, slots=True)
class Called:
    """Words used for somebody, with every place; case and a leading "the" make no difference."""

    text: str
    form: LabelForm
    uses: tuple[Use, ...]

    @property
    def by_user(self) -> tuple[tuple[Use, ...], ...]:
        """The uses by one user with the same marks of distance together."""
        together: dict[tuple[bool, str, tuple[str, ...]], list[Use]] = {}
        for use in self.uses:
            together.setdefault((use.statement is None, use.user, use.label.marks), []).append(use)
        return tuple(map(tuple, together.values()))


@dataclass(frozen=True, slots=True)
class Entry:
    """A person or body, the number of statements by and about it, and all that it is called."""

    entity: Entity
    statements_by: int
    statements_about: int
    called: tuple[Called, ...]


def people(article: Article) -> tuple[Entry, ...]:
    """The article's persons, organisations and groups, and places that speak, by first mention."""
    by: Counter[str | None] = Counter()
    about: Counter[str | None] = Counter()
    for statement in article.statements:
        by.update({statement.speaker.entity, *(who.entity for who in statement.speaker.also)})
        about.update({who.entity for who in statement.about})
    statements = {statement.attribution.id: statement for statement in article.statements}
    outlet = article.outlet or "the article"
    return tuple(
        Entry(entity, by[entity.id], about[entity.id], _called(entity.labels, statements, outlet))
        for entity in article.entities
        if entity.type in _PEOPLE_AND_BODIES or (entity.type == "place" and by[entity.id])
    )


def counted(entry: Entry) -> str:
    """How many statements are by and about somebody; empty where none is either.

    >>> counted(Entry(Entity("e1", "person", "Mara Lind"), 2, 1, ()))
    '2 statements by, 1 about'
    """
    counts = ((entry.statements_by, "by"), (entry.statements_about, "about"))
    parts = [f"{count:,} {what}" for count, what in counts if count]
    if parts:
        number, _, what = parts[0].partition(" ")
        parts[0] = f"{number} statement{'' if number == '1' else 's'} {what}"
    return ", ".join(parts)


def _called(labels: Iterable[Label], statements: Mapping[str, Statement], outlet: str) -> tuple[Called, ...]:
    alike: dict[tuple[LabelForm, str], list[Use]] = {}
    for label in sorted(labels, key=lambda label: label.passage.spans):
        statement = statements[label.by] if label.by else None
        user = wording.speaker(statement.speaker) if statement else outlet
        words = label.passage.text.casefold().removeprefix("the ")
        alike.setdefault((label.form, words), []).append(Use(label, statement, user))
    return tuple(Called(uses[0].label.passage.text, form, tuple(uses)) for (form, _), uses in alike.items())


class Contexts:
    """The sentences of a text, to show words in the one where they stand."""

    def __init__(self, text: str):
        self._text = text
        self._sentences = sentences(text)

    def around(self, passage: Passage) -> Passage:
        """The sentence of a passage; where it crosses sentences, all of these."""
        first, last = self._at(passage.start), self._at(passage.end - 1)
        whole = min(first.start, passage.start), max(last.end, passage.end)
        return Passage.of(self._text, [whole])

    def _at(self, place: int) -> Span:
        """The sentence of a place, or the last before it."""
        index = bisect_right(self._sentences, (place, len(self._text))) - 1
        return self._sentences[index] if index >= 0 else Span(place, place)
