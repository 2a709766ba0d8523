"""Kanryu: the project and the nouns that everyone shares."""

from __future__ import annotations

from recruiting.celery import app as celery_app

__all__ = ["celery_app"]
