"""``python -m benchmarks.archive``, also ``python -m benchmarks archive``: how long a search takes."""

from benchmarks.archive.search import main

raise SystemExit(main())
