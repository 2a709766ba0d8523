"""Permissions come from the role's row in `roles.PERMISSIONS`: no query, no group to forget."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend

from recruiting.accounts.roles import PERMISSIONS


class RoleBackend(BaseBackend):
    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return bool(user_obj.is_active) and perm in PERMISSIONS.get(getattr(user_obj, "role", ""), frozenset())

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set(PERMISSIONS.get(getattr(user_obj, "role", ""), frozenset()))
