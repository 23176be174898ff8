"""An article's people and bodies on a terminal: what each is called, by whom, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TextIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from quotidian.types import Article
from quotidian.write.people import Contexts, Entry, Use, counted, people
from quotidian.write.segments import told
from quotidian.write.terminal import NARROWEST_TABLE, WIDEST_TEXT, head
from quotidian.write.terminal.shown import QUIET, STYLES, Shown, console
from quotidian.write.wording import not_said_again

# Places shown of one who uses the same words often; the other formats have all.
MOST_PLACES = 6

_FORMS = {"name": "", "acronym": "acronym", "description": ""}


def write(articles: Iterable[Article], file: TextIO, *, context: bool = False) -> None:
    """Show each article's people and bodies; ``context`` adds the sentence around each label."""
    screen = console(file)
    for place, article in enumerate(articles):
        if place:
            screen.print()
        show(article, screen, context=context)


def show(article: Article, screen: Console, *, context: bool = False) -> None:
    """Print one article's people and bodies."""
    shown = Shown.on(screen)
    width = min(screen.width, WIDEST_TEXT)
    screen.print(head(article, shown), width=width)
    entries = people(article)
    if not entries:
        screen.print("No person and no body is named.", width=width)
    contexts = Contexts(article.text) if context else None
    numbers = {made.attribution.id: number for number, made in enumerate(told(article), start=1)}
    for entry in entries:
        screen.print()
        screen.print(_heading(entry, shown), width=width)
        for part in _called(entry, article, numbers, contexts, shown, width < NARROWEST_TABLE):
            screen.print(Padding(part, (0, 0, 0, 2)), width=width)


def _heading(entry: Entry, shown: Shown) -> Text:
    entity = entry.entity
    found = [part for part in (entity.role, entity.organisation) if part]
    office = ", ".join(not_said_again(entity.name, found))
    about = shown.signs.dot.join(shown.line(part) for part in (entity.type, office, counted(entry)) if part)
    return Text.assemble((shown.line(entity.name), STYLES["source"]), "  ", (about, QUIET))


def _called(
    entry: Entry,
    article: Article,
    numbers: Mapping[str, int],
    contexts: Contexts | None,
    shown: Shown,
    narrow: bool,
) -> Iterator[RenderableType]:
    """A row for the words, how they are used, by whom and where; with contexts, sentences under it."""
    for called in entry.called:
        words = Text(shown.line(called.text))
        for uses in called.by_user:
            marks = " ".join(uses[0].label.marks)
            described = " ".join(part for part in (_FORMS[called.form], marks) if part)
            cells = [words, Text(described, QUIET), _user(uses, numbers, shown), _places(uses)]
            yield Text("  ").join(cell for cell in cells if cell) if narrow else _row(cells)
            if contexts:
                for use in uses:
                    yield Padding(_sentence(use, article, contexts, shown), (0, 0, 0, 2))
            words = words if narrow else Text("")


def _row(cells: Iterable[Text]) -> Table:
    row = Table.grid(padding=(0, 2), expand=True)
    for ratio in (4, 2, 6, 2):
        row.add_column(ratio=ratio, overflow="fold")
    row.add_row(*cells)
    return row


def _user(uses: tuple[Use, ...], numbers: Mapping[str, int], shown: Shown) -> Text:
    stated = sorted({numbers[use.label.by] for use in uses if use.label.by})
    where = f" (statement{'s' if len(stated) > 1 else ''} {', '.join(map(str, stated))})" if stated else ""
    return Text.assemble(("by ", QUIET), shown.line(uses[0].user), (where, QUIET))


def _places(uses: tuple[Use, ...]) -> Text:
    starts = [str(use.label.passage.start) for use in uses]
    more = f" and {len(starts) - MOST_PLACES} more" if len(starts) > MOST_PLACES else ""
    return Text(f"at {', '.join(starts[:MOST_PLACES])}{more}", QUIET)


def _sentence(use: Use, article: Article, contexts: Contexts, shown: Shown) -> Text:
    """The sentence around a label, the label in brackets."""
    passage, (around,) = use.label.passage, contexts.around(use.label.passage).spans
    opening, closing = shown.signs.content
    made, end = Text(), around.start
    for start, stop in passage.spans:
        made.append(shown.line(article.text[end:start]), QUIET)
        made.append(f"{opening}{shown.line(article.text[start:stop])}{closing}")
        end = stop
    return made.append(shown.line(article.text[end : around.end]), QUIET)
