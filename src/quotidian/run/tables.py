"""The tables of a data set: their columns and types (docs/reference/dataset.md tells what they mean).

``article`` names a row's article in every table and is unique in the data set; together with
``attribution_id`` it names a statement. The day of publication is not a column but a folder:
``day=2031-03-04``. Columns named as in an export mean the same.
"""

from __future__ import annotations

import pyarrow as pa

SCHEMA = "quotidian-dataset/1"

_TEXTS = pa.list_(pa.string())
_SPANS = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))
_LABELS = pa.list_(
    pa.struct([("text", pa.string()), ("form", pa.string()), ("by", pa.string()), ("marks", _TEXTS)])
)

ARTICLES = pa.schema(
    [
        ("article", pa.string()),
        ("article_id", pa.string()),
        ("shard", pa.string()),
        ("place", pa.string()),
        ("url", pa.string()),
        ("outlet", pa.string()),
        ("title", pa.string()),
        ("byline", pa.string()),
        ("language", pa.string()),
        ("published", pa.string()),
        ("published_from", pa.string()),
        ("modified", pa.string()),
        ("fetched", pa.string()),
        ("words", pa.int32()),
        ("statements", pa.int32()),
        ("model", pa.string()),
        ("text_sha256", pa.string()),
        ("text", pa.string()),
        ("reading", pa.string()),
    ]
)

_ATTRIBUTION = [
    ("article", pa.string()),
    ("attribution_id", pa.string()),
    ("parent", pa.string()),
    ("depth", pa.int32()),
    ("directness", pa.string()),
    ("source", pa.string()),
    ("cue", pa.string()),
    ("content", pa.string()),
    ("confidence", pa.float64()),
]

ATTRIBUTIONS = pa.schema(
    [*_ATTRIBUTION, ("source_spans", _SPANS), ("cue_spans", _SPANS), ("content_spans", _SPANS)]
)

STATEMENTS = pa.schema(
    [
        *_ATTRIBUTION,
        ("outlet", pa.string()),
        ("url", pa.string()),
        ("title", pa.string()),
        ("speaker", pa.string()),
        ("speaker_entity", pa.string()),
        ("kind", pa.string()),
        ("also", _TEXTS),
        ("also_entities", _TEXTS),
        ("maybe", _TEXTS),
        ("maybe_entities", _TEXTS),
        ("role", pa.string()),
        ("organisation", pa.string()),
        ("unnamed_because", pa.string()),
        ("via", pa.string()),
        ("about", _TEXTS),
        ("about_entities", _TEXTS),
        ("said", pa.string()),
        ("said_from", pa.string()),
        ("said_first", pa.date32()),
        ("said_last", pa.date32()),
        ("act", pa.string()),
        ("negated", pa.bool_()),
        ("stance", pa.string()),
        ("speaker_confidence", pa.float64()),
        ("said_confidence", pa.float64()),
        ("act_confidence", pa.float64()),
        ("stance_confidence", pa.float64()),
    ]
)

ENTITIES = pa.schema(
    [
        ("article", pa.string()),
        ("entity", pa.string()),
        ("type", pa.string()),
        ("name", pa.string()),
        ("role", pa.string()),
        ("organisation", pa.string()),
        ("labels", _LABELS),
    ]
)

SKIPPED = pa.schema(
    [
        ("shard", pa.string()),
        ("place", pa.string()),
        ("url", pa.string()),
        ("reason", pa.string()),
        ("detail", pa.string()),
        ("bytes", pa.int64()),
    ]
)
