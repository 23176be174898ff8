"""A share and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quotidian.sample import wilson


@dataclass(frozen=True, slots=True)
class Share:
    """How many are right of how many, with Wilson's 95% interval."""

    right: int
    of: int
    low: float
    high: float

    @property
    def percent(self) -> float:
        """In percent; 0 of none."""
        return 100 * self.right / self.of if self.of else 0.0

    def __str__(self) -> str:
        share = f"{self.right / self.of:.1%}" if self.of else "none judged"
        return f"{self.right} of {self.of}: {share} (95% interval {self.low:.1%}–{self.high:.1%})"


def share(right: int, of: int) -> Share:
    """So many right of so many.

    >>> print(share(8, 10))
    8 of 10: 80.0% (95% interval 49.0%–94.3%)
    """
    return Share(right, of, *wilson(right, of))


def as_dict(one: Share) -> dict[str, Any]:
    """A share with its interval, in percent to two decimals."""
    low, high = round(100 * one.low, 2), round(100 * one.high, 2)
    return {"right": one.right, "of": one.of, "percent": round(one.percent, 2), "interval": [low, high]}
