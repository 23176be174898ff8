"""One input file → one shard: every record is taken or skipped, and what was read becomes rows.

The shard depends on the file and the options alone. Articles are read one by one, as ``quotidian read``
reads them: their scores do not depend on their company.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from quotidian import reading, when
from quotidian._version import __version__
from quotidian.errors import BadRecord, BadText, InputError, LimitExceeded, NotAnArticle
from quotidian.pipeline import Reader
from quotidian.reading.page import page_record
from quotidian.run import inputs, rows, tables
from quotidian.run.dataset import Dataset, Marker

try:
    from quotidian.run.joining.rows import report_rows, report_schema
except ImportError:
    report_rows = lambda article, reader: []
    report_schema = lambda: pa.schema([("article", pa.string())])
from quotidian.run.tasks import Counts, Options, Task
from quotidian.run.values import Given, Page, Skip, SkipReason
from quotidian.run.writing import ShardFiles
from quotidian.types import Article

UNKNOWN_DAY = "unknown"
# A text with more letters is no article: it would take a core more than a minute. The longest of a
# thousand pages as served had 150,000.
MOST_LETTERS = 1_000_000

# Told before a record is worked on, by its place, and None when that is over.
Note = Callable[[str | None], None]


@dataclass(frozen=True, slots=True)
class _Taken:
    """An article of a record, and when its page was fetched."""

    article: Article
    fetched: str | None


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
    counts = Counter[str]()
    skipped = Counter[str]()
    with dataset.beside(shard) as folder, ShardFiles(folder, shard, schemas()) as files:
        for number, place, found in _outcomes(task, reader, note):
            if isinstance(found, Skip):
                skipped[found.reason] += 1
                files.add("skipped", rows.skipped(found, shard))
            else:
                _keep(found, files, reader, key=f"{shard}-{number}", shard=shard, place=place)
                counts["articles"] += 1
                counts["statements"] += len(found.article.attributions)
            note(None)
        written = files.finish()
        made = Marker(
            shard=shard,
            address=task.file.address,
            state=task.state,
            made_by=made_by(task.options, reader.model_name),
            files=tuple(written),
            rows=_rows(written),
            skipped=dict(sorted(skipped.items())),
        )
        dataset.keep(folder, made)
    return Counts(articles=counts["articles"], statements=counts["statements"], skipped=made.skipped)


def _outcomes(task: Task, reader: Reader, note: Note) -> Iterator[tuple[int, str, _Taken | Skip]]:
    """For each record of the file its number, its place, and the article read or why there is none."""
    past = {skip.place: skip for skip in task.skip}
    seen = _Seen()
    for number, found in enumerate(inputs.records(task.file, task.options.limits), start=1):
        if isinstance(found, Skip):
            yield number, found.place, found
            continue
        note(found.place)
        if found.place in past:
            yield number, found.place, past[found.place]
            continue
        yield number, found.place, _read(found, task, reader, seen)


def _read(found: Page | Given, task: Task, reader: Reader, seen: _Seen) -> _Taken | Skip:
    url = found.url if isinstance(found, Page) else found.record.url
    try:
        taken = _taken(found, task, seen)
        if isinstance(taken, Skip):
            return taken
        return _Taken(reader.attributed(taken.article), taken.fetched)
    except InputError as error:
        return Skip(found.place, url, _reason(error), str(error))
    except MemoryError:
        raise
    except Exception as error:  # a fault of ours costs one page of a year's news, not the file
        return Skip(found.place, url, "could not be read", f"{type(error).__name__}: {error}")


def _taken(found: Page | Given, task: Task, seen: _Seen) -> _Taken | Skip:
    """The article of a record, not yet read by the model."""
    if isinstance(found, Page):
        if _was_seen(found.url, seen.addresses):
            return Skip(found.place, found.url, "duplicate address")
        record = page_record(found.body, task.options.limits, found.url, found.charset)
        fetched = found.fetched
    else:
        record, fetched = found.record, None
        if record.url is not None and _was_seen(record.url, seen.addresses):
            return Skip(found.place, record.url, "duplicate address")
    url = record.url
    if len(record.text) > MOST_LETTERS:
        return Skip(found.place, url, "too large", f"{len(record.text):,} letters of text")
    article = reading.article_of(
        record, f"{task.file.address}, {found.place}", any_language=task.options.any_language
    )
    if article.reason is not None:
        no_text = article.reason in ("no text", "no letters")
        return Skip(found.place, url, "no text" if no_text else "language", article.reason)
    if _was_seen(article.text, seen.texts):
        return Skip(found.place, url, "duplicate text")
    return _Taken(article, fetched)


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


def _keep(taken: _Taken, files: ShardFiles, reader: Reader, *, key: str, shard: str, place: str) -> None:
    """The rows of an article, in the partition of the day on which it was published."""
    article = taken.article
    published = when.day_of(article.published)
    day = published.isoformat() if published else UNKNOWN_DAY
    files.add(
        "articles", rows.article(article, key=key, shard=shard, place=place, fetched=taken.fetched), day
    )
    for table, made in (
        ("attributions", rows.attributions(article, key)),
        ("statements", rows.statements(article, key)),
        ("entities", rows.entities(article, key)),
        ("reports", ({"article": key, **row} for row in report_rows(article, reader))),
    ):
        for row in made:
            files.add(table, row, day)


def _rows(written: list[Any]) -> dict[str, int]:
    total = Counter[str]()
    for file in written:
        total[file.path.partition("/")[0]] += file.rows
    return dict(sorted(total.items()))
