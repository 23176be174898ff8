"""What a reader of articles can rely on, with the model that ships."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quotidian
from quotidian.errors import BadText, InputError
from quotidian.pipeline import Reader
from quotidian.reading import Options
from quotidian.types import Article, Attribution, Failure
from quotidian.write import jsonl

STORY = (
    "The ferry will sail on Monday, the harbour master, Mara Lindqvist, said. "
    "“We have mended the hull,” she told the Estrin Gazette, “and painted it.”\n\n"
    "Tarn Lines denied that the ministry had ordered it to stop. "
    "A former engineer, who asked not to be named, said the company knew that the pumps had failed."
)
PIECES = st.sampled_from(
    [
        "Mara Lindqvist said ",
        "the ferry will sail",
        "“We will,” she said, “not yield.”",
        ", according to the Gazette",
        " denied that ",
        "\n\n",
        "\r\n",
        "e\u0301",
        "👩🏽‍🚒",
        "קול",
        "مرحبا",
        "\x00",
        "\u202e",
        "\ufeff",
        "。",
        "ﬁ",
        "İ",
        ". ",
        " ",
    ]
)
HOSTILE = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=14).map("".join)


def passages(attribution: Attribution) -> list[quotidian.Passage]:
    return [p for p in (attribution.source, attribution.cue, attribution.content) if p is not None]


@settings(max_examples=150)
@given(text=HOSTILE)
def test_every_span_is_the_text_it_says(reader: Reader, text: str) -> None:
    article = reader.read_text(text, any_language=True)
    assert article.text == text
    for found in article:
        for passage in passages(found):
            assert passage.text == " ".join(text[s:e] for s, e in passage.spans)
            assert all(0 <= s < e <= len(text) for s, e in passage.spans)
            assert list(passage.spans) == sorted(passage.spans)
        assert 0 <= found.confidence <= 1


@settings(max_examples=60)
@given(text=HOSTILE)
def test_what_is_nested_lies_inside_its_parents_content(reader: Reader, text: str) -> None:
    article = reader.read_text(text, any_language=True)
    by_id = {found.id: found for found in article}
    assert len(by_id) == len(article.attributions)
    for found in article:
        assert (found.parent is None) == (found.depth == 0)
        if found.parent is not None:
            parent = by_id[found.parent]
            assert parent.depth == found.depth - 1
            assert all(parent.content.holds(passage) for passage in passages(found))


def test_the_same_text_gives_the_same_bytes_whatever_its_company(reader: Reader, tmp_path) -> None:
    other = "The mayor said nothing. “Go home,” a clerk told the crowd. " * 30
    lines = [jsonl.line(Article(id=str(i), text=t)) for i, t in enumerate([other, STORY, other])]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "one.jsonl").write_text(lines[1], encoding="utf-8")
    among_many = list(reader.read_many([tmp_path / "many.jsonl"]))[1]
    alone = reader.read(tmp_path / "one.jsonl")
    again = Reader().read(tmp_path / "one.jsonl")
    assert among_many.attributions == alone.attributions
    assert jsonl.line(alone) == jsonl.line(again)


def test_a_story_is_read_as_a_person_would(reader: Reader) -> None:
    found = {(a.source.text if a.source else None, a.cue.text): a for a in reader.read_text(STORY)}
    said = found["the harbour master, Mara Lindqvist,", "said"]
    assert said.content.text == "The ferry will sail on Monday"
    told = found["she", "told"]
    assert told.content.text == "“We have mended the hull,” “and painted it.”"
    assert told.directness == "direct"
    assert found["Tarn Lines", "denied"].content.text == "that the ministry had ordered it to stop"
    knew = found["the company", "knew"]
    assert (knew.depth, knew.content.text) == (1, "that the pumps had failed")


def test_nested_attributions_can_be_left_out(reader: Reader) -> None:
    outermost = Reader(nested=False).read_text(STORY)
    assert {a.depth for a in outermost} == {0}
    assert outermost.attributions == tuple(a for a in reader.read_text(STORY) if a.depth == 0)


def test_wrapped_lines_change_nothing_but_the_white_space(reader: Reader) -> None:
    text = (
        "The harbour master, Mara Lindqvist, said on Monday that the\n"
        "ferry would sail at noon, and told the islanders that\n"
        "nobody had asked the crew."
    )
    plain = reader.read_text(text.replace("\n", " "))
    wrapped = reader.read_text(text)
    assert [a.content.spans for a in wrapped] == [a.content.spans for a in plain]


def test_a_text_without_letters_has_a_reason_and_no_attributions(reader: Reader) -> None:
    article = reader.read_text("12:30 — 14:45 …")
    assert article.attributions == ()
    assert article.reason


def test_a_lone_surrogate_is_refused(reader: Reader) -> None:
    with pytest.raises(BadText, match="surrogate"):
        reader.read_text("He said \ud800.")


def test_the_reader_raises_for_one_input_and_goes_on_over_many(reader: Reader, tmp_path) -> None:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    with pytest.raises(InputError):
        reader.read(tmp_path / "missing.html")
    first, second = reader.read_many([tmp_path / "missing.html", tmp_path / "story.txt"], Options())
    assert isinstance(first, Failure)
    assert isinstance(second, Article) and second.attributions


def test_an_article_of_unbroken_words_is_read_in_bounded_windows(reader: Reader) -> None:
    article = reader.read_text("said " * 5_000, any_language=True)
    assert article.reason is None


def test_the_package_reads_without_being_set_up() -> None:
    assert quotidian.read_text(STORY).model == Reader().model_name


def test_an_office_in_capitals_is_nobodys_name(reader: Reader) -> None:
    article = reader.read_text(
        "The Prime Minister, Anselm Vardy, rejected the suggestion that she had been pushed. "
        "“Nobody pushes Edita,” the Prime Minister told the Herald."
    )
    assert [made.speaker.name for made in article.statements] == ["Anselm Vardy", "Anselm Vardy"]
