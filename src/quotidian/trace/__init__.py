"""Statements → utterances: which report the same act of saying, where first, how changed, from whom."""
