"""Appearances of invented people and bodies, as briefly as tests want to say them."""

from __future__ import annotations

from typing import Any

from quotidian.entities import Appearance, Judgement, Known, judge, keys, sought
from quotidian.entities.folding import fold


def person(name: str, role: str | None = None, **more: Any) -> Appearance:
    """A person in the Harbour Courier of 2 March 2026, unless said otherwise."""
    return _made("person", name, role, more)


def body(name: str, **more: Any) -> Appearance:
    """An organisation, likewise."""
    return _made("organisation", name, None, more)


def _made(type: Any, name: str, role: str | None, more: dict[str, Any]) -> Appearance:
    for key in ("companions", "places"):
        more[key] = frozenset(map(fold, more.get(key, ())))
    more = {"outlet": "Harbour Courier", "day": "2026-03-02", **more}
    return Appearance(type=type, name=name, role=role, **more)


def known(*appearances: Appearance, id: str = "k1") -> Known:
    """What is known from these appearances."""
    return Known.of(id, appearances)


def judged(appearance: Appearance, *candidates: Known, **how: Any) -> Judgement:
    """The judgement, once it is seen that the keys bring all together."""
    for one in candidates:
        assert keys(one) & sought(appearance), f"{appearance.name} would not find {one.name}"
    return judge(appearance, candidates, **how)


def whys(judgement: Judgement) -> list[str]:
    """The reasons in words."""
    return [reason.why for reason in judgement.because]
