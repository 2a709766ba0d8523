"""Offers: terms in versions, approvers in their order, the person's answer."""

from __future__ import annotations
