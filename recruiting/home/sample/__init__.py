"""A believable sample company: a year of history made through the services, so that every screen has something true."""

from __future__ import annotations

from recruiting.home.sample.company import make_sample_company

__all__ = ["make_sample_company"]
