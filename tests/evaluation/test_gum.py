from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_gum import FERRY

from evaluation import gum
from quotidian.errors import BadRecord, NotFound


def mentions() -> dict[str, gum.Mention]:
    """The mentions of the invented document by their words."""
    one = gum.document("GUM_news_ferry", FERRY)
    return {one.text[slice(*mention.span)]: mention for mention in one.mentions}


def test_tokens_are_set_as_a_newspaper_would_print_them() -> None:
    headline, sentences = gum.document("GUM_news_ferry", FERRY).text.split("\n")
    assert headline == "Ferry late"
    assert sentences == (
        'Mara Lindqvist, harbour master of Ostmere, said she\'d seen "a storm". The crew told her.'
    )


def test_mentions_have_their_words_and_types() -> None:
    assert {words: one.type for words, one in mentions().items()} == {
        "Ferry": "object",
        "Mara Lindqvist": "person",
        "harbour master of Ostmere": "person",
        "Ostmere": "place",
        "she": "person",
        "a storm": "event",
        "The crew": "person",
        "her": "person",
    }


def test_mentions_that_are_linked_have_one_chain_and_bridged_ones_have_not() -> None:
    chains = {words: one.chain for words, one in mentions().items()}
    assert chains["Mara Lindqvist"] == chains["harbour master of Ostmere"] == chains["she"] == chains["her"]
    assert (
        len({chains[words] for words in ("Ferry", "Mara Lindqvist", "Ostmere", "a storm", "The crew")}) == 5
    )


def test_what_wikipedia_calls_it_is_kept() -> None:
    assert {words: one.identity for words, one in mentions().items() if one.identity} == {
        "Ostmere": "Ostmere_(country)"
    }


@pytest.mark.parametrize(
    "broken",
    ["1-1\t0-5\tFerry", FERRY.replace("object[1]", "object"), FERRY.replace("[5_3]", "[5]")],
)
def test_a_broken_line_is_named(broken: str) -> None:
    with pytest.raises(BadRecord, match=r"GUM_news_ferry, line \d+"):
        gum.document("GUM_news_ferry", broken)


@given(
    st.lists(st.lists(st.sampled_from(["Mara", ",", '"', "“", "n't", "-", "(", ".", "é", "🙂"]), min_size=1))
)
def test_every_token_stands_where_it_is_said_to_in_the_text(sentences: list[list[str]]) -> None:
    tokens = [token for sentence in sentences for token in sentence]
    begins = [sum(map(len, sentences[:number])) for number in range(len(sentences))]
    text, places = gum.printed(tokens, begins)
    assert [text[slice(*place)] for place in places] == tokens
    assert "".join(text.split()) == "".join(tokens)


def test_a_headline_and_every_few_sentences_end_a_paragraph() -> None:
    tokens = ["Ferry", "late", *(["Rain", "."] * (gum.PARAGRAPH + 1))]
    text, _ = gum.printed(tokens, range(0, len(tokens), 2))
    assert [len(line.split()) for line in text.split("\n")] == [2, gum.PARAGRAPH, 1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "splits.md").write_text(
        "## dev\n\n  * GUM_news_ferry\n  * GUM_news_absent\n\n## test\n\n  * GUM_news_b\n"
    )
    with tarfile.open(tmp_path / "gum_tsv.tar.gz", "w:gz") as archive:
        for name in ("GUM_news_ferry", "GUM_news_b"):
            content = FERRY.encode()
            member = tarfile.TarInfo(f"coref/gum/tsv/{name}.tsv")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return tmp_path


def test_only_documents_of_the_split_are_read(folder: Path) -> None:
    (found,) = gum.documents(folder, "dev")
    assert (found.doc, found.genre) == ("GUM_news_ferry", "news")


def test_absent_data_are_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no GUM there"):
        list(gum.documents(tmp_path, "dev"))
