"""The statements of an article as a list beside its text; what each answer rests on unfolds."""

from __future__ import annotations

from collections.abc import Iterator

from quotidian.types import Article, Attribution, Evidence, Statement
from quotidian.write import wording
from quotidian.write.html.markup import Places, escaped, words
from quotidian.write.segments import numbered, told


def listing(article: Article, places: Places, number: int, lang: str) -> Iterator[str]:
    """The list; source, cue and content alone where no more was read."""
    yield (
        f'<section class="statements" aria-label="Statements of article {number}" tabindex="0">'
        '<p class="caption">Statements</p><ol>\n'
    )
    statements = told(article)
    for place, attribution in enumerate(numbered(article), start=1):
        inside = (
            _told(statements[place - 1], article.text, places, lang)
            if statements
            else _attributed(attribution, lang, article.text)
        )
        nesting = " deeper" if attribution.depth > 1 else ""
        kind = f' class="inside{nesting}"' if attribution.depth else ""
        back = (
            f'<a class="no" href="#a{number}-s{place}" aria-label="Statement {place} in the text">{place}</a>'
        )
        yield f'<li id="a{number}-r{place}"{kind}>{back}<div class="told">{"".join(inside)}</div></li>\n'
    yield "</ol></section>\n"


def _attributed(attribution: Attribution, lang: str, text: str) -> Iterator[str]:
    who = words(attribution.source, text) if attribution.source else "<i>nobody named</i>"
    yield f'<p class="who"{lang} dir="auto">{who}</p>'
    yield _content(attribution, lang, text)
    yield _facts(
        _fact("Cue", f'<span class="verb"{lang} dir="auto">{words(attribution.cue, text)}</span>'),
        _fact("How", attribution.directness),
        _fact("Sure", f"{attribution.confidence:.0%}"),
    )


def _told(statement: Statement, text: str, places: Places, lang: str) -> Iterator[str]:
    attribution, speaker = statement.attribution, statement.speaker
    name = escaped(wording.speaker(speaker))
    yield f'<p class="who" dir="auto">{name if wording.is_settled(speaker) else f"<i>{name}</i>"}</p>'
    via = f"via {statement.via.passage.text}" if statement.via else ""
    office = " · ".join(escaped(part) for part in (wording.office(speaker), via) if part)
    if office:
        yield f'<p class="office" dir="auto">{office}</p>'
    yield _content(attribution, lang, text)
    act = " · ".join(part for part in (wording.act(statement.act), wording.stance(statement.stance)) if part)
    about = escaped(wording.listed([who.name for who in statement.about]))
    doubt = f", of the speaker {sure}" if (sure := wording.doubt(speaker)) else ""
    yield _facts(
        _fact("Act", act),
        _fact("Day", escaped(wording.day(statement.said))),
        _fact("About", f'<span dir="auto">{about}</span>') if about else "",
        _fact("Sure", f"{attribution.confidence:.0%}{doubt}"),
    )
    yield '<details class="why"><summary>Why</summary><dl>'
    for reason in wording.reasons(statement):
        yield _reason(reason, text, places)
    yield "</dl></details>"


def _content(attribution: Attribution, lang: str, text: str) -> str:
    return f'<p class="what"{lang} dir="auto">{words(attribution.content, text)}</p>'


def _facts(*facts: str) -> str:
    return f'<dl class="facts">{"".join(facts)}</dl>'


def _fact(question: str, answer: str) -> str:
    return f"<div><dt>{question}</dt><dd>{answer}</dd></div>"


def _reason(reason: wording.Reason, text: str, places: Places) -> str:
    answer = escaped(reason.answer)
    if reason.where:
        answer = places.link(reason.where, answer)
    sure = "" if reason.confidence is None else f' <span class="sure">{reason.confidence:.0%}</span>'
    because = "".join(f"<br>{_evidence(one, text, places)}" for one in reason.evidence)
    return _fact(reason.question, f'<span dir="auto">{answer}</span>{sure}{because}')


def _evidence(one: Evidence, text: str, places: Places) -> str:
    """The reason, and a link to the words of the text that show it."""
    if one.passage is None:
        return f'<span class="because" dir="auto">{escaped(one.why)}</span>'
    shown = places.link(one.passage, f"“{words(one.passage, text)}”")
    return f'<span class="because" dir="auto">{escaped(one.why)}:</span> <span dir="auto">{shown}</span>'
