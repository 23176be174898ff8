"""The list under the text: who spoke, for whom, about whom, when, what kind of act, how sure.

The source's own words stand in the text above, under the same number.
"""

from __future__ import annotations

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from quotidian.types import Article, Evidence, Said, Statement
from quotidian.write import wording
from quotidian.write.terminal.shown import QUIET, STYLES, Shown
from quotidian.write.terminal.sources import indented

# How much of a content the table repeats, so that a row can be told from its neighbours.
LONGEST_CONTENT = 72

_UNSETTLED = "italic"


def table(article: Article, order: tuple[Statement, ...], shown: Shown) -> Table:
    """A row a statement; office and channel stand under the speaker, whom it is about under the words."""
    made = Table(
        box=box.SIMPLE_HEAD, header_style=QUIET, padding=(0, 1, 0, 0), pad_edge=False, expand=True, leading=1
    )
    made.add_column("No.", justify="right", min_width=3, overflow="fold")
    made.add_column("Speaker", ratio=5, overflow="fold")
    made.add_column("What, about whom", ratio=7, overflow="fold")
    made.add_column("Day", ratio=3, overflow="fold")
    made.add_column("Act", ratio=3, min_width=len("vouched for"), overflow="fold")
    made.add_column("Sure", justify="right", min_width=len("100%"), overflow="fold")
    for number, statement in enumerate(order, start=1):
        made.add_row(
            str(number),
            _lines(_name(statement, shown), *_under_the_name(statement, shown)),
            _lines(_first_words(statement, article, shown), *_about(statement, shown)),
            _day(statement.said, shown),
            _lines(Text(wording.act(statement.act)), *_stance(statement)),
            f"{statement.attribution.confidence:.0%}",
        )
    return made


def listing(article: Article, order: tuple[Statement, ...], shown: Shown) -> Group:
    """The same for a terminal too narrow for a table: a few lines a statement."""
    listed: list[RenderableType] = []
    dot = Text(shown.signs.dot, QUIET)
    for number, statement in enumerate(order, start=1):
        kind = dot.join(
            [
                Text(wording.act(statement.act)),
                *_stance(statement),
                Text("" if statement.said.edtf else "day ").append_text(_day(statement.said, shown)),
                Text(f"{statement.attribution.confidence:.0%}", QUIET),
            ]
        )
        beneath = _lines(_words(statement, article, shown), *_about(statement, shown), kind)
        listed.append(_entry(number, statement, beneath, shown))
    return Group(*listed, "")


def explained(article: Article, order: tuple[Statement, ...], shown: Shown) -> Group:
    """Each statement with everything that is said of it, how sure, and the words that show it."""
    listed: list[RenderableType] = []
    for number, statement in enumerate(order, start=1):
        reasons = Table.grid(padding=(0, 2))
        reasons.add_column(style=QUIET, no_wrap=True)
        reasons.add_column(overflow="fold")
        for reason in wording.reasons(statement):
            reasons.add_row(reason.question, _reason(reason, article.text, shown))
        beneath = Group(_words(statement, article, shown), reasons)
        listed.append(_entry(number, statement, beneath, shown))
    return Group(*listed, "")


def _entry(number: int, statement: Statement, beneath: RenderableType, shown: Shown) -> Padding:
    """The number, the speaker beside it, and what is told beneath; moved in where it is nested."""
    under = Text(shown.signs.dot, QUIET).join(_under_the_name(statement, shown))
    entry = Table.grid(padding=(0, 2))
    entry.add_column(style=QUIET, justify="right", min_width=2)
    entry.add_column(overflow="fold")
    entry.add_row(str(number), _name(statement, shown).append("  ").append_text(under))
    entry.add_row("", beneath)
    return Padding(entry, (1, 0, 0, 2 * statement.attribution.depth))


def _name(statement: Statement, shown: Shown) -> Text:
    who = statement.speaker
    style = STYLES["source"] if wording.is_settled(who) else _UNSETTLED
    return indented(statement.attribution, shown.signs).append(shown.line(wording.speaker(who)), style)


def _under_the_name(statement: Statement, shown: Shown) -> list[Text]:
    who = statement.speaker
    via = f"via {statement.via.passage.text}" if statement.via else ""
    doubt = f"{sure} sure" if (sure := wording.doubt(who)) else ""
    return [Text(shown.line(words), QUIET) for words in (wording.office(who), via, doubt) if words]


def _words(statement: Statement, article: Article, shown: Shown) -> Text:
    return Text(shown.quoted(statement.attribution.content, article.text))


def _first_words(statement: Statement, article: Article, shown: Shown) -> Text:
    words = _words(statement, article, shown)
    if len(words) > LONGEST_CONTENT:
        cut = words.plain.rfind(" ", 0, LONGEST_CONTENT)
        words = words[: cut if cut > 0 else LONGEST_CONTENT].append(shown.signs.dots.rstrip())
    return words


def _about(statement: Statement, shown: Shown) -> list[Text]:
    if not statement.about:
        return []
    names = wording.listed([who.name for who in statement.about])
    return [Text.assemble(("about ", QUIET), shown.line(names))]


def _day(said: Said, shown: Shown) -> Text:
    return Text(shown.line(wording.day(said)), "" if said.from_ in ("words", "context") else QUIET)


def _stance(statement: Statement) -> list[Text]:
    words = wording.stance(statement.stance)
    return [Text(words, QUIET)] if words else []


def _reason(reason: wording.Reason, text: str, shown: Shown) -> Text:
    sure = "" if reason.confidence is None else f"  {reason.confidence:.0%}"
    where = f"  at {reason.where.start}" if reason.where else ""
    answer = Text.assemble(shown.line(reason.answer), (sure + where, QUIET))
    return _lines(answer, *(_evidence(one, text, shown) for one in reason.evidence))


def _evidence(one: Evidence, text: str, shown: Shown) -> Text:
    """The reason, the words that show it, and where they begin."""
    if one.passage is None:
        return Text(shown.line(one.why), QUIET)
    words = shown.line(f"“{shown.quoted(one.passage, text)}”")
    return Text.assemble((f"{shown.line(one.why)}: ", QUIET), words, (f" at {one.passage.start}", QUIET))


def _lines(*lines: Text) -> Text:
    return Text("\n").join(lines)
