"""The Celery application: workers and beat read the same SWEEPS as `manage.py run_sweeps`."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recruiting.settings")

app = Celery("kanryu")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
