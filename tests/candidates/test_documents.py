"""Files are what their content says, of a size and a kind we keep, and can be brought back."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.base import ContentFile

from recruiting.candidates import services
from recruiting.core.refused import Refused
from tests.builders_candidates import a_candidate, a_document

pytestmark = pytest.mark.django_db


def _zip(**names: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return buffer.getvalue()


DOCX = _zip(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
ODT = _zip(**{"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"})


@pytest.mark.parametrize(
    ("name", "content", "kept_as"),
    [
        ("cv.pdf", b"%PDF-1.7 words", "application/pdf"),
        ("cv.exe", b"%PDF-1.7 words", "application/pdf"),
        ("cv.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("cv.odt", ODT, "application/vnd.oasis.opendocument.text"),
        ("cv.txt", "職務経歴書".encode(), "text/plain; charset=utf-8"),
        ("cv.txt", "職務経歴書".encode("cp932"), "text/plain; charset=shift_jis"),
        ("me.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "image/png"),
        ("page.html", b"<script>alert(1)</script>", "text/plain; charset=utf-8"),  # shown as text, never as a page
    ],
)
def test_a_file_is_what_its_content_says(name, content, kept_as):
    assert a_document(a_candidate(), name=name, content=content).content_type == kept_as


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00 a programme",
        b"\x7fELF",
        _zip(**{"malware.js": b"x"}),
        b"PK\x03\x04 no directory",
        b"GIF89a" + b"\0" * 20,
        bytes(range(256)),
    ],
)
def test_a_file_of_another_kind_is_refused_whatever_its_name(content):
    with pytest.raises(Refused, match="not a PDF"):
        a_document(a_candidate(), name="cv.pdf", content=content)


def test_a_zip_with_an_absurd_directory_is_not_read(at):
    bomb = _zip(**{"word/document.xml": b"x"} | {f"{'n' * 200}{number}": b"" for number in range(5_000)})

    with pytest.raises(Refused, match="not a PDF"):
        a_document(a_candidate(), content=bomb)


def test_a_file_above_the_limit_is_refused(settings):
    settings.UPLOAD_MAX_BYTES = 1_000_000
    with pytest.raises(Refused, match="1 MB"):
        a_document(a_candidate(), content=b"%PDF-" + b"x" * 1_000_001)


def test_a_path_in_a_file_name_is_dropped():
    assert a_document(a_candidate(), name="..\\..\\etc\\pass\u202ewd.pdf").name == "passwd.pdf"


def test_taking_a_document_away_can_be_undone(at, recruiter):
    document = services.remove_document(document=a_document(a_candidate()), by=recruiter, at=at)
    assert document.removed_at == at

    assert services.restore_document(document=document, by=recruiter, at=at).removed_at is None


def test_a_file_needs_a_content_not_a_stream(at):
    document = services.add_document(
        candidate=a_candidate(), file=ContentFile(b"%PDF-1.4", name=""), by=None, at=at, name="履歴書.pdf"
    )

    assert (document.name, document.size) == ("履歴書.pdf", 8)
