"""How a letter looks. Mail programs read styles on the elements alone, and templates here hold none: they name a look.

`class="mail-button"` in a template becomes the style below when the letter leaves or is shown. Pure.
"""

from __future__ import annotations

import re

_FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Hiragino Sans','Noto Sans JP',sans-serif"
LOOKS = {
    "mail-page": f"{_FONT};font-size:16px;line-height:1.55;color:#16242c;background:#ffffff;margin:0",
    "mail-column": "max-width:592px",
    "mail-foot": f"{_FONT};font-size:13px;line-height:1.55;color:#56656d;border-top:1px solid #dfe3e0",
    "mail-quiet": "color:#56656d",
    "mail-button": (
        "display:inline-block;padding:12px 20px;border-radius:6px;background:#1d5f78;color:#ffffff;"
        "font-weight:600;text-decoration:none"
    ),
    "mail-list": "padding-left:20px",
}
_NAMED = re.compile(r'class="(' + "|".join(LOOKS) + r')"')


def dressed(html: str) -> str:
    """The letter with its looks written out."""
    return _NAMED.sub(lambda found: f'style="{LOOKS[found[1]]}"', html)
