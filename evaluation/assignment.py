"""Pairs things one to one so that the sum of their weights is the greatest."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence


def greatest_sum(weights: Mapping[tuple[int, int], float]) -> float:
    """The greatest sum of weights, none negative, of which no two share a row or a column.

    Exact: rows and columns that no weight joins are solved apart, each group by the Hungarian method
    (Kuhn 1955, Munkres 1957) in the cube of its size.

    >>> greatest_sum({(0, 0): 3.0, (0, 1): 2.0, (1, 0): 2.0})
    4.0
    """
    return sum(_greatest(group) for group in _groups(weights))


def _groups(weights: Mapping[tuple[int, int], float]) -> Iterator[list[list[float]]]:
    """The weights of each group of rows and columns that hang together, as a full matrix."""
    by_row: dict[int, list[int]] = {}
    by_column: dict[int, list[int]] = {}
    for row, column in weights:
        by_row.setdefault(row, []).append(column)
        by_column.setdefault(column, []).append(row)
    while by_row:
        rows, columns, waiting = [], [], [next(iter(by_row))]
        while waiting:
            row = waiting.pop()
            if row in by_row:
                rows.append(row)
                for column in by_row.pop(row):
                    if column in by_column:
                        columns.append(column)
                        waiting += by_column.pop(column)
        yield [[weights.get((row, column), 0.0) for column in columns] for row in rows]


def _greatest(matrix: Sequence[Sequence[float]]) -> float:
    """The greatest sum of one matrix.

    Rows enter one by one; each takes the column that costs it least, and rows in its way take others, along
    the path that is cheapest by the prices kept of rows and columns (Jonker and Volgenant 1987).
    """
    if len(matrix) > len(matrix[0]):
        matrix = list(zip(*matrix, strict=True))
    columns = range(len(matrix[0]))
    row_price, column_price = [0.0] * len(matrix), [0.0] * len(columns)
    holder = [-1] * len(columns)  # the row that has the column
    for entering in range(len(matrix)):
        cost, before = [math.inf] * len(columns), [-1] * len(columns)
        reached: list[int] = []
        row, last = entering, -1
        while row >= 0:
            free = [column for column in columns if column not in reached]
            for column in free:
                here = -matrix[row][column] - row_price[row] - column_price[column]
                if here < cost[column]:
                    cost[column], before[column] = here, last
            last = min(free, key=cost.__getitem__)
            step = cost[last]
            row_price[entering] += step
            for column in reached:
                column_price[column] -= step
                row_price[holder[column]] += step
            for column in free:
                cost[column] -= step
            reached.append(last)
            row = holder[last]
        while last >= 0:
            holder[last] = holder[before[last]] if before[last] >= 0 else entering
            last = before[last]
    return sum(matrix[row][column] for column, row in enumerate(holder) if row >= 0)
