"""Entities: what is known of them; merge, split, rename, suppress, and the way back from each."""

import pytest

from quotidian.store.archive import Archive
from quotidian.store.values import EntityHead
from serve.pages.browsing import Browser
from serve.pages.conftest import LogIn


@pytest.fixture
def lindqvist(archive: Archive) -> EntityHead:
    return archive.entities("Mara Lindqvist")[0]


@pytest.fixture
def brandts(archive: Archive) -> tuple[EntityHead, EntityHead]:
    """Brother and sister, whom a careless person makes one."""
    return archive.entities("Tomas Brandt")[0], archive.entities("Edda Brandt")[0]


def test_the_page_says_who_they_are_what_they_said_and_what_is_said_about_them(
    browser: Browser, lindqvist: EntityHead
) -> None:
    words = browser.see(f"/entities/{lindqvist.id}").words

    for told in (
        "4 statements by",
        "2 statements about",
        "deputy minister for trade, Ostmere",
        "What they said",
        "What is said about them",
        "Outlets in their own voice",
        "Who speaks about whom",
    ):
        assert told in words


def test_labels_are_told_apart_by_who_uses_them(browser: Browser, archive: Archive) -> None:
    union = archive.entities("Harbour Workers' Union")[0]
    page = browser.see(f"/entities/{union.id}")

    (labels,) = page.tree.xpath("//section[@aria-labelledby='labels']")
    outlets, speakers = labels.xpath(".//dl")
    assert "The Sarv Tide" in outlets.text_content()
    assert "council of thieves" not in outlets.text_content()
    assert "Mara Lindqvist" in speakers.text_content()
    assert "council of thieves" in speakers.text_content()


def test_two_are_merged_found_under_either_number_and_parted_again(
    browser: Browser, brandts: tuple[EntityHead, EntityHead]
) -> None:
    tomas, edda = brandts
    found = browser.see(f"/entities/{edda.id}?merge=Tomas+Brandt")

    merged = browser.send(found, f"/entities/{edda.id}/merge", into=str(tomas.id))
    assert merged.path == f"/entities/{tomas.id}"
    again = browser.see(f"/entities/{edda.id}")
    assert again.path == f"/entities/{tomas.id}"
    assert f"“Edda Brandt” ({edda.id}) was merged into this one" in again.words

    undo = next(form.action for form in merged.tree.forms if "/undo" in form.action)
    browser.send(merged, undo)
    assert browser.see(f"/entities/{edda.id}").heading == "Edda Brandt"


def test_a_name_is_changed_and_changed_back(browser: Browser, lindqvist: EntityHead) -> None:
    path = f"/entities/{lindqvist.id}"
    renamed = browser.send(browser.see(path), f"{path}/rename", name="Mara Lindqvist of Ostmere")
    assert renamed.heading == "Mara Lindqvist of Ostmere"

    undo = next(form.action for form in renamed.tree.forms if "/undo" in form.action)
    assert browser.send(renamed, undo).heading == "Mara Lindqvist"


def test_articles_of_somebody_else_are_split_off(
    browser: Browser, archive: Archive, lindqvist: EntityHead
) -> None:
    path = f"/entities/{lindqvist.id}"
    page = browser.see(path)
    box = page.tree.xpath("//input[@name='appearance']/@value")[0]
    browser.send(page, f"{path}/split", appearance=box, name="Another Lindqvist")

    other = archive.entities("Another Lindqvist")[0]
    assert len(archive.appearances(other.id)) == 1
    assert len(archive.appearances(lindqvist.id)) == 1
    assert "split" in browser.see(path).words


def test_a_suppressed_entity_is_nowhere_until_that_is_taken_back(
    browser: Browser, lindqvist: EntityHead
) -> None:
    path = f"/entities/{lindqvist.id}"
    browser.send(browser.see(path), f"{path}/suppress", sure="1")

    assert browser.see(path).status == 404
    for page in ("/", "/search", "/entities", "/articles/1", "/entities/graph"):
        assert f'"{path}"' not in browser.see(page).html, page
    assert "Mara Lindqvist" not in browser.client.get("/export/entities.csv").text

    log = browser.see("/log")
    undo = next(form.action for form in log.tree.forms if "/undo" in form.action)
    browser.send(log, undo)
    assert browser.see(path).heading == "Mara Lindqvist"


@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("suppress", {}),
        ("rename", {"name": " "}),
        ("merge", {"into": "x"}),
        ("merge", {}),
        ("split", {}),
        ("split", {"appearance": "99999"}),
        ("split", {"appearance": "x"}),
        ("different", {"from": "0x1"}),
    ],
)
def test_what_does_not_fit_is_refused_in_words(
    browser: Browser, archive: Archive, lindqvist: EntityHead, what: str, fields: dict[str, str]
) -> None:
    page = browser.post(f"/entities/{lindqvist.id}/{what}", **fields)

    assert page.status == 400
    assert page.heading == "That cannot be done"
    assert archive.reviews() == ()


def test_only_an_owner_suppresses_or_takes_that_back(
    log_in: LogIn, archive: Archive, lindqvist: EntityHead
) -> None:
    reviewer, owner = log_in("reviewer"), log_in("owner")
    path = f"/entities/{lindqvist.id}"

    assert f"{path}/suppress" not in reviewer.see(path).html
    assert reviewer.post(f"{path}/suppress", sure="1").status == 403
    owner.send(owner.see(path), f"{path}/suppress", sure="1")
    (suppressed,) = archive.reviews()
    assert reviewer.post(f"/reviews/{suppressed.id}/undo").status == 403
    assert owner.post(f"/reviews/{suppressed.id}/undo").status == 200


def test_who_only_reads_changes_nothing(log_in: LogIn, archive: Archive, lindqvist: EntityHead) -> None:
    reader = log_in("reader")
    path = f"/entities/{lindqvist.id}"

    sent = {form.action for form in reader.see(path).tree.forms if form.method == "POST"}
    assert sent == {"/logout"}
    for what in ("merge", "split", "rename", "suppress", "different"):
        fields = {"into": "1", "from": "1", "appearance": "1", "name": "X", "sure": "1"}
        assert reader.post(f"{path}/{what}", **fields).status == 403
    assert archive.reviews() == ()


def test_the_drawing_of_who_speaks_about_whom_says_the_same_as_its_table(browser: Browser) -> None:
    page = browser.see("/entities/graph")

    drawn = {
        title.text_content().rpartition(":")[0] for title in page.tree.xpath("//figure//*[name()='title']")
    }
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in page.tree.xpath("//tbody/tr")]
    assert {f"{speaker} about {about}" for speaker, about, _ in rows} == drawn
    assert ["Mara Lindqvist", "Harbour Workers' Union", "2"] in rows


def test_an_outlet_page_says_whom_it_quotes_beside_the_others(browser: Browser) -> None:
    words = browser.see("/outlets/1").words

    for told in ("The Sarv Tide", "Whom it quotes", "Mara Lindqvist", "unnamed source", "The Ellery Courier"):
        assert told in words
