"""What was typed → a query, and back."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotidian.store.search.fields import FIELDS, field_named
from quotidian.store.search.query import MOST_LETTERS, MOST_VALUES, Query, Term, Value, parse, to_text


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("tax cuts", "tax cuts"),
        ("  tax \t cuts\n", "tax cuts"),
        ('"tax cuts"', '"tax cuts"'),
        ("“tax cuts” „tax cuts“ «tax cuts»", '"tax cuts" "tax cuts" "tax cuts"'),
        ("tax-cut", '"tax-cut"'),
        ("O’Neil", "O’Neil"),
        ("tra*", "tra*"),
        ('"free tra"*', '"free tra"*'),
        ("-tax", "-tax"),
        ("NOT tax", "-tax"),
        ("−tax", "-tax"),
        ("--tax", "tax"),
        ("tax AND cuts", "tax cuts"),
        ("tax OR cuts rates", "tax OR cuts rates"),
        ("(tax OR cuts) rates", "tax OR cuts rates"),
        ("OR tax OR", "tax"),
        ("tax OR OR cuts", "tax OR cuts"),
        ("tax or cuts", "tax or cuts"),
        ('"OR"', '"OR"'),
        ("speaker:Moor", "speaker:Moor"),
        ("speaker: Moor", "speaker:Moor"),
        ("Speaker：“Anna Moor”", 'speaker:"Anna Moor"'),
        ("speaker: act:deny", "speaker act:deny"),
        ("speaker: -tax", "speaker -tax"),
        ("by:lind*", "speaker:lind*"),
        ("speaker:#12", "speaker:#12"),
        ("speaker:#012", "speaker:#12"),
        ("outlet:#3", "outlet:#3"),
        ("act:deny,admit", "act:deny,admit"),
        ("act:denied", "act:deny"),
        ("act:den", "act:deny"),
        ("act:CRITICIZED", "act:criticise"),
        ("act:admitted", "act:admit"),
        ("act:pr", "act:praise,promise,predict"),
        ("stance:vouch", "stance:vouches"),
        ("kind:organization", "kind:organisation"),
        ("organization:court", "org:court"),
        ("state:reviewed", "state:accepted,corrected,added"),
        ("state:un", "state:unreviewed"),
        ("since:2026-3", "since:2026-03"),
        ("until:2026-3-5", "until:2026-03-05"),
        ("day:2026", "day:2026"),
        ("day:2026-03/2026-04-02", "day:2026-03/2026-04-02"),
        ("day:../2026", "day:../2026"),
        ("day:unknown", "day:unknown"),
        ("day:0966-3", "day:0966-03"),
        ("sure:80", "sure:80"),
        ("sure:80%", "sure:80"),
        ("sure:>=80 sure:≥80 sure:0.8", "sure:80 sure:80 sure:80"),
        ("sure:>80 sure:<50 sure:≤50", "sure:>80 sure:<50 sure:<=50"),
        ("sure:50-80", "sure:50-80"),
        ("depth:1 depth:>1 depth:9", "depth:1 depth:2,3,4 depth:4"),
        ("negated:true unnamed:Y", "negated:yes unnamed:yes"),
        ("id:007 article:12", "id:7 article:12"),
        ('article:"my own/id 5"', 'article:"my own/id 5"'),
        ("headline:storm", "title:storm"),
        ("-act:deny,admit", "-act:deny,admit"),
        ("", ""),
    ],
)
def test_a_query_is_understood_without_a_word_about_it(typed: str, written: str) -> None:
    query = parse(typed)
    assert to_text(query) == written
    assert query.notes == ()


@pytest.mark.parametrize(
    ("typed", "written", "note"),
    [
        ("acr:deny", '"acr:deny"', "“acr:” is no field, searched as words; did you mean act:?"),
        ('acr:"deny it"', '"acr:" "deny it"', "“acr:” is no field, searched as words; did you mean act:?"),
        ("before:2026", '"before:2026"', "did you mean until:?"),
        ("colour:red", '"colour:red"', "“colour:” is no field, searched as words."),
        ("act:sing", "sing", "“sing” is not understood for act: (state, deny,"),
        ("since:yesterday", "yesterday", "(2026, 2026-03 or 2026-03-05); searched as words."),
        ("since:2026-02-30", '"2026-02-30"', "searched as words"),
        ("sure:101", "101", "80, >80, <50 or 50-80"),
        ("act:sing,dance", "sing", "“dance” is not understood for act:"),
        ("act:deny,sing", "act:deny", "“sing” is not understood for act:"),
        ("id:99999999999", "99999999999", "a number"),
        ("tax ?!", "tax", "“?!” has no letters or digits and was left out."),
        ('"tax cuts', '"tax cuts"', "not closed"),
    ],
)
def test_what_is_not_understood_is_searched_as_words_and_a_note_says_so(
    typed: str, written: str, note: str
) -> None:
    query = parse(typed)
    assert to_text(query) == written
    assert note in " ".join(query.notes)


@pytest.mark.parametrize("typed", ["10:30", "https://paper.example/a", "Note: this", "speaker:", "a:"])
def test_a_colon_alone_makes_no_note(typed: str) -> None:
    assert parse(typed).notes == ()


def test_several_terms_joined_by_or_are_one_group() -> None:
    assert parse("a -b OR act:deny c").groups == (
        (Term("words", (Value("a"),)),),
        (Term("words", (Value("b"),), negated=True), Term("act", (Value("deny"),))),
        (Term("words", (Value("c"),)),),
    )


def test_a_query_of_too_many_words_is_cut_with_a_note() -> None:
    query = parse(" ".join(f"w{n}" for n in range(200)))
    assert len(query.groups) == MOST_VALUES
    assert len(query.notes) == 1
    assert "too long" in query.notes[0]


def test_a_query_of_too_many_letters_is_cut_with_a_note() -> None:
    query = parse(f'"{"storm " * 400}"')
    assert len(query.groups[0][0].values[0].text) <= MOST_LETTERS
    assert "too long" in query.notes[0]


def test_other_names_of_fields_lead_to_fields() -> None:
    assert {field_named(name).name for name in FIELDS} == set(FIELDS)  # type: ignore[union-attr]
    assert field_named("nonsense") is None


_PIECES = st.sampled_from(
    [
        "tax",
        "OR",
        "AND",
        "NOT",
        "-",
        '"',
        "“",
        "”",
        ":",
        "：",
        ",",
        "*",
        "#12",
        "(",
        ")",
        " ",
        "\n",
        "é",
        "首相",
    ]
    + [
        "'",
        "’",
        "\x00",
        "\ud800",
        "\u200f",
        ">",
        "<",
        "80",
        "2026-03",
        "/",
        "..",
        "den",
        "yes",
        "\\",
        "%",
        "·",
    ]
    + [f"{name}:" for name in (*FIELDS, "acr", "organization")]
)
_TYPED = st.one_of(
    st.text(), st.lists(_PIECES, max_size=30).map("".join), st.text(min_size=900, max_size=1200)
)


@settings(max_examples=500)
@given(_TYPED)
@example("*")
@example('"*')
@example("act:,")
@example("speaker:(x)")
@example("-OR")
@example('a:"')
@example("tax," * 600)
@example('"' + "a:b" * 500 + '"')
def test_any_string_is_a_query_and_a_written_query_is_read_as_itself(typed: str) -> None:
    query = parse(typed)
    assert parse(to_text(query)) == query
    assert to_text(parse(to_text(query))) == to_text(query)


@given(st.lists(_TYPED, min_size=2, max_size=3))
def test_a_term_can_be_added_to_any_query(typed: list[str]) -> None:
    query = parse(typed[0])
    longer = parse(f"{to_text(query)} act:deny")
    assert isinstance(longer, Query)
    if sum(len(term.values) for group in query.groups for term in group) < MOST_VALUES and not query.notes:
        assert longer.groups[: len(query.groups)] == query.groups
