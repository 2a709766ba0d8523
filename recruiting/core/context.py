"""What every page's shell needs, as lazily as possible."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    return {"company": settings.COMPANY_NAME, "embedded": not settings.PRODUCTION}
