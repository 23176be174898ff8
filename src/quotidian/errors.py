"""Everything that can go wrong, as one family.

::

    QuotidianError
    ├── InputError              what was given cannot be read; the message says why
    │   ├── NotFound            no such file, an empty folder, an address that answers 404
    │   ├── NotAnArticle        PDF, image, archive, binary: not an article we can read
    │   ├── Unreachable         the network or the server failed
    │   ├── Refused             an address we do not go to: private host, robots.txt, other scheme
    │   ├── LimitExceeded       too large, too slow or too deeply nested; the limit is named
    │   ├── BadRecord           one line or row of a file is broken; the line is named
    │   └── BadText             text that is not Unicode text (lone surrogates)
    ├── ModelError              the model's files are missing, damaged or of another version
    ├── StoreError              the archive cannot do what was asked; nothing in it was lost
    │   ├── NotAnArchive        a file or a database that is something else
    │   ├── NewerArchive        made by a newer Quotidian than this one
    │   ├── ArchiveLocked       another program is writing
    │   ├── ArchiveReadOnly     it may be read here, not written
    │   ├── ArchiveFull         no room on the disk
    │   ├── ArchiveUnreachable  the database does not answer, or stopped answering
    │   ├── ArchiveDamaged      the file is broken
    │   ├── NotInArchive        no article, statement, entity or review of that number
    │   └── ReviewRefused       a correction that does not fit the text or what was decided before
    ├── DatasetError            a data set cannot be written or asked; what is whole in it stays
    └── UsageError              options that contradict each other

An :class:`InputError` concerns one input. Readers of many inputs turn it into a
:class:`quotidian.types.Failure`, which travels on with the articles, so one bad page never
ends an archive.
"""


class QuotidianError(Exception):
    """The root of the family: catch this to catch all."""


class InputError(QuotidianError):
    """One input cannot be read; ``str(error)`` is one line for a person."""


class NotFound(InputError):
    """There is nothing there."""


class NotAnArticle(InputError):
    """The input is something else than an article."""


class Unreachable(InputError):
    """The network or the server failed."""


class Refused(InputError):
    """An address that is not fetched, by rule."""


class LimitExceeded(InputError):
    """A limit was reached; the message names it and its value."""


class BadRecord(InputError):
    """One line or row of a file is broken."""


class BadText(InputError):
    """A string that no text file can hold, such as one with lone surrogates."""


class ModelError(QuotidianError):
    """The model's files are missing, damaged or of another version."""


class StoreError(QuotidianError):
    """The archive cannot do what was asked; nothing in it was lost."""


class NotAnArchive(StoreError):
    """A file or a database that is something else."""


class NewerArchive(StoreError):
    """Made by a newer Quotidian than this one."""


class ArchiveLocked(StoreError):
    """Another program is writing."""


class ArchiveReadOnly(StoreError):
    """It may be read here, not written."""


class ArchiveFull(StoreError):
    """No room on the disk."""


class ArchiveUnreachable(StoreError):
    """The database does not answer, or stopped answering."""


class ArchiveDamaged(StoreError):
    """The file is broken."""


class NotInArchive(StoreError):
    """There is no article, statement, entity or review of that number."""


class ReviewRefused(StoreError):
    """A correction that does not fit the text, or what was decided before."""


class DatasetError(QuotidianError):
    """A data set cannot be written or asked; what is whole in it stays."""


class UsageError(QuotidianError):
    """Options that contradict each other or do not fit the input."""
