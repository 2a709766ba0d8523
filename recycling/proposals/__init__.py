"""What a person does with a card: accept it and ask, hear the answer, put it off, say that it is wrong."""

from __future__ import annotations

from recycling.proposals.answers import said_no, said_yes
from recycling.proposals.asking import accept_proposal, record_asked, take_back
from recycling.proposals.by_hand import propose_by_hand
from recycling.proposals.deciding import dismiss_proposal, snooze_proposal, undo_dismissal, wake_proposal

__all__ = [
    "accept_proposal",
    "dismiss_proposal",
    "propose_by_hand",
    "record_asked",
    "said_no",
    "said_yes",
    "snooze_proposal",
    "take_back",
    "undo_dismissal",
    "wake_proposal",
]
