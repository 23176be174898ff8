"""Pages: the story, all of it, once, and nothing of the page around it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from tests.reading.invented import LAST, LEAD, QUOTE, STORY, THIRD, page, with_ld

from quotidian import reading
from quotidian.types import Article


def read(source: str | bytes, tmp_path: Path, name: str = "page.html") -> Article:
    path = tmp_path / name
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    (found,) = reading.articles([path])
    assert isinstance(found, Article), found
    return found


def told(source: str, tmp_path: Path) -> list[str]:
    return read(source, tmp_path).text.split("\n\n")


def test_a_story_is_read_in_paragraphs(tmp_path: Path) -> None:
    assert told(page(), tmp_path) == list(STORY)


def test_the_headline_is_a_field_and_not_a_paragraph(tmp_path: Path) -> None:
    source = page(before="<p>Published March 4, 2024</p>").replace(
        '<div class="article-body">', '<div class="article-body"><h2>Ferry line to reopen in May</h2>'
    )
    assert told(source, tmp_path) == list(STORY)
    assert read(source, tmp_path).title == "Ferry line to reopen in May"


FURNITURE = [
    "Read more: New boat leaves the yard in Quill",
    "READ ALSO | New boat leaves the yard in Quill",
    "Related: What the islanders say",
    "Advertisement",
    "ADVERTISEMENT",
    "Share this article on Facebook",
    "Click here to subscribe to the Courier's newsletter",
    "Sign up for our daily newsletter and never miss a story",
    "Get the latest news straight into your inbox",
    "Follow us on Twitter and Facebook",
    "Follow Tom Reyne on Twitter @tomreyne",
    "Like this story? Share it with a friend!",
    "Have a tip? Write to the newsroom",
    "Copyright 2024 The Tarn Courier. All rights reserved.",
    "Story continues below advertisement",
    "Most read in island news",
    "Updated: Tue., March 5, 2024",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_a_line_of_furniture_is_left_out(tmp_path: Path, line: str) -> None:
    story = (LEAD, QUOTE, line, THIRD, LAST)
    assert told(page(story), tmp_path) == list(STORY)


STORY_LINES = [
    "Read more than one book a month, the librarian of Tarn advised the pupils who had come.",
    "Share prices on the exchange in Quill fell by a tenth on Monday, traders said.",
    "Follow the money, the auditor told the council of Tarn when it asked where the boat had gone.",
    "Subscribers to the line's old season tickets will be paid back, the operator said.",
    "Related companies of the operator had bid for the line before, according to the council.",
    "Most read the notice at the landing twice, said Ines Marlow, since they did not believe it.",
    "Get the boat into the water, the harbour master said, and people will come back.",
    "Watch officers reported fog over Quill all night, the harbour master said.",
]


@pytest.mark.parametrize("line", STORY_LINES)
def test_a_sentence_that_begins_like_furniture_is_kept(tmp_path: Path, line: str) -> None:
    assert line in told(page((LEAD, QUOTE, line, LAST)), tmp_path)


def test_boxes_that_call_themselves_something_else_are_left_out(tmp_path: Path) -> None:
    box = '<div class="related-stories"><p>A boat that nobody wanted lies in the yard at Quill.</p></div>'
    links = "<ul><li><a href='/a'>New boat leaves yard</a></li><li><a href='/b'>Closed in fog</a></li></ul>"
    source = page().replace(f"<p>{THIRD}</p>", f"{box}<p>{THIRD}</p>{links}")
    assert told(source, tmp_path) == list(STORY)


def test_a_list_with_words_of_its_own_is_kept(tmp_path: Path) -> None:
    items = (
        "<ul><li>Marlow, where the new landing is being built</li><li>Tarn, where the old one stays</li></ul>"
    )
    source = page().replace(f"<p>{THIRD}</p>", f"<p>{THIRD}</p>{items}")
    assert "Tarn, where the old one stays" in told(source, tmp_path)


def test_a_caption_that_repeats_the_body_is_left_out(tmp_path: Path) -> None:
    figure = f"<figure><img src='boat.jpg'><figcaption>{LAST}</figcaption></figure>"
    caption = f'<p class="wp-caption-text">{QUOTE}</p>'
    pull_quote = "<blockquote><p>We have waited long enough for this, said Ines Marlow.</p></blockquote>"
    longer = 'Then she spoke. "We have waited long enough for this," said Ines Marlow. She closed the shop.'
    source = page((LEAD, QUOTE, THIRD, longer, LAST)).replace(
        f"<p>{THIRD}</p>", f"{figure}{caption}<p>{THIRD}</p>{pull_quote}"
    )
    text = read(source, tmp_path).text
    for sentence in (LEAD, QUOTE, THIRD, LAST):
        assert text.count(sentence) == 1
    assert text.count("waited long enough") == 2  # the lead's quotation and the longer paragraph


def test_a_page_that_repeats_many_lines_means_it(tmp_path: Path) -> None:
    questions = [f"Question {n} of the council is always answered in the same way." for n in range(4)]
    story = tuple(
        line for answer in range(2) for q in questions for line in (q, f"{LEAD} Answer {answer} {q}")
    )
    assert sum(line in questions for line in told(page(story), tmp_path)) >= 4


def test_posts_from_social_media_are_somebodys_words(tmp_path: Path) -> None:
    post = (
        '<div class="social-media-embed"><blockquote class="twitter-tweet"><p>We built this boat in a '
        "winter and nobody thanked us.</p>&mdash; Yard of Quill (@quillyard) March 4, 2024</blockquote></div>"
    )
    source = page().replace(f"<p>{THIRD}</p>", f"{post}<p>{THIRD}</p>")
    assert "We built this boat in a winter and nobody thanked us." in read(source, tmp_path).text


def test_a_story_in_several_containers_is_read_whole(tmp_path: Path) -> None:
    story = [f"{LEAD} {n}." for n in range(3)], [f"{THIRD} {n}." for n in range(3)]
    parts = ["".join(f"<p>{paragraph}</p>" for paragraph in part) for part in story]
    ad = '<div class="ad-slot"></div>'
    source = page(("x",)).replace(
        '<div class="article-body"><p>x</p></div>',
        f'<div class="article-body">{parts[0]}</div>{ad}<div class="article-body">{parts[1]}</div>',
    )
    assert told(source, tmp_path) == [*story[0], *story[1]]


def test_a_story_without_paragraphs_is_parted_at_its_line_breaks(tmp_path: Path) -> None:
    loose = "<br><br>".join(STORY)
    source = page(("x",)).replace("<p>x</p>", loose)
    assert told(source, tmp_path) == list(STORY)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "iso-8859-1"),
        ("cp1252", "utf-8"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "no-such-charset"),
        ("utf-16", "utf-8"),
        ("utf-8-sig", "windows-1252"),
    ],
)
def test_encodings_are_found_and_wrong_declarations_survived(
    tmp_path: Path, encoding: str, declared: str
) -> None:
    story = ("“The café by the landing will reopen,” Zoë Núñez said on Monday – not before time.", *STORY)
    source = page(story).replace('charset="utf-8"', f'charset="{declared}"')
    assert read(source.encode(encoding), tmp_path).text.startswith(story[0])


def test_a_declared_encoding_is_believed_where_it_fits(tmp_path: Path) -> None:
    story = ("Паром между Марлоу и Тарном снова пойдёт в мае, сообщил в понедельник капитан порта.",) * 1
    source = page((*story, *STORY)).replace('charset="utf-8"', 'charset="windows-1251"')
    assert read(source.encode("cp1251"), tmp_path).text.startswith(story[0])


def test_a_story_that_only_json_ld_tells_is_read(tmp_path: Path) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in STORY).replace('"', "&quot;")
    head = with_ld(f'{{"@type": "NewsArticle", "articleBody": "{body}"}}')
    assert told(page(("Please enable scripts.",), head=head), tmp_path) == list(STORY)


def test_a_story_that_json_ld_tells_too_is_read_from_the_page(tmp_path: Path) -> None:
    head = with_ld(
        '{"@type": "NewsArticle", "articleBody": "The ferry line will reopen. It had been closed."}'
    )
    assert told(page(head=head), tmp_path) == list(STORY)


def test_a_page_cut_off_in_the_middle_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    source = page().encode()
    cut = source[: source.index(LAST.encode()) + 40]
    assert read(cut, tmp_path).text == "\n\n".join([LEAD, QUOTE, THIRD, LAST[:40].strip()])
    assert LEAD in read(cut[:-1] + "é".encode()[:1], tmp_path).text


def test_a_story_after_an_early_end_of_the_page_is_read(tmp_path: Path) -> None:
    source = page().replace(f"<p>{QUOTE}</p>", f"</body></html><p>{QUOTE}</p>")
    assert told(source, tmp_path) == list(STORY)


def test_a_page_is_known_by_its_content_not_its_name(tmp_path: Path) -> None:
    assert read(page(), tmp_path, "saved-page").text == "\n\n".join(STORY)
    assert read(gzip.compress(page().encode()), tmp_path, "page.html.gz").text == "\n\n".join(STORY)
    assert read("\n \n" + page(), tmp_path, "odd.name").text == "\n\n".join(STORY)


def test_control_characters_do_not_reach_the_text(tmp_path: Path) -> None:
    story = (f"&#1;&#xD800;&#8;{LEAD}", QUOTE, THIRD, LAST)
    text = read(page(story), tmp_path).text
    assert all(c.isprintable() or c == "\n" for c in text)
    assert LEAD in text


def test_pages_with_an_address_have_its_id(tmp_path: Path) -> None:
    head = '<link rel="canonical" href="https://tarn-courier.example/ferry">'
    one = read(page(head=head), tmp_path)
    two = read(page((*STORY, "Updated since, the operator said."), head=head), tmp_path)
    assert one.id == two.id
    assert one.text != two.text


def test_a_large_page_is_read_like_a_small_one(tmp_path: Path) -> None:
    story = tuple(
        f"{LEAD} It was day {n} of the debate, the clerk of the council of Tarn noted." for n in range(8000)
    )
    changed = '<meta property="article:modified_time" content="2024-03-05">'
    article = read(page(story, head=with_ld() + changed), tmp_path)
    assert article.text.count("\n\n") == 7999
    assert (article.published, article.modified) == ("2024-03-04T09:30:00+01:00", "2024-03-05")
