"""Which statements of a data set report one act of saying, and which of its articles copy others.

rows.py says what is kept of an article for that, while it is read; the rest joins what is kept. What is
joined is decided by :mod:`quotidian.trace`, two reports at a time: here is only how the two are brought
together among millions, within a bound of memory.
"""
