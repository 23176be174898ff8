import io
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from quotidian.types import Act, Article, Evidence, Said
from quotidian.write import terminal
from write.invented import HOSTILE, articles, attribution, place, story, strike, told_articles


class Screen(io.StringIO):
    """A file with the encoding of a terminal; like one, it refuses what it cannot encode."""

    def __init__(self, encoding="utf-8"):
        super().__init__(newline="")
        self._encoding = encoding

    encoding = property(lambda self: self._encoding)

    def write(self, text):
        text.encode(self._encoding)
        return super().write(text)


def shown(*stories, encoding="utf-8", width=100, why=False, **console):
    screen = Screen(encoding)
    terminal_of_tests = Console(file=screen, width=width, highlight=False, **console)
    for article in stories:
        terminal.show(article, terminal_of_tests, why=why)
    return screen.getvalue()


def words(text):
    return " ".join(text.split())


@given(
    st.one_of(articles(), told_articles()),
    st.sampled_from(["utf-8", "ascii", "cp1252", "latin-1"]),
    st.integers(20, 120),
    st.booleans(),
)
def test_no_text_can_steer_a_terminal_or_break_one(article, encoding, width, why):
    text = shown(article, encoding=encoding, width=width, why=why)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@given(told_articles(), st.booleans())
def test_in_colour_only_our_own_escape_sequences_are_sent(article, why):
    text = shown(article, force_terminal=True, color_system="standard", why=why)
    assert "\x1b" not in re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_roles_are_told_apart_without_colour():
    text = words(shown(story()))
    assert "¹⟦The harbour at Port Ellery will stay shut until spring⟧," in text
    assert "⟨the ministry of works⟩¹ ‹said on Tuesday›¹" in text


def test_a_nested_statement_is_marked_inside_the_content_that_holds_it():
    assert "³⟦⟨the navy⟩⁴ had ‹denied›⁴ that ⁴⟦its cutters were stuck⟧⟧" in words(shown(story()))


def test_an_interrupted_content_is_marked_in_both_pieces():
    text = words(shown(story()))
    assert '²⟦"We will,"⟧ ‹said›²' in text and '²⟦"not send' in text


def test_an_encoding_without_our_brackets_gets_ascii_ones():
    text = words(shown(story(title="“Shut” – until spring"), encoding="ascii"))
    assert '"Shut" - until spring' in text
    assert "{the ministry of works}^1 <said on Tuesday>^1" in text


def test_where_attributions_alone_were_read_the_table_names_source_cue_and_how():
    rows = shown(story()).splitlines()
    assert [row for row in rows if re.search(r"2 +Mara Kline, .* said .*We will,.*direct +99%", row)]
    assert [row for row in rows if re.search(r"4 +↳ the navy +denied +↳ its cutters.* indirect +71%", row)]
    assert [row for row in rows if "nobody named" in row]


def rows(article=None, width=120):
    """The cells of each statement of the table, its lines joined."""
    lines = shown(article or strike(), width=width).splitlines()
    head = next(line for line in lines if "Speaker" in line)
    at = [head.index(name) for name in ("Speaker", "What", "Day", "Act", "Sure")]
    made = []
    for line in lines[lines.index(head) + 2 :]:
        cells = [line[start:end].strip() for start, end in zip([0, *at], [*at, None], strict=True)]
        if cells[0]:
            made.append(cells)
        else:
            made[-1:] = [[words(f"{a} {b}") for a, b in zip(row, cells, strict=True)] for row in made[-1:]]
    return made


@pytest.mark.parametrize("width", [80, 100, 120])
def test_a_row_says_who_for_whom_what_about_whom_when_what_act_and_how_sure(width):
    assert rows(width=width)[0] == [
        "1",
        "Mara Lindqvist deputy minister for trade, Ostmere via the Ellery Courier",
        "The port of Sarv will reopen in May",
        "4 March 2031",
        "state",
        "97%",
    ]
    assert rows(width=width)[1][2].endswith("“council of thieves” about Harbour Workers' Union")


def test_where_it_is_not_clear_who_spoke_nobody_is_chosen():
    assert rows()[2][1] == "perhaps Edda Brandt or Tomas Brandt"


def test_an_unnamed_speaker_is_described_and_doubt_is_told():
    assert rows()[3][1] == "A senior official unnamed 66% sure"


def test_what_was_not_done_and_what_is_kept_at_a_distance_are_marked():
    assert rows()[4][4] == "did not state"
    assert rows()[2][4] == "deny distanced"


def test_a_day_that_is_not_told_is_bounded_by_publication_or_unknown():
    assert [row[3] for row in rows()[4:6]] == ["by 6 March 2031", "unknown"]


def test_a_statement_inside_another_is_moved_in_and_one_by_nobody_says_so():
    assert [row[1] for row in rows()[5:]] == ["↳ the ministry", "nobody named"]


def test_why_shows_what_resolves_a_pronoun_with_the_words_and_their_places():
    text = words(shown(strike(), why=True))
    assert (
        "Speaker Mara Lindqvist 87% “she” after the only woman named so far: “She” at 126 "
        "who spoke in the sentence before: “Mara Lindqvist” at 37" in text
    )
    assert strike().text[126:129] == "She" and strike().text[37:51] == "Mara Lindqvist"
    assert "Perhaps Edda Brandt 50% the last of this surname before: “Edda Brandt” at 231" in text
    assert "Why unnamed not allowed to speak to the press at 342" in text
    assert "Day by 6 March 2031 90% the text does not say when; it was published on this day" in text


def test_a_long_content_is_cut_between_words_in_the_table_but_not_where_why_is_asked():
    long = "that " + "the ice at Sant Orsel held " * 8
    text = f"Lind said {long.strip()}."
    one = strike().statements[0]
    found = attribution(text, "Lind", "said", long.strip())
    where = place("Lind", text=text)
    speaker = replace(one.speaker, role=None, organisation=None, evidence=(Evidence("here", where),))
    made = replace(
        one,
        attribution=found,
        speaker=speaker,
        via=None,
        said=Said(None, "nothing", 0.5),
        act=Act("state", 0.9),
    )
    article = Article(id="c", text=text, attributions=(found,), statements=(made,))
    assert rows(article)[0][2].endswith("held the ice at …")
    assert long.strip() in words(shown(article, why=True)).split("1 statement")[1]


@pytest.mark.parametrize("why", [False, True])
@pytest.mark.parametrize("width", [20, 40, 71])
@pytest.mark.parametrize("article", [story(), strike()], ids=["attributions", "statements"])
def test_a_narrow_terminal_gets_a_list_that_fits(article, width, why):
    text = shown(article, width=width, why=why)
    assert max(map(len, text.splitlines())) <= width


def test_a_list_tells_what_the_table_tells():
    assert "the navy denied indirect 71%" in words(shown(story(), width=60))
    assert (
        "3 perhaps Edda Brandt or Tomas Brandt that the so-called council had taken money "
        "about Harbour Workers' Union deny · distanced · by 6 March 2031 · 91%"
    ) in words(shown(strike(), width=60))
    assert "6 ↳ the ministry ice warn · day unknown · 70%" in words(shown(strike(), width=60))


def test_the_words_of_the_table_are_explained_once_below_it():
    screen = Screen()
    terminal.write([strike(), strike()], screen)
    assert words(screen.getvalue()).count("By a day: on that day or before.") == 1


def test_hostile_text_is_visible():
    text = "\x1b]0;pwned\x07 said \u202eno\x9b31m"
    found = attribution(text, "\x1b]0;pwned\x07", "said", "\u202eno")
    assert "⟨␛]0;pwned␇⟩¹ ‹said›¹ ¹⟦�no⟧�31m" in words(shown(story(text=text, attributions=(found,))))


def test_hostile_characters_anywhere_do_no_harm():
    fields = ("id", "title", "byline", "outlet", "url", "published", "modified", "reason")
    everywhere = dict.fromkeys(fields, HOSTILE)
    assert "\x1b" not in shown(story(**everywhere))


def test_when_it_was_modified_stands_beside_when_it_was_published():
    text = shown(story(published="2031-03-04", modified="2031-03-06T10:00:00+01:00"))
    assert re.search(r"4 March 2031 . modified 6 March 2031", text)
    assert "modified" not in shown(story(published="2031-03-04"))


def test_markup_of_the_terminal_library_is_shown_as_written():
    assert "[red]a[/red] :smile:" in shown(story(title="[red]a[/red] :smile:"))


def test_an_article_that_was_not_searched_says_why():
    assert "Not searched for statements: not English" in shown(story(reason="not English", attributions=()))


def test_what_is_written_names_software_and_model_and_that_a_machine_can_err():
    screen = Screen()
    terminal.write([story(), story()], screen)
    assert screen.getvalue().count("⟨source⟩") == 1
    assert "Read by quotidian 0." in screen.getvalue().splitlines()[-1]
    assert "(model example-1), a machine, which can err." in screen.getvalue()
