"""An article without the statements that are not sure enough."""

from __future__ import annotations

from dataclasses import replace

from quotidian.types import Article, Entity


def surer(article: Article, least: float) -> Article:
    """Without statements less sure than ``least``, those inside them, and the labels that they use."""
    dropped = {found.id for found in article.attributions if found.confidence < least}
    while inside := {found.id for found in article.attributions if found.parent in dropped} - dropped:
        dropped |= inside
    return replace(
        article,
        attributions=tuple(found for found in article.attributions if found.id not in dropped),
        statements=tuple(made for made in article.statements if made.attribution.id not in dropped),
        entities=tuple(_without(entity, dropped) for entity in article.entities),
    )


def _without(entity: Entity, dropped: set[str]) -> Entity:
    return replace(entity, labels=tuple(label for label in entity.labels if label.by not in dropped))
