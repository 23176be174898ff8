"""Articles that a data set has more than once, in files that were read apart from each other.

Within a file a run leaves them out. Of one address the article that was fetched or modified last stands for
the others, as an archive keeps the last version; of one text of one outlet the one fetched first. The same
text in another outlet is no duplicate but a copy.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from quotidian.run.joining.database import copied, database, quoted, read
from quotidian.run.joining.working import Work

PART = "duplicates.parquet"

_DUPLICATES = """
    WITH addresses AS (
        SELECT article, first_value(article) OVER (
            PARTITION BY url ORDER BY fetched DESC NULLS LAST, modified DESC NULLS LAST, article DESC
        ) AS of
        FROM articles WHERE url IS NOT NULL
    ),
    again AS (SELECT article, of FROM addresses WHERE article != of),
    texts AS (
        SELECT article, first_value(article) OVER (
            PARTITION BY outlet, text_sha256 ORDER BY fetched NULLS LAST, article
        ) AS of
        FROM articles ANTI JOIN again USING (article)
    )
    SELECT article, of, 'address' AS by FROM again
    UNION ALL SELECT article, of, 'text' FROM texts WHERE article != of
    ORDER BY article
"""
# An article that does not say when it was published was so before it was fetched.
_FETCHED = """
    SELECT article, datediff('day', DATE '0001-01-01', try_cast(left(fetched, 10) AS DATE)) + 1 AS day
    FROM articles
    WHERE try_cast(left(published, 10) AS DATE) IS NULL AND try_cast(left(fetched, 10) AS DATE) IS NOT NULL
"""


def put(work: Work, articles: Sequence[str]) -> None:
    """Find the duplicates; nothing to do where that is done."""
    if work.has(PART):
        return
    with work.writing(PART) as place, database(work) as asked:
        read(asked, "articles", articles, ("article", "url", "outlet", "text_sha256", "fetched", "modified"))
        copied(asked, _DUPLICATES, place)


def left_out(work: Work) -> pa.Array:
    """The articles for which another one stands."""
    with database(work) as asked:
        found = asked.sql(f"SELECT article FROM read_parquet({quoted(work.path(PART))})").to_arrow_table()
    return pa.array(found["article"].to_pylist(), pa.string())


def fetched(work: Work, articles: Sequence[str]) -> tuple[pa.Array, pa.Array]:
    """Articles of unknown day, and the ordinals of the days on which they were fetched."""
    with database(work) as asked:
        read(asked, "articles", articles, ("article", "published", "fetched"))
        found = asked.sql(_FETCHED).to_arrow_table()
    days = pa.array(found["day"].to_pylist(), pa.int32())
    return pa.array(found["article"].to_pylist(), pa.string()), days
