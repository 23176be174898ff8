"""``python -m benchmarks crawl …``, also ``python -m benchmarks.crawl …``."""

from benchmarks.crawl.cli import main

raise SystemExit(main())
