"""A small crawl of invented outlets, and what two data sets differ in."""

from __future__ import annotations

import json
from pathlib import Path

_PEOPLE = ["Mara Quill", "Ivo Brann", "Una Dray", "Tam Oster", "Edda Voss", "Per Lind", "Ada Moor"]
_OFFICES = ["minister of tides", "harbour master", "fog officer", "mayor of Ostmere", "ferry captain"]
_SAID = ["the ferry would sail again", "the quay was shut", "nobody had asked the islanders", "it would rain"]
_WHERE = ["in Ostmere", "on the old quay", "at the lighthouse", "before the council"]


def record(number: int, **others: object) -> dict[str, object]:
    """An article of two attributions, unlike any of another number."""
    speaker, office = _PEOPLE[number % 7], _OFFICES[number % 5]
    said, where = _SAID[number % 4], _WHERE[number // 4 % 4]
    text = (
        f"{speaker}, the {office}, said on Tuesday {where} that {said}. "
        f"“We counted {number + 2} boats in the bay that night,” {speaker.split()[1]} added."
    )
    outlet = ("courier", "herald")[number % 2]
    return {
        "text": text,
        "url": f"https://{outlet}.example/news/{number}",
        "title": f"Boats in the bay, {number}",
        "published": f"2031-03-{1 + number % 3:02}",
        **others,
    }


def lines(path: Path, records: list[dict[str, object]]) -> Path:
    """A file of JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return path


def crawl(folder: Path, files: int = 3, records: int = 4) -> Path:
    """A folder of so many files, each of so many records; the later ones are longer."""
    first = 0
    for number in range(files):
        last = first + records + number
        lines(folder / f"part-{number}.jsonl", [record(i) for i in range(first, last)])
        first = last
    return folder


def content(dataset: Path) -> dict[str, bytes]:
    """Every file of a data set, but for what only a run looks at."""
    return {
        path.relative_to(dataset).as_posix(): path.read_bytes()
        for path in sorted(dataset.rglob("*"))
        if path.is_file() and not path.relative_to(dataset).parts[0].startswith(".")
    }
