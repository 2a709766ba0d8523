"""The numbers of the way back: one definition each, pure. A rate over nothing is no data (None), never 0 %."""

from __future__ import annotations

from dataclasses import dataclass

from funnel.metrics import Rate

MONTHS = (3, 6, 12)


@dataclass(frozen=True, slots=True)
class Leavers:
    """What became of the exits of a window. The administrative are in no rate; the others are told apart."""

    pooled: int
    permanent: int  # class X
    without_basis: int  # filed, but nothing allows us to use what we know for future roles
    administrative: int

    @property
    def recycle_rate(self) -> Rate:
        return Rate(self.pooled, self.pooled + self.permanent + self.without_basis)


def proposal_precision(accepted: int, dismissed: int) -> Rate:
    """Of the proposals somebody decided, the share accepted. Withdrawn ones were decided by nobody."""
    return Rate(accepted, accepted + dismissed)


def proposal_return(re_entered: int, accepted: int) -> Rate:
    return Rate(re_entered, accepted)


def recycled_won(hires: int, re_entries: int) -> Rate:
    """Of those who came back, the share hired."""
    return Rate(hires, re_entries)


def recycled_share(recycled_hires: int, hires: int) -> Rate:
    """Of all hires, the share who had left before."""
    return Rate(recycled_hires, hires)


def re_entry_rate(re_entered: int, stays: int) -> Rate:
    """Of the stays that began at least so many months ago, the share that ended in a return within them."""
    return Rate(re_entered, stays)
