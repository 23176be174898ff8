"""The table of bad input: what happens for each, and that the next article is read all the same."""

from __future__ import annotations

import gzip
import os
import random
from pathlib import Path

import pytest
from tests.reading.invented import LEAD, STORY, page

from quotidian import reading
from quotidian.errors import InputError, LimitExceeded, NotAnArticle, NotFound, UsageError
from quotidian.types import Article, Failure

NOISE = random.Random(7).randbytes(3000)

# What an input's bytes are, and the one line that says why they are no article.
NO_ARTICLES = {
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type /Catalog>>", "PDF document"),
    "PDF after a blank": (b"\r\n%PDF-1.4\n", "PDF document"),
    "PNG": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG image"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "JPEG image"),
    "GIF": (b"GIF89a\x01\0\x01\0", "GIF image"),
    "WebP": (b"RIFF\x24\0\0\0WEBPVP8 ", "WebP image"),
    "ZIP": (b"PK\x03\x04\x14\0\0\0\x08\0story.txt", "ZIP archive"),
    "Word": (
        b"PK\x03\x04\x14\0\0\0\x08\0[Content_Types].xml" + b"\0" * 90 + b"word/document.xml",
        "Word document",
    ),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 90, "Office document"),
    "RTF": (b"{\\rtf1\\ansi The ferry line will reopen.}", "RTF document"),
    "MP4": (b"\0\0\0\x20ftypisom\0\0\2\0", "MP4 video"),
    "SVG": (b'<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg">', "SVG image"),
    "site map": (
        b'<?xml version="1.0"?><urlset><url><loc>https://tarn-courier.example/1</loc></url>',
        "news feed or site map; give the addresses of its articles",
    ),
    "program": (b"\x7fELF\2\1\1" + b"\0" * 40, "program"),
    "database": (b"SQLite format 3\0\x10\0", "SQLite database"),
    "noise": (NOISE, "binary data"),
    "zeros": (b"\0" * 4000, "binary data"),
    "packed PDF": (gzip.compress(b"%PDF-1.7\n"), "PDF document"),
    "damaged gzip": (
        gzip.compress(page().encode())[:-20],
        "damaged gzip file (Compressed file ended before the end-of-stream marker was reached)",
    ),
}


@pytest.mark.parametrize("suffix", ["", ".html", ".gz"])
@pytest.mark.parametrize("kind", NO_ARTICLES)
def test_what_is_no_article_is_named(tmp_path: Path, kind: str, suffix: str) -> None:
    data, name = NO_ARTICLES[kind]
    bad, good = tmp_path / f"input{suffix}", tmp_path / "good.html"
    bad.write_bytes(data)
    good.write_text(page(), encoding="utf-8")
    first, second = reading.articles([bad, good])
    assert first == Failure(str(bad), f"not an article we can read: {name}")
    assert isinstance(second, Article)


def test_binary_data_that_is_called_a_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(NOISE)
    assert list(reading.articles([path])) == [Failure(str(path), "not an article we can read: binary data")]


SMALL = reading.Limits(
    bytes_per_page=200_000, tags_per_page=5_000, bytes_per_record=1_000, seconds_to_extract=0.01
)
LIMITED = {
    "50,000 nested tags": (
        b"<html><body>" + b"<div>" * 50_000 + b"Rain.",
        reading.Limits(),
        "page with tags nested too deep: limit depth is 256",
    ),
    "nested formatting": (
        b"<p>" + b"<b>" * 50_000 + b"Rain.",
        reading.Limits(),
        "page with tags nested too deep: limit depth is 256",
    ),
    "tags nested deeper than asked for": (
        page().encode(),
        reading.Limits(depth=4),
        "page with tags nested too deep: limit depth is 4",
    ),
    "too many tags": (
        b"<html><body>" + b"<b>x" * 6_000,
        SMALL,
        "page with too many tags: limit tags_per_page is 5,000",
    ),
    "a large page": (
        page().encode() + b"<p>More of it." * 20_000,
        SMALL,
        "too large: limit bytes_per_page is 200,000",
    ),
    "a text larger than the parser takes": (
        page().encode() + b"<p>" + b"It rained. " * 1_000_000,
        reading.Limits(),
        "page with one stretch of text too large: the parser's limit is 10,000,000 bytes",
    ),
    "a page that unfolds": (
        gzip.compress(b"<html>" + b" " * 30_000_000),
        SMALL,
        "too large: limit bytes_per_page is 200,000",
    ),
}


@pytest.mark.parametrize("kind", LIMITED)
def test_a_limit_is_named_and_the_next_article_is_read(tmp_path: Path, kind: str) -> None:
    data, limits, why = LIMITED[kind]
    (tmp_path / "a.html").write_bytes(data)
    (tmp_path / "b.txt").write_text("It rained, he said.", encoding="utf-8")
    first, second = reading.articles([tmp_path], reading.Options(limits=limits))
    assert first == Failure(str(tmp_path / "a.html"), why)
    assert isinstance(second, Article)


def test_a_page_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "slow.html"
    path.write_bytes(page().encode() + b"<p>And so on." * 20_000)
    limits = reading.Limits(seconds_to_extract=0.01)
    assert list(reading.articles([path], reading.Options(limits=limits))) == [
        Failure(str(path), "page too slow to read: limit seconds_to_extract is 0.01")
    ]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a file that never ends")
def test_a_file_that_never_ends_is_left() -> None:
    options = reading.Options(limits=reading.Limits(bytes_per_page=100_000))
    (found,) = reading.articles(["/dev/zero"], options)
    assert isinstance(found, Failure)


@pytest.mark.parametrize("name", ["bytes_per_page", "depth", "seconds_to_fetch"])
def test_limits_are_positive(name: str) -> None:
    with pytest.raises(UsageError, match=f"limit {name} must be more than 0"):
        reading.Limits(**{name: 0})


MISSING = {
    "no-such-file.html": "no such file or folder",
    "no\nsuch\tfile": "no such file or folder",
    "nul\0.txt": "cannot be read: embedded null byte",
}


@pytest.mark.parametrize("name", MISSING)
def test_a_missing_file_is_named_on_one_line(name: str) -> None:
    (found,) = reading.articles([name])
    assert isinstance(found, Failure)
    assert found.why == MISSING[name]
    assert found.origin.isprintable()


def test_a_folder_without_articles_fails(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / ".hidden.txt").write_text("It rained, he said.", encoding="utf-8")
    assert list(reading.articles([tmp_path])) == [Failure(str(tmp_path), "no articles in this folder")]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs files that may not be read")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("It rained, he said.", encoding="utf-8")
    path.chmod(0)
    assert list(reading.articles([path])) == [Failure(str(path), "cannot be read: permission denied")]


REASONS = {
    "": "no text",
    " \r\n\t": "no text",
    "\ufeff": "no text",
    "2024 – 17%\n£3.50": "no letters",
    "Die Fähre werde im Mai wieder fahren, sagte der Hafenmeister von Tarn am Montag.": (
        "not English (looks like German); --any-language reads it all the same"
    ),
    "港長は月曜日に、フェリーは五月に再開すると述べた。": (
        "not English (looks like Japanese); --any-language reads it all the same"
    ),
}


@pytest.mark.parametrize("text", REASONS)
def test_an_article_that_is_not_searched_says_why(tmp_path: Path, text: str) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(text.encode())
    (found,) = reading.articles([path])
    assert isinstance(found, Article)
    assert (found.text, found.reason, found.attributions) == (text, REASONS[text], ())


def test_any_language_is_read_on_request(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(
        "Die Fähre werde im Mai wieder fahren, sagte der Hafenmeister von Tarn.", encoding="utf-8"
    )
    (found,) = reading.articles([path], reading.Options(any_language=True))
    assert isinstance(found, Article)
    assert (found.language, found.reason) == ("de", None)


def test_a_page_without_text_is_an_article_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><body><script>start()</script></body></html>", encoding="utf-8")
    (found,) = reading.articles([path])
    assert isinstance(found, Article)
    assert (found.text, found.reason) == ("", "no text")


def test_one_input_raises_what_is_wrong_with_it(tmp_path: Path) -> None:
    pdf, deep, lines = tmp_path / "a.pdf", tmp_path / "a.html", tmp_path / "a.jsonl"
    pdf.write_bytes(b"%PDF-1.7\n")
    deep.write_bytes(b"<div>" * 1000)
    lines.write_text('{"text": "One."}\n{"text": "Two."}\n', encoding="utf-8")
    for path, error in (
        (pdf, NotAnArticle),
        (deep, LimitExceeded),
        (tmp_path / "b", NotFound),
        (lines, InputError),
    ):
        with pytest.raises(error):
            reading.article(path)


def test_one_input_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(page(), encoding="utf-8")
    assert reading.article(path).text == "\n\n".join(STORY)
    assert LEAD in reading.article(str(path)).text
