"""Cards over the borders: offered by one side, answered by the other."""

from __future__ import annotations
