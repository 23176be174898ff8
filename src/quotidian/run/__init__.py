"""The line over many files: every input file is one task and one shard of a data set.

``inputs/`` says what is in a file, ``shard.py`` reads it, ``writing.py`` and ``dataset.py`` keep what was
found; ``local.py`` and ``on_ray.py`` share the files among processes.
"""
