"""Numbers in words: "three", "1,200", "$716 billion" as values that can be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_ORDINALS = (
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES: Mapping[str, Decimal] = {
    **{word: Decimal(number) for number, word in enumerate(_UNITS)},
    **{word: Decimal(number) for number, word in enumerate(_ORDINALS)},
    **{word: Decimal(10 * number) for number, word in enumerate(_TENS, 2)},
    "half": Decimal("0.5"), "once": Decimal(1), "twice": Decimal(2), "dozen": Decimal(12),
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def value(form: str) -> Decimal | None:
    """The value of a folded word that is a number, else None.

    >>> value("1200"), value("seven"), value("seventh"), value("seventy")
    (Decimal('1200'), Decimal('7'), Decimal('7'), Decimal('70'))
    """
    if form in _VALUES:
        return _VALUES[form]
    if not form[0].isdigit():
        return None
    digits = form.rstrip("stndrh") if form[-1].isalpha() else form
    try:
        return Decimal(digits) if digits.isascii() else None
    except InvalidOperation:
        return None


def numbers(forms: Sequence[str]) -> tuple[Decimal, ...]:
    """The numbers that some folded words make, in order.

    >>> numbers(["between", "two", "hundred", "and", "$", "1.5", "million"])
    (Decimal('200'), Decimal('1500000.0'))
    """
    found: list[Decimal] = []
    tens = False
    adjacent = False
    for form in forms:
        scale = _SCALES.get(form)
        number = value(form)
        if scale is not None:
            if adjacent:
                found[-1] *= scale
            else:
                found.append(Decimal(scale))
            adjacent, tens = True, False
        elif number is not None:
            if adjacent and tens and number < 10:
                found[-1] += number
                tens = False
            else:
                found.append(number)
                tens = form in _TENS
            adjacent = True
        else:
            adjacent = tens = False
    return tuple(found)
