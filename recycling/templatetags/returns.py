"""Addresses of the returns desk."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.urls import reverse

register = template.Library()


@register.simple_tag
def desk_url(request: HttpRequest, pk: int) -> str:
    """The desk as it is now, with another card chosen."""
    kept = {key: value for key, value in request.GET.items() if value and key not in ("p", "ask")}
    return f"{reverse('recycling:returns')}?{urlencode({**kept, 'p': pk})}"
