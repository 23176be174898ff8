"""Scores attributions and statements against gold, checks the floors, and draws sheets to judge by hand.

``python -m evaluation --help`` names the commands. The line is: read a corpus, pair what was
found with what was marked, count, print.

::

    corpus, brat   files → Document                 words, quotes   text → words, quoted stretches
    predict        texts → Document, with a Reader  score           gold × found → Figures
    calibration    confidence × right → ECE         floors          Figures → what fell
    golden         our own cases                    nested          a sheet to judge by hand
    labels         files of labels → Label          speakers, about labels × statements → what is right
    gum            GUM → Document with mentions     matching        which mentions are the same
    clusters       partitions → MUC, B³, CEAF       coreference     our entities × GUM's → CoNLL F1
    measured       whatever has a floor, each text read once
"""
