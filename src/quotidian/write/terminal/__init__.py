"""An article on a terminal: the text with its statements marked, then a table of them.

Source, cue and content differ by colour and by bracket, so a pipe, NO_COLOR and a terminal
without colours show as much; a terminal whose encoding lacks the brackets gets ASCII ones.
Control characters and marks of direction in a stranger's text are made visible, never sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.text import Text

from quotidian._version import __version__
from quotidian.types import Article
from quotidian.write.about import changed, day, summary
from quotidian.write.segments import ROLES, Block, Mark, Role, blocks, marks, numbered, told
from quotidian.write.terminal import sources, statements
from quotidian.write.terminal.shown import QUIET, STYLES, Shown, Signs, console

WIDEST_TEXT = 88
WIDEST_TABLE = 120
NARROWEST_TABLE = 72

_NOTE = (
    "By a day: on that day or before. Vouched for: the article's words present it as so; "
    "distanced: they keep it at arm's length. --why shows what each answer rests on."
)
_INNER_CONTENT = "green underline"
_SIGN = "not underline default dim"


def write(articles: Iterable[Article], file: TextIO, *, why: bool = False) -> None:
    """Show each article; colours and width are those of the terminal behind ``file``.

    ``why`` shows under each statement what every answer rests on.
    """
    screen = console(file)
    shown = Shown.on(screen)
    models: list[str] = []
    are_told = False
    for place, article in enumerate(articles):
        if place:
            screen.print()
        show(article, screen, legend=not place, why=why)
        are_told |= bool(article.statements)
        if article.model and article.model not in models:
            models.append(article.model)
    if are_told:
        screen.print(Text(shown.line(_NOTE), QUIET))
    for model in models:
        read_by = f"Read by quotidian {__version__} (model {model}), a machine, which can err."
        screen.print(Text(shown.line(read_by), QUIET))


def show(article: Article, screen: Console, *, legend: bool = True, why: bool = False) -> None:
    """Print one article, then its statements."""
    shown = Shown.on(screen)
    width = min(screen.width, WIDEST_TEXT)
    screen.print(head(article, shown), width=width)
    if article.reason is not None:
        screen.print(Text(f"Not searched for statements: {shown.line(article.reason)}"), width=width)
        return
    if legend:
        screen.print(_legend(shown.signs), width=width)
    screen.print()
    order = numbered(article)
    for block in blocks(article.text, marks(order)):
        if block.is_paragraph:
            screen.print(_paragraph(article.text, block, shown), width=width)
            screen.print()
    screen.print(Text(summary(article), "bold"), width=width)
    if order:
        listed = _listed(article, shown, narrow=screen.width < NARROWEST_TABLE, why=why)
        screen.print(listed, width=min(screen.width, WIDEST_TABLE))


def _listed(article: Article, shown: Shown, *, narrow: bool, why: bool) -> RenderableType:
    """The statements under the text; the attributions alone where no more was read."""
    order = told(article)
    if not order:
        return (sources.listing if narrow else sources.table)(article, numbered(article), shown)
    if why:
        return statements.explained(article, order, shown)
    return (statements.listing if narrow else statements.table)(article, order, shown)


def head(article: Article, shown: Shown) -> Group:
    """What article it is, above a line."""
    about = [article.byline, day(article), changed(article)]
    lines = [
        Text(shown.line(article.outlet or ""), "italic"),
        Text(shown.line(article.title or article.id), "bold"),
        Text(shown.signs.dot.join(shown.line(part) for part in about if part), QUIET),
        Text(shown.line(article.url or article.origin or ""), QUIET),
    ]
    rule = Rule(characters=shown.signs.rule, style=QUIET)
    return Group(*(line for line in lines if line.plain), rule)


def _legend(signs: Signs) -> Text:
    parts = [_marked(role, f"{role}", signs, 0) for role in ROLES]
    return Text.assemble(
        parts[0], " who said it   ", parts[1], " words that say so   ", parts[2], " what was said"
    )


def _marked(role: Role, words: str, signs: Signs, depth: int) -> Text:
    opening, closing = getattr(signs, role)
    return Text.assemble((opening, _SIGN), (words, _style(role, depth)), (closing, _SIGN))


def _style(role: Role, depth: int) -> str:
    return _INNER_CONTENT if role == "content" and depth else STYLES[role]


def _paragraph(text: str, block: Block, shown: Shown) -> Text:
    """The words with brackets where marks begin and end; crossing marks need no nesting here."""
    marked = Text()
    for piece in block.segments:
        style = " ".join(_style(mark.role, mark.depth) for mark in piece.marks)
        marked.append("".join(_opening(m, shown.signs) for m in piece.marks if m.start == piece.start), _SIGN)
        marked.append(shown.words(text[piece.start : piece.end]), style or None)
        ending = (mark for mark in reversed(piece.marks) if mark.end == piece.end)
        marked.append("".join(_closing(mark, shown.signs) for mark in ending), _SIGN)
    marked.rstrip()
    return marked


def _opening(mark: Mark, signs: Signs) -> str:
    sign: str = getattr(signs, mark.role)[0]
    return signs.number(mark.number) + sign if mark.role == "content" else sign


def _closing(mark: Mark, signs: Signs) -> str:
    sign: str = getattr(signs, mark.role)[1]
    return sign if mark.role == "content" else sign + signs.number(mark.number)
