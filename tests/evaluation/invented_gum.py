"""An invented document as GUM's files have theirs: WebAnno's TSV 3.2. All is fiction."""

from __future__ import annotations

# Sentences apart by blank lines; a token with its entities, their identity, its relations and their targets.
_TOKENS = """
Ferry object[1]
late

Mara person[2] _ appos|bridge:def 2-4[3_2]|3-1[6_2]
Lindqvist person[2]
,
harbour person[3] _ ana 2-10[5_3]
master person[3]
of person[3]
Ostmere person[3]|place[4] Ostmere\\_(country)[4]
,
said
she person[5] _ ana 3-4[7_5]
'd
seen
"
a event[8]
storm event[8]
"
.

The person[6]
crew person[6]
told
her person[7]
.
"""


def tsv(tokens: str) -> str:
    """The file of sentences of tokens as above."""
    lines = ["#FORMAT=WebAnno TSV 3.2"]
    place = 0
    for number, sentence in enumerate(tokens.strip().split("\n\n"), start=1):
        lines += ["", f"#Text={' '.join(line.split()[0] for line in sentence.splitlines())}"]
        for token, line in enumerate(sentence.splitlines(), start=1):
            word, entity, identity, relation, target = (*line.split(), "_", "_", "_", "_")[:5]
            end = place + len(word)
            fields = [f"{number}-{token}", f"{place}-{end}", word, entity, "_", "_", identity, "_"]
            lines.append("\t".join([*fields, relation, target, ""]))
            place = end + 1
    return "\n".join(lines) + "\n"


FERRY = tsv(_TOKENS)
