"""A stranger's text as a terminal of this encoding can show it, and the signs that mark it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TextIO

from rich.console import Console

from quotidian.types import Passage
from quotidian.write.segments import Role
from quotidian.write.visible import on_a_terminal, on_one_line

STYLES: dict[Role, str] = {"source": "bold cyan", "cue": "italic magenta", "content": "green"}
QUIET = "dim"

_TYPEWRITTEN = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "--", "…": "...", "\xa0": " "}
)


class _Console(Console):
    """A console that leaves it to its caller what a closed pipe means."""

    def on_broken_pipe(self) -> None:
        raise


def console(file: TextIO) -> Console:
    """What writes to ``file`` as it is given, with the colours and the width of its terminal."""
    return _Console(file=file, highlight=False, markup=False, emoji=False)


@dataclass(frozen=True, slots=True)
class Signs:
    """What marks the roles besides colour, in an encoding that has it."""

    source: tuple[str, str] = ("⟨", "⟩")
    cue: tuple[str, str] = ("‹", "›")
    content: tuple[str, str] = ("⟦", "⟧")
    digits: str = "⁰¹²³⁴⁵⁶⁷⁸⁹"
    before_number: str = ""
    inside: str = "↳ "
    dots: str = " … "
    dot: str = " · "
    rule: str = "─"

    def number(self, number: int) -> str:
        """The statement's number, raised or after a sign that says so."""
        return self.before_number + str(number).translate(str.maketrans("0123456789", self.digits))


UNICODE = Signs()
ASCII = Signs(("{", "}"), ("<", ">"), ("[[", "]]"), "0123456789", "^", "> ", " ... ", " - ", "-")
_SIGNS = "⟨⟩‹›⟦⟧⁰¹²³⁴⁵⁶⁷⁸⁹↳…·─"


@dataclass(frozen=True, slots=True)
class Shown:
    """Makes text safe and fit to show; Unicode signs where the encoding has them, or ASCII ones."""

    encoding: str
    signs: Signs

    @classmethod
    def on(cls, console: Console) -> Shown:
        """For what ``console`` can show."""
        return cls(console.encoding, UNICODE if _can_show(_SIGNS, console.encoding) else ASCII)

    def words(self, text: str) -> str:
        """With its line ends."""
        return self._encodable(on_a_terminal(text))

    def line(self, text: str) -> str:
        """On one line."""
        return self._encodable(on_one_line(text))

    def quoted(self, passage: Passage, text: str) -> str:
        """A passage as people quote it: dots where other words interrupt it."""
        return self.signs.dots.join(self.line(text[start:end]) for start, end in passage.spans)

    def _encodable(self, text: str) -> str:
        if _can_show(text, self.encoding):
            return text
        return text.translate(_TYPEWRITTEN).encode(self.encoding, "replace").decode(self.encoding)


def _can_show(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
