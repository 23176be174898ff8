"""What the archive knows, written for other tools: one module a format (docs/reference/export.md).

:data:`FORMATS` says what can be written as what, :func:`export` writes it. Every format streams,
gives the same bytes for the same archive, and shares quotations with a short context: whole
articles only where they are asked for. :func:`quotidian.export.importing.imported` takes Web
Annotations back.
"""

from quotidian.export.formats import (
    FORMATS,
    Format,
    Source,
    chunks,
    encoded,
    export,
    format_of,
    lookup_in,
)
from quotidian.export.options import Options

__all__ = ["FORMATS", "Format", "Options", "Source", "chunks", "encoded", "export", "format_of", "lookup_in"]
