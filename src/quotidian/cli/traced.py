"""A trace on a terminal: the first report, all of them over time, each beside the first, what contradicts it.

Signs tell everything, no colour does: words that the first report has and this one has not stand between
[- and -], words that this one has besides between {+ and +}, and (!) says what changes the meaning.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TextIO

from quotidian.cli import hits
from quotidian.store.values import Hit, Utterance, UtteranceHead
from quotidian.told import traces, words
from quotidian.told.aligned import Piece, counted
from quotidian.told.lanes import Lane, lanes
from quotidian.told.times import begun, stated
from quotidian.told.traces import Against, Joint, Told
from quotidian.write.terminal.shown import Shown, console

_WIDEST = 100
_NARROWEST_LANE = 24
_WIDEST_NAME = 28
_LEGEND = "[-words-] only the first has, {+words+} only this one has, (!) changes the meaning"
_ONLY_HERE = (
    "The first of what this archive has read, not the first there was. When a page was published, when it "
    "was modified and when it was read here are three times; the first two alone say when words appeared."
)


def write(found: Sequence[Utterance], file: TextIO, *, links: bool) -> None:
    """Some utterances, one after the other."""
    page = _Page(Shown.on(console(file)), min(shutil.get_terminal_size().columns, _WIDEST))
    if len(found) > 1:
        file.write(f"{len(found)} utterances: the sentences of this statement are reported apart\n\n")
    for place, one in enumerate(found):
        if place:
            file.write(f"\n{page.shown.signs.rule * page.width}\n\n")
        file.writelines(f"{line}\n" for line in page.trace(one, links))


def write_list(heads: Sequence[UtteranceHead], file: TextIO, *, more: bool, waiting: int) -> None:
    """Utterances in short, then how many."""
    page = _Page(Shown.on(console(file)), min(shutil.get_terminal_size().columns, _WIDEST))
    for head in heads:
        file.writelines(f"{line}\n" for line in page.head(head))
        file.write("\n")
    if waiting:
        file.write(f"{words.counted(waiting, 'article')} not joined yet: see `quotidian join`\n")
    number = words.counted(len(heads), "utterance")
    file.write(f"{'the first ' if more else ''}{number}\n" if heads else "nothing found\n")


class _Page:
    """Lines of a width."""

    def __init__(self, shown: Shown, width: int):
        self.shown = shown
        self.width = width

    # --- a whole trace -----------------------------------------------------------------------

    def trace(self, utterance: Utterance, links: bool) -> Iterator[str]:
        """All of an utterance."""
        listed = traces.told(utterance)
        yield from self._title(utterance, listed)
        if len(listed) > 1:
            yield ""
            yield from self._first(listed)
            yield ""
            yield from self._over_time(utterance)
            yield ""
            yield from self._wrapped(f"Beside the first: {_LEGEND}", "")
        for one in listed:
            yield ""
            yield from self._report(one)
        found = traces.against(utterance, listed)
        if found:
            yield ""
            yield "Contradicts it, and is kept apart; neither is taken for wrong here"
            for against in found:
                yield ""
                yield from self._against(against)
        joints = traces.joined(utterance)
        if links and joints:
            yield ""
            yield words.counted(len(joints), "link")
            for joint in joints:
                yield from self._wrapped(f"{joint.a} and {joint.b}: {_why(joint)}", "  ")
        if utterance.others:
            yield ""
            yield from self._wrapped(
                f"Its statements report other utterances too: {', '.join(utterance.others)}", ""
            )

    def _title(self, utterance: Utterance, listed: Sequence[Told]) -> Iterator[str]:
        head, first = utterance.head, listed[0].report.hit
        said = traces.days_said(utterance)
        yield from self._dotted(
            hits.speaker(first),
            f"said {said[0]}" if said else "day unknown",
            _numbers(head),
            f"utterance {head.id}",
        )
        yield from self._wrapped(self._content(head.content), "  ")
        speakers = traces.speakers(utterance)
        if len(speakers) > 1:
            yield from self._wrapped(f"Not all reports agree who speaks: {traces.named(speakers)}.", "")
        if len(said) > 1:
            yield from self._wrapped(f"Not all reports agree on the day: {'; '.join(said)}.", "")

    def _first(self, listed: Sequence[Told]) -> Iterator[str]:
        first, rivals = listed[0], traces.rivals(listed)
        yield from self._wrapped(
            f"First in this archive: {first.outlet} (1), {first.when}: {first.rests_on}.", ""
        )
        if rivals:
            named = [f"{one.outlet} ({one.number}), {one.when}" for one in rivals]
            overlap = "the times overlap, and nothing here tells which was earlier"
            yield from self._wrapped(f"It may also have been {' or '.join(named)}: {overlap}.", "")
        else:
            yield "No other report here can have been earlier."
        yield from self._wrapped(_ONLY_HERE, "")

    # --- over time ---------------------------------------------------------------------------

    def _over_time(self, utterance: Utterance) -> Iterator[str]:
        drawn = lanes(utterance.reports)
        width = max(self.width - _WIDEST_NAME - 4, _NARROWEST_LANE)
        for lane in drawn.lanes:
            for row in range(lane.rows):
                name = textwrap.shorten(
                    self.shown.line(lane.name), _WIDEST_NAME, placeholder=self.shown.signs.dots.rstrip()
                )
                yield f"  {self._lane(lane, row, width)}  {'' if row else name}".rstrip()
        first, last = drawn.ticks[0], drawn.ticks[-1]
        left, right = f"{first.day}, {first.time}", f"{last.day}, {last.time}"
        yield f"  {left}{right.rjust(width - len(left))}"

    def _lane(self, lane: Lane, row: int, width: int) -> str:
        """A bar where a report may have appeared, its number where it can have appeared first."""
        cells = [" "] * width
        for mark in lane.marks:
            if mark.row != row:
                continue
            start, end = (min(width - 1, int(at * width / 100)) for at in (mark.start, mark.end))
            if end - start > 1:
                cells[start : end + 1] = self.shown.signs.rule * (end + 1 - start)
            number = {"before": f"<{mark.number}", "after": f"{mark.number}>", "": str(mark.number)}[
                mark.beyond
            ]
            at = max(0, min(width - len(number), int(mark.x * width / 100)))
            cells[at : at + len(number)] = number
        return "".join(cells)

    # --- reports -----------------------------------------------------------------------------

    def _report(self, one: Told) -> Iterator[str]:
        report = one.report
        hit = report.hit
        perhaps = "perhaps the first" if report.may_be_first and one.number > 1 else ""
        yield from self._dotted(
            f"{one.number}  {one.outlet}", one.when, perhaps, words.title(hit.article), f"statement {hit.id}"
        )
        if one.number > 1:
            yield from self._wrapped(f"{one.relation}.", "   ")
        yield from self._wrapped(hits.speaker(hit), "   ")
        sentence = hits.marked(replace(hit, content=report.content), self.shown.signs)
        yield from self._wrapped(sentence, "     ")
        if one.number > 1:
            yield from self._wrapped(f"beside the first: {one.how}", "   ")
            if one.meanings:
                yield from self._wrapped(
                    f"(!) changes what a reader is told: {'; '.join(one.meanings)}", "   "
                )
            if report.alignment and report.alignment.change != "none":
                yield from self._wrapped(_pieces(one.wording), "     ")
        passage = report.credit.passage
        quoted = f": “{passage.text}”" if passage and passage.text != report.credit.name else ""
        yield from self._wrapped(f"credits: {one.credit}{quoted} ({report.credit.why})", "   ")
        yield from self._wrapped(f"hands between: {one.hands}", "   ")
        yield from self._wrapped(_times(one), "   ")
        if one.joint:
            yield from self._wrapped(f"taken for the same as report {one.joint.a}: {_why(one.joint)}", "   ")

    def _against(self, one: Against) -> Iterator[str]:
        yield from self._wrapped(f"(!) {one.what}", "  ")
        mine = one.mine.report.hit
        for where, hit, pieces in (
            (f"report {one.mine.number}", mine, one.before),
            (f"statement {one.hit.id}", one.hit, one.after),
        ):
            yield from self._dotted(where, traces.outlet_of(hit), hits.speaker(hit), _day(hit), indent="  ")
            yield from self._wrapped(self._content(_pieces(pieces, named=False)), "    ")
        yield from self._wrapped("; ".join(one.link.because), "  ")

    # --- a list ------------------------------------------------------------------------------

    def head(self, head: UtteranceHead) -> Iterator[str]:
        """An utterance in short."""
        speaker = head.speaker.name if head.speaker else "nobody named"
        yield from self._dotted(
            speaker, words.stretch(head.first_day, head.last_day), _numbers(head), f"utterance {head.id}"
        )
        yield from self._wrapped(self._content(head.content), "  ")
        if changed := counted(head):
            yield from self._wrapped(f"beside the first: {changed}", "  ")
        if head.unsourced:
            names = "names" if head.unsourced == 1 else "name"
            yield from self._wrapped(
                f"{words.counted(head.unsourced, 'later report')} {names} no speaker", "  "
            )

    # --- lines -------------------------------------------------------------------------------

    def _content(self, text: str) -> str:
        before, after = self.shown.signs.content
        return f"{before}{text}{after}"

    def _dotted(self, *parts: str, indent: str = "") -> list[str]:
        line = self.shown.signs.dot.join(self.shown.line(part) for part in parts if part)
        return textwrap.wrap(line, self.width, initial_indent=indent, subsequent_indent=f"{indent}  ")

    def _wrapped(self, text: str, indent: str) -> list[str]:
        return textwrap.wrap(
            self.shown.line(text), self.width, initial_indent=indent, subsequent_indent=indent
        )


def _numbers(head: UtteranceHead) -> str:
    return f"{words.counted(head.reports, 'report')} in {words.counted(head.outlets, 'outlet')}"


def _pieces(found: Sequence[Piece], *, named: bool = True) -> str:
    """Two wordings as one; what changes the meaning is said behind it."""
    told = []
    for piece in found:
        text = piece.text
        if piece.kind != "same":
            inner = text.strip()
            marked = f"[-{inner}-]" if piece.kind == "cut" else f"{{+{inner}+}}"
            sign = f"(! {piece.meaning})" if named else "(!)"
            # Spaces stand outside the signs, so that words do not stick to each other.
            text = f" {marked}{sign if piece.meaning else ''} "
        told.append(text)
    return " ".join("".join(told).split())


def _times(one: Told) -> str:
    when = one.report.appeared
    published, modified = stated(when.published) or "not stated", stated(when.modified) or "not stated"
    read = words.moment(when.read)
    because = f" ({one.rests_on})" if one.number > 1 else ""
    return f"published: {published}; modified: {modified}; read here: {read}{because}"


def _why(joint: Joint) -> str:
    by = f", {joint.link.by} says so" if joint.link.by else ""
    sure = f"{joint.link.score:.0%} sure"
    return begun(f"{joint.rule}, {sure}{by}: {'; '.join(joint.link.because)}")


def _day(hit: Hit) -> str:
    return words.day(hit.article.published)
