"""Compares two partitions of mentions into clusters: MUC, B³ and CEAFφ₄, and their mean.

- **MUC** (Vilain et al. 1995) counts links: how many of those that hold each cluster together are kept.
- **B³** (Bagga and Baldwin 1998) counts mentions: how much of each one's cluster is with it.
- **CEAFφ₄** (Luo 2005) pairs clusters one to one so that the sum of their likeness, twice the mentions
  shared over the mentions of both, is the greatest.
- **CoNLL F1** is the mean of the three F1 (Pradhan et al. 2012).

As in the reference scorer (Pradhan et al. 2014), mentions that only one side has count against that
side, and counts are summed over documents before anything is divided. Clusters are sets of mentions,
each mention in one at most.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from evaluation.assignment import greatest_sum
from evaluation.score import Rate

Cluster = frozenset[Hashable]
NOTHING = Rate()


@dataclass(frozen=True, slots=True)
class Agreement:
    """How two partitions agree, by each measure."""

    muc: Rate = NOTHING
    b_cubed: Rate = NOTHING
    ceaf: Rate = NOTHING

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(self.muc + other.muc, self.b_cubed + other.b_cubed, self.ceaf + other.ceaf)

    @property
    def conll(self) -> float:
        """CoNLL F1, in percent."""
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf.f1) / 3


def agreement(gold: Sequence[Cluster], ours: Sequence[Cluster]) -> Agreement:
    """How our clusters agree with gold's, in one document.

    The example of Pradhan et al. (2014):

    >>> key, response = ["abc", "defg"], ["ab", "cd", "fghi"]
    >>> one = agreement(list(map(frozenset, key)), list(map(frozenset, response)))
    >>> [round(sums.f1) for sums in (one.muc, one.b_cubed, one.ceaf)]
    [40, 45, 52]
    """
    shared = _shared(gold, ours)
    return Agreement(_muc(gold, ours, shared), _b_cubed(gold, ours, shared), _ceaf(gold, ours, shared))


Shared = dict[tuple[int, int], int]


def _shared(gold: Sequence[Cluster], ours: Sequence[Cluster]) -> Shared:
    """How many mentions each two clusters share, for those that share any."""
    holder = {mention: j for j, cluster in enumerate(ours) for mention in cluster}
    shared: Shared = {}
    for i, cluster in enumerate(gold):
        for mention in cluster & holder.keys():
            pair = (i, holder[mention])
            shared[pair] = shared.get(pair, 0) + 1
    return shared


def _muc(gold: Sequence[Cluster], ours: Sequence[Cluster], shared: Shared) -> Rate:
    # A cluster of which the other side has k mentions in p parts keeps k - p links.
    kept = float(sum(shared.values()) - len(shared))
    return Rate(kept, sum(len(one) - 1 for one in ours), kept, sum(len(one) - 1 for one in gold))


def _b_cubed(gold: Sequence[Cluster], ours: Sequence[Cluster], shared: Shared) -> Rate:
    return Rate(
        right=sum(count**2 / len(ours[j]) for (_, j), count in shared.items()),
        given=sum(map(len, ours)),
        found=sum(count**2 / len(gold[i]) for (i, _), count in shared.items()),
        wanted=sum(map(len, gold)),
    )


def _ceaf(gold: Sequence[Cluster], ours: Sequence[Cluster], shared: Shared) -> Rate:
    likeness = {(i, j): 2 * count / (len(gold[i]) + len(ours[j])) for (i, j), count in shared.items()}
    total = greatest_sum(likeness)
    return Rate(total, len(ours), total, len(gold))
