"""Utterances in words, for whoever shows them: the terminal and the reading room say the same of the same.

``times`` says when words appeared, ``aligned`` how two wordings differ, ``traces`` all that is told of a
report and of what contradicts it. Nothing here is of one medium: no colours, no markup, no drawing.
"""
