"""When: the dates of a text, and the day on which each statement was made."""

from quotidian.when.expressions import dates
from quotidian.when.saying import said

__all__ = ["dates", "said"]
