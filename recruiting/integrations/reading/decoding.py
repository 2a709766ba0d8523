"""Bytes of any usual encoding become UTF-8 text without NULs, with one kind of line end."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import IO

from charset_normalizer import from_bytes

CHUNK = 1 << 20
SAMPLE = 1 << 18
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(file: IO[bytes]) -> str:
    """By its mark, else the first of UTF-8 and cp932 (Shift_JIS) that reads all of it, else the best guess."""
    file.seek(0)
    head = file.read(4)
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    for name in ("utf-8", "cp932"):
        if _reads(file, name):
            return name
    file.seek(0)
    best = from_bytes(file.read(SAMPLE)).best()
    return best.encoding if best is not None and _reads(file, best.encoding) else "latin-1"


def _reads(file: IO[bytes], encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def plain_text(file: IO[bytes], encoding: str) -> Iterator[bytes]:
    """The file as UTF-8, piece by piece."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    held = ""
    while chunk := file.read(CHUNK):
        text = held + decoder.decode(chunk)
        # A carriage return at the end of a piece may belong to the line feed that begins the next.
        held = "\r" if text.endswith("\r") else ""
        yield _plain(text.removesuffix("\r") if held else text)
    yield _plain(held + decoder.decode(b"", final=True))


def _plain(text: str) -> bytes:
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")


def clean(text: str) -> str:
    """One value without what no database keeps: NULs, halves of a surrogate pair."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
