"""Articles out of a data set again, as they were read, those that a condition in SQL chooses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from quotidian.errors import BadRecord, UsageError
from quotidian.run.dataset import Dataset
from quotidian.run.querying import ask
from quotidian.run.rows import article_of
from quotidian.types import Article, Failure

Days = tuple[date, date]


def articles(
    dataset: Dataset, where: str | None = None, days: Days | None = None, *, memory: str | None = None
) -> Iterator[Article | Failure]:
    """The articles that are chosen, all by default, by their names; what is damaged as a failure.

    Args:
        dataset: where.
        where: a condition over the columns of ``articles``, in DuckDB's SQL; other tables in subqueries.
        days: the first and the last day of publication.
        memory: the most that the query may take, such as ``"1GB"``.

    Raises:
        DatasetError: there is no data set, or the condition is wrong; the message says where.
        UsageError: it is more than a condition, or DuckDB is not installed.
    """
    # On a line of its own, so that a comment at its end hides nothing of ours.
    conditions = [f"(\n{where}\n)"] if where else []
    if days:
        first, last = days
        conditions.append(f"day BETWEEN DATE '{first}' AND DATE '{last}'")
    chosen = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    found = ask(
        dataset, f"SELECT article, reading, text FROM articles{chosen} ORDER BY article", memory=memory
    )
    for name, kept, text in found.rows:
        try:
            yield article_of(kept, text)
        except BadRecord as error:
            yield Failure(f"{dataset.address}, {name}", str(error))


def days_of(given: str) -> Days:
    """One day, or two with two points between: "2031-03-01..2031-03-07".

    Raises:
        UsageError: it is neither.

    >>> days_of("2031-03-01..2031-03-07")
    (datetime.date(2031, 3, 1), datetime.date(2031, 3, 7))
    """
    first, _, last = given.partition("..")
    try:
        days = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError as error:
        raise UsageError(f"{given!r} is no day, nor two as in 2031-03-01..2031-03-07") from error
    if days[0] > days[1]:
        raise UsageError(f"{given!r} ends before it begins")
    return days
