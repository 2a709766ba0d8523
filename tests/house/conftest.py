"""One house for every test of a file: it is looked at, never changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.house.roles_asking import House
from tests.house.roles_world import a_world


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Made once, and taken back when the file is done."""
    media = tmp_path_factory.getbasetemp() / "media"
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(MEDIA_ROOT=media):
        yield House(a_world())
        transaction.set_rollback(True)
