"""The list under the text where attributions alone were read: source, cue and content."""

from __future__ import annotations

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from quotidian.types import Article, Attribution
from quotidian.write.terminal.shown import QUIET, STYLES, Shown, Signs


def table(article: Article, order: tuple[Attribution, ...], shown: Shown) -> Table:
    """A row an attribution."""
    made = Table(box=box.SIMPLE_HEAD, header_style=QUIET, pad_edge=False, expand=True)
    made.add_column("No.", justify="right", min_width=3, overflow="fold")
    made.add_column("Source", ratio=4, overflow="fold", style=STYLES["source"])
    made.add_column("Cue", ratio=3, min_width=9, overflow="fold", style=STYLES["cue"])
    made.add_column("Content", ratio=8, overflow="fold")
    made.add_column("How", min_width=len("indirect"), overflow="fold")
    made.add_column("Sure", justify="right", min_width=len("100%"), overflow="fold")
    for number, found in enumerate(order, start=1):
        made.add_row(
            str(number),
            indented(found, shown.signs).append_text(_who(found, article.text, shown)),
            shown.quoted(found.cue, article.text),
            indented(found, shown.signs).append(shown.quoted(found.content, article.text)),
            found.directness,
            f"{found.confidence:.0%}",
        )
    return made


def listing(article: Article, order: tuple[Attribution, ...], shown: Shown) -> Group:
    """The same for a terminal too narrow for a table: two paragraphs an attribution."""
    listed: list[RenderableType] = []
    for number, found in enumerate(order, start=1):
        about = Text.assemble(
            (f"{number} ", QUIET),
            _who(found, article.text, shown),
            " ",
            (shown.quoted(found.cue, article.text), STYLES["cue"]),
            (f"  {found.directness} {found.confidence:.0%}", QUIET),
        )
        said = Text(shown.quoted(found.content, article.text))
        listed.append(Padding(about, (1, 0, 0, 2 * found.depth)))
        listed.append(Padding(said, (0, 0, 0, 2 * found.depth + 2)))
    return Group(*listed, "")


def indented(found: Attribution, signs: Signs) -> Text:
    """What stands before one that lies inside another."""
    return Text.assemble(("  " * (found.depth - 1) + signs.inside if found.depth else "", QUIET))


def _who(found: Attribution, text: str, shown: Shown) -> Text:
    if found.source is None:
        return Text("nobody named", "not bold default dim italic")
    return Text(shown.quoted(found.source, text), STYLES["source"])
