"""The people and bodies of an article on its page: what each is called, by whom, with links to where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quotidian.types import Article
from quotidian.write.html.markup import Places, escaped
from quotidian.write.people import Called, Entry, Use, counted, people
from quotidian.write.segments import told
from quotidian.write.wording import not_said_again


def listing(article: Article, places: Places, number: int) -> Iterator[str]:
    """The section, and nothing for an article without anybody."""
    entries = people(article)
    if not entries:
        return
    numbers = {made.attribution.id: place for place, made in enumerate(told(article), start=1)}
    yield (
        f'<section class="cast" aria-label="People and bodies of article {number}">'
        '<p class="caption">People and bodies</p>\n<ul>\n'
    )
    for entry in entries:
        used = "".join(
            _used(called, uses, places, f"#a{number}-r", numbers)
            for called in entry.called
            for uses in called.by_user
        )
        yield f"<li>{_heading(entry)}{f'<ul>{used}</ul>' if used else ''}</li>\n"
    yield "</ul></section>\n"


def _heading(entry: Entry) -> str:
    entity = entry.entity
    found = [part for part in (entity.role, entity.organisation) if part]
    office = ", ".join(not_said_again(entity.name, found))
    about = " · ".join(escaped(part) for part in (entity.type, office, counted(entry)) if part)
    return f'<p class="who" dir="auto">{escaped(entity.name)}</p><p class="office" dir="auto">{about}</p>'


def _used(
    called: Called, uses: tuple[Use, ...], places: Places, statement: str, numbers: Mapping[str, int]
) -> str:
    """One label by one user: linked to its places, how it is marked, and to the user's statements."""
    words, *again = [use.label.passage for use in uses]
    links = [places.link(words, f'<b dir="auto">{escaped(words.text)}</b>')]
    links += [
        places.link(passage, str(place), f"{passage.text}, place {place}")
        for place, passage in enumerate(again, start=2)
    ]
    form = ["acronym"] if called.form == "acronym" else []
    marks = "".join(f" <i>{mark}</i>" for mark in (*form, *uses[0].label.marks))
    stated = sorted({numbers[use.label.by] for use in uses if use.label.by})
    inside = " ".join(
        f'<a class="no" href="{statement}{place}" aria-label="Statement {place}">{place}</a>'
        for place in stated
    )
    user = f'<span class="user" dir="auto">{escaped(uses[0].user)}</span>'
    return f"<li>{' '.join(links)}{marks} {user} {inside}</li>"
