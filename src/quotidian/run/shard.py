"""One input file → one shard: every record is taken or skipped, and what was read becomes rows.

The shard depends on the file and the options alone. Articles are read one by one, as ``quotidian read``
reads them: their scores do not depend on their company.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa

from quotidian import reading, when
from quotidian._version import __version__
from quotidian.errors import BadRecord, BadText, InputError, LimitExceeded, NotAnArticle
from quotidian.pipeline import Reader
from quotidian.reading.page import page_record
from quotidian.run import inputs, rows, tables
from quotidian.run.dataset import Dataset, Marker
from quotidian.run.joining.rows import report_rows, report_schema, signature_row, signature_schema
from quotidian.run.memory import give_back
from quotidian.run.tasks import Counts, Options, Task
from quotidian.run.values import Given, Page, Skip, SkipReason
from quotidian.run.writing import Row, ShardFiles, Written
from quotidian.types import Article

UNKNOWN_DAY = "unknown"
# A text with more letters is no article: it would take a core more than a minute. The longest of a
# thousand pages as served had 150,000.
MOST_LETTERS = 1_000_000
# Records after which freed memory goes back to the system: a few milliseconds each time.
_BETWEEN_TIDYING = 100

# Told before a record is worked on, by its place, and None when that is over.
Note = Callable[[str | None], None]


@dataclass(frozen=True, slots=True)
class _Taken:
    """The rows of a record's article, by table, and the day of their partition."""

    day: str
    rows: dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class _Name:
    """What names a record: its shard, its number and its place there."""

    shard: str
    number: int
    place: str

    @property
    def key(self) -> str:
        return f"{self.shard}-{self.number}"


@dataclass(slots=True)
class _Seen:
    """What a shard has had before: addresses that were asked, and texts."""

    addresses: set[bytes] = field(default_factory=set)
    texts: set[bytes] = field(default_factory=set)


def schemas() -> dict[str, pa.Schema]:
    """The columns of every table that a run writes."""
    return {
        "articles": tables.ARTICLES,
        "attributions": tables.ATTRIBUTIONS,
        "statements": tables.STATEMENTS,
        "entities": tables.ENTITIES,
        "reports": report_schema(),
        "signatures": signature_schema(),
        "skipped": tables.SKIPPED,
    }


def made_by(options: Options, model: str) -> dict[str, Any]:
    """All that the same file may come out differently with: a shard made by another is made anew."""
    return {"schema": tables.SCHEMA, "quotidian": __version__, "model": model, **options.as_values()}


def write_shard(task: Task, reader: Reader, note: Note) -> Counts:
    """Read a file and make its shard whole in the data set.

    Args:
        task: the file, where to, and how.
        reader: with the model loaded.
        note: told of each record before it is worked on, so that who watches knows the culprit.

    Raises:
        InputError: the file cannot be read.
        OSError: the data set cannot be written.
    """
    dataset = Dataset(task.dataset)
    shard = task.file.shard
    skipped = Counter[str]()
    with dataset.beside(shard) as folder, ShardFiles(folder, shard, schemas()) as files:
        for number, found in enumerate(_outcomes(task, reader, note), start=1):
            if isinstance(found, Skip):
                skipped[found.reason] += 1
                files.add("skipped", rows.skipped(found, shard))
            else:
                for table, made in found.rows.items():
                    for row in made:
                        files.add(table, row, found.day)
            note(None)
            if number % _BETWEEN_TIDYING == 0:
                give_back()
        written = files.finish()
        marker = Marker(
            shard=shard,
            address=task.file.address,
            state=task.state,
            made_by=made_by(task.options, reader.model_name),
            files=tuple(written),
            rows=_rows(written),
            skipped=dict(sorted(skipped.items())),
        )
        dataset.keep(folder, marker)
    return Counts(
        articles=marker.rows.get("articles", 0),
        statements=marker.rows.get("attributions", 0),
        skipped=marker.skipped,
    )


def _outcomes(task: Task, reader: Reader, note: Note) -> Iterator[_Taken | Skip]:
    """For each record of the file, in its order: the rows of its article, or why there are none."""
    past = {skip.place: skip for skip in task.skip}
    seen = _Seen()
    for number, found in enumerate(inputs.records(task.file, task.options.limits), start=1):
        if isinstance(found, Skip):
            yield found
            continue
        note(found.place)
        if found.place in past:
            yield replace(past[found.place], url=_url(found))
        else:
            yield _read(found, _Name(task.file.shard, number, found.place), task, reader, seen)


def _read(found: Page | Given, name: _Name, task: Task, reader: Reader, seen: _Seen) -> _Taken | Skip:
    try:
        article = _article(found, task, seen)
        if isinstance(article, Skip):
            return article
        fetched = found.fetched if isinstance(found, Page) else None
        return _rows_of(
            reader.attributed(article), name, fetched, vectors=reader if task.options.vectors else None
        )
    except InputError as error:
        return Skip(found.place, _url(found), _reason(error), str(error))
    except MemoryError:
        raise
    except Exception as error:  # a fault of ours costs one page of a year's news, not the file
        return Skip(found.place, _url(found), "could not be read", f"{type(error).__name__}: {error}")


def _url(found: Page | Given) -> str | None:
    """The address that a record is of; None for a file that nobody told the address of."""
    return (found.url if isinstance(found, Page) else found.record.url) or None


def _article(found: Page | Given, task: Task, seen: _Seen) -> Article | Skip:
    """The article of a record, not yet read by the model, or why there is none to read."""
    asked = _url(found)
    if asked is not None and _was_seen(asked, seen.addresses):
        return Skip(found.place, asked, "duplicate address")
    if isinstance(found, Page):
        record = page_record(found.body, task.options.limits, asked, found.charset)
    else:
        record = found.record
    if len(record.text) > MOST_LETTERS:
        return Skip(found.place, record.url, "too large", f"{len(record.text):,} letters of text")
    article = reading.article_of(
        record, f"{task.file.address}, {found.place}", any_language=task.options.any_language
    )
    if article.reason is not None:
        no_text = article.reason in ("no text", "no letters")
        return Skip(found.place, record.url, "no text" if no_text else "language", article.reason)
    # The same words in two outlets are two reports of them: what a join is to find.
    if _was_seen(f"{article.outlet}\0{article.text}", seen.texts):
        return Skip(found.place, record.url, "duplicate text")
    return article


def _was_seen(what: str, seen: set[bytes]) -> bool:
    """Whether it was there before; it is from now on."""
    key = hashlib.blake2b(what.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    if key in seen:
        return True
    seen.add(key)
    return False


def _reason(error: InputError) -> SkipReason:
    if isinstance(error, LimitExceeded):
        return "too slow" if "slow" in str(error) else "too large"
    if isinstance(error, NotAnArticle):
        return "not an article"
    return "broken record" if isinstance(error, (BadRecord, BadText)) else "could not be read"


def _rows_of(article: Article, name: _Name, fetched: str | None, *, vectors: Reader | None) -> _Taken:
    """The rows of a read article, for the partition of the day on which it was published.

    Args:
        article: with all that was read.
        name: of its record.
        fetched: when its page was fetched.
        vectors: who makes vectors of what was said; there are none without.
    """
    published = when.day_of(article.published)
    made: dict[str, Iterable[Row]] = {
        "articles": [
            rows.article(article, key=name.key, shard=name.shard, place=name.place, fetched=fetched)
        ],
        "attributions": rows.attributions(article, name.key),
        "statements": rows.statements(article, name.key),
        "entities": rows.entities(article, name.key),
        "reports": ({"article": name.key, **row} for row in report_rows(article, vectors)),
        "signatures": [{"article": name.key, **signature_row(article)}],
    }
    day = published.isoformat() if published else UNKNOWN_DAY
    return _Taken(day, {table: list(some) for table, some in made.items()})


def _rows(written: list[Written]) -> dict[str, int]:
    total = Counter[str]()
    for file in written:
        total[file.path.partition("/")[0]] += file.rows
    return dict(sorted(total.items()))
