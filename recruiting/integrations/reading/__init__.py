"""What foreign files say, as plain values. Nothing here touches a table of ours."""

from __future__ import annotations
