from __future__ import annotations

from django.apps import AppConfig


class FunnelConfig(AppConfig):
    name = "funnel"
