import io
import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotidian.types import Entity, Label, Mention
from quotidian.write import html
from quotidian.write.visible import on_a_page
from write.invented import HOSTILE, articles, place, story, strike, told_articles

VOID = {"meta", "br"}
TAGS = {tag for tag, _ in re.findall(r"<([a-z0-9]+)([^>]*)>", html.page(story()) + html.page(strike()))} | {
    "span"
}


class Page(HTMLParser):
    """What a browser would build: the text of each part, the links, and whether tags are balanced."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.texts, self.title, self.hrefs, self.ids, self.tags = [], [], "", [], [], set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.add(tag)
        self.hrefs += [attributes["href"]] if "href" in attributes else []
        self.ids += [attributes["id"]] if "id" in attributes else []
        if tag not in VOID:
            self.open.append((tag, attributes.get("class")))
        if self.open[-1] == ("div", "text"):
            self.texts.append("")

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if ("div", "text") in self.open:
            self.texts[-1] += data
        if self.open and self.open[-1][0] == "title":
            self.title += data


either = st.one_of(articles(), told_articles())


def written(*stories):
    file = io.StringIO(newline="")
    html.write(stories, file)
    return file.getvalue()


@given(either)
def test_the_text_on_the_page_is_the_articles_text(article):
    assert Page(html.page(article)).texts == [on_a_page(article.text)]


@given(either)
def test_every_tag_is_closed_and_every_link_of_the_page_leads_somewhere(article):
    page = Page(html.page(article))
    assert not page.open
    assert len(page.ids) == len(set(page.ids))
    assert {href[1:] for href in page.hrefs if href.startswith("#")} <= set(page.ids)


@given(either)
def test_no_article_brings_a_tag_of_its_own(article):
    assert Page(html.page(article)).tags <= TAGS


@given(st.lists(either, max_size=3))
def test_a_page_of_many_has_every_text_in_order(stories):
    page = Page(written(*stories))
    assert page.texts == [on_a_page(article.text) for article in stories]
    assert not page.open


def test_a_page_of_many_begins_with_a_list_that_leads_to_each():
    page = Page(written(story(), story(id="b", title="Another"), story(id="c")))
    assert page.hrefs[:3] == ["#a1", "#a2", "#a3"]
    assert page.title == "3 articles: who said what"


def test_one_article_makes_the_same_page_either_way():
    assert written(story()) == html.page(story())


def test_links_go_from_the_text_to_the_list_and_back():
    page = Page(html.page(story()))
    assert {"#a1-r1", "#a1-s1", "#a1-r5", "#a1-s5"} <= set(page.hrefs)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "java\nscript:x",
        "http://[",
        "ftp://a.b",
    ],
)
def test_only_web_addresses_become_links(url):
    assert not [href for href in Page(html.page(story(url=url))).hrefs if not href.startswith("#")]


def test_a_web_address_is_a_link():
    assert "https://ellery-courier.example/harbour" in Page(html.page(story())).hrefs


def test_nothing_is_loaded_and_nothing_can_run():
    page = html.page(story())
    assert "default-src 'none'" in page
    assert not re.search(r"\b(src|srcset|style|on\w+)=|@import|url\(|<script|<link|<img", page)


def test_the_policy_admits_exactly_our_own_style_sheet():
    import base64
    import hashlib

    page = html.page(story())
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in page


def test_the_footer_names_software_and_model_and_that_a_machine_can_err():
    page = html.page(story())
    assert "quotidian 0." in page and "model example-1" in page and "It can err" in page


def test_an_article_that_was_not_searched_says_why():
    page = html.page(story(reason="not English", attributions=()))
    assert "Not searched for statements: not English" in page


def test_a_text_with_blank_lines_keeps_its_single_line_ends_inside_paragraphs():
    page = html.page(story(text="one\ntwo\n\nthree", attributions=()))
    assert '<p dir="auto">one\ntwo</p>\n\n<p dir="auto">three</p>' in page


def text_of(markup):
    return " ".join(unescape(re.sub("<[^>]+>", " ", markup)).split())


def card(number):
    """What the list says of a statement, and what unfolds under it."""
    (found,) = re.findall(rf'<li id="a1-r{number}".*?</li>\n', html.page(strike()), re.DOTALL)
    shown, _, unfolded = found.partition("<details")
    return text_of(shown), unfolded


def test_a_statement_in_the_list_says_who_for_whom_what_about_whom_when_and_what_act():
    assert card(1)[0] == (
        "1 Mara Lindqvist deputy minister for trade, Ostmere · via the Ellery Courier "
        "The port of Sarv will reopen in May Act state Day 4 March 2031 Sure 97%"
    )
    assert card(3)[0] == (
        "3 perhaps Edda Brandt or Tomas Brandt that the so-called council had taken money "
        "Act deny · distanced Day by 6 March 2031 About Harbour Workers' Union Sure 91%"
    )


def test_doubt_of_the_speaker_and_a_speaker_who_is_unnamed_or_nobody_are_told():
    assert card(4)[0].endswith("Sure 88%, of the speaker 66%")
    assert "A senior official unnamed" in card(4)[0]
    assert "nobody named" in card(7)[0]


def test_a_pronoun_is_explained_with_links_to_the_words_that_show_it():
    why = card(2)[1]
    assert "“she” after the only woman named so far: “She”" in text_of(why)
    assert '<a class="to" href="#a1-p126-129">“She”</a>' in why
    assert 'id="a1-p126-129" title="Mara Lindqvist">She</span>' in html.page(strike())


def test_where_attributions_alone_were_read_source_cue_and_how_are_listed():
    page = text_of(html.page(story()))
    assert "the navy its cutters were stuck Cue denied How indirect Sure 71%" in page
    assert "Why" not in page and "People and bodies" not in page


def test_people_and_bodies_come_with_what_each_is_called_by_whom():
    page = html.page(strike())
    section = text_of(page[page.index("People and bodies</p>") :])
    assert "Mara Lindqvist person · deputy minister for trade, Ostmere · 2 statements by, 1 about" in section
    assert "council of thieves quoted Mara Lindqvist 2" in section
    assert "so-called council so-called perhaps Edda Brandt or Tomas Brandt 3" in section


def test_a_name_in_many_places_has_a_link_to_each():
    text = "The navy sailed. The navy sank."
    again = place("The navy", after="sailed", text=text)
    labels = tuple(Label(where, "name") for where in (place("The navy", text=text), again))
    article = story(
        text=text, attributions=(), entities=(Entity("e1", "organisation", "The navy", labels=labels),)
    )
    assert {"#a1-p0-8", f"#a1-p{again.start}-{again.end}"} <= set(Page(html.page(article)).hrefs)


def test_a_hostile_name_is_text_wherever_it_stands():
    name = f"{HOSTILE}<script>"
    mention = Mention(place("The navy"), "organisation", "name", 0.9, "e1")
    page = html.page(story(text=strike().text, entities=(Entity("e1", "person", name),), mentions=(mention,)))
    assert "<script" not in page and "\x1b" not in page


def colours(block):
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block))


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


SHEET = re.search(r"<style>(.*?)</style>", html.page(story()), re.DOTALL)[1]
LIGHT, DARK, PRINTED = (colours(block) for block in re.findall(r":root \{(.*?)\}", SHEET, re.DOTALL))
PAIRS = [(ink, "paper") for ink in ("ink", "soft", "link", "source", "cue", "content-mark")] + [
    ("ink", "target"),
    ("soft", "target"),
    ("source", "target"),
    ("cue", "target"),
    ("content-mark", "target"),
    ("source", "source-ground"),
    ("cue", "cue-ground"),
    ("content", "content-ground"),
    ("content", "inner-ground"),
    ("content-mark", "content-ground"),
    ("content-mark", "inner-ground"),
    ("content-mark", "card"),
    ("card", "content-mark"),
    ("warn", "warn-ground"),
]


@pytest.mark.parametrize(
    "mode", [LIGHT, {**LIGHT, **DARK}, {**LIGHT, **PRINTED}], ids=["light", "dark", "print"]
)
@pytest.mark.parametrize("ink, ground", PAIRS)
def test_contrast_reaches_wcag_aa(mode, ink, ground):
    darker, lighter = sorted((luminance(mode[ink]), luminance(mode[ground])))
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


@pytest.mark.parametrize(
    ("published", "modified", "told"),
    [
        ("2031-03-04", "2031-03-06T10:00:00+01:00", "modified 6 March 2031"),
        ("2031-03-04T08:00:00+01:00", "2031-03-04T10:00:00+01:00", "modified that day"),
        (None, "2031-03-06", "modified 6 March 2031"),
    ],
)
def test_when_it_was_modified_is_told_in_words_and_to_the_second_on_asking(published, modified, told):
    assert f'<span title="{modified}">{told}</span>' in html.page(
        story(published=published, modified=modified)
    )


@pytest.mark.parametrize("modified", [None, "2031-03-04"])
def test_a_modification_that_is_none_is_not_told(modified):
    assert "modified" not in html.page(story(published="2031-03-04", modified=modified))
