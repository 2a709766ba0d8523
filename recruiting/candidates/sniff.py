"""What a file is, told from its content; its name is never believed. Nothing is unpacked."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import filetype

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
DOC = "application/msword"
TEXT = "text/plain"
PICTURES = frozenset({"image/png", "image/jpeg"})
INLINE = frozenset({PDF, *PICTURES})  # what a browser may show by itself; text beside them

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_MAX_DIRECTORY = 1_000_000  # bytes of a zip's directory: far above any letter, far below what hurts to read
# How each is read here, and what browsers call it.
_ENCODINGS = {"utf-8-sig": "utf-8", "cp932": "shift_jis", "euc_jp": "euc-jp"}


def content_type_of(content: bytes) -> str:
    """One of the kinds we keep (text with its character set), or "" for everything else."""
    if content[:5] == b"%PDF-":
        return PDF
    guess = filetype.guess_mime(content[:8192])
    if guess in PICTURES:
        return str(guess)
    if content[:4] == b"PK\x03\x04":
        return _of_zip(content)
    if content[:8] == _OLE:
        return DOC if _WORD_STREAM in content else ""
    return _of_text(content) if guess is None else ""


def _of_zip(content: bytes) -> str:
    """A Word or OpenDocument text, by the names in its directory; a directory of absurd size is not read."""
    end = content.rfind(b"PK\x05\x06")
    if end < 0 or len(content) < end + 22 or content[max(0, end - 20) : end - 16] == b"PK\x06\x07":
        return ""
    (size,) = struct.unpack_from("<L", content, end + 12)
    if size > _MAX_DIRECTORY:
        return ""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""
    if {"[Content_Types].xml", "word/document.xml"} <= names:
        return DOCX
    # An OpenDocument file begins with its kind, stored as it is.
    return ODT if b"mimetype" + ODT.encode() in content[:200] and "content.xml" in names else ""


def _of_text(content: bytes) -> str:
    if not content.strip() or any((byte < 32 and byte not in b"\t\n\r\f\x1b") or byte == 127 for byte in set(content)):
        return ""
    for encoding, name in _ENCODINGS.items():
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return f"{TEXT}; charset={name}"
    return ""
