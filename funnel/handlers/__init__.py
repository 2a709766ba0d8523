"""What people are told, after the fact's commit, at least once: the relay imports this, and each thing is said once."""

from __future__ import annotations

from funnel.handlers import handoffs, interviews, offers

__all__ = ["handoffs", "interviews", "offers"]
