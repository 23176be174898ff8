"""An article in which every word that a stranger gives is an attack: it is shown, and runs nowhere."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest

from quotidian.store.archive import Archive
from quotidian.types import Evidence, Found, Label, Passage, Speaker, Who, attribution_id
from serve.pages.browsing import Browser, assert_inert
from serve.pages.test_all_pages import PAGES
from write.invented import STRIKE, strike

ATTACK = "<script>document.title='RUN'</script><img src=x onerror=\"document.title='RUN'\">"
ATTACK += "{{ 7 * 7 }}'\"></textarea></title><svg onload=document.title='RUN'>\x1b\u202e"


@pytest.fixture
def hostile(archive: Archive) -> Archive:
    """The archive with an article in which every word that a stranger gives is an attack."""
    text = f"{ATTACK} {STRIKE}"
    shift = len(ATTACK) + 1
    told = strike()
    moved = replace(
        told,
        text=text,
        id=ATTACK,
        url="javascript:document.title='RUN'",
        outlet=ATTACK,
        title=ATTACK,
        byline=ATTACK,
        origin=ATTACK,
        model=ATTACK,
        attributions=(),
        statements=(),
        mentions=(),
        dates=(),
        published=ATTACK,
        entities=tuple(
            replace(entity, name=f"{ATTACK}{entity.id}", role=None, organisation=None, labels=())
            for entity in told.entities
        ),
    )
    everything = Passage.of(text, [(0, len(ATTACK))])
    cue = Passage.of(text, [(text.index("told the"), text.index("told the") + 4)])
    content = Passage.of(text, [(shift, shift + 30)])
    first = told.statements[0]
    found = replace(
        first.attribution,
        id=attribution_id(moved.text_sha256, everything, cue, content),
        source=everything,
        cue=cue,
        content=content,
    )
    evidence = (Evidence(ATTACK, everything),)
    entities = (
        replace(
            moved.entities[0],
            role=everything,
            organisation=everything,
            labels=(Label(everything, "description", found.id), Label(everything, "name")),
        ),
        *moved.entities[1:],
    )
    statement = replace(
        first,
        attribution=found,
        speaker=Speaker(
            "person",
            entities[0].id,
            entities[0].name,
            0.5,
            role=Found(everything, 0.5),
            organisation=Found(everything, 0.5),
            evidence=evidence,
        ),
        about=(Who(entities[1].id, entities[1].name, 0.5, evidence),),
        via=Found(everything, 0.5),
        said=replace(first.said, evidence=evidence),
        act=replace(first.act, evidence=evidence),
    )
    made = replace(moved, entities=entities, attributions=(found,), statements=(statement,))
    archive.add(made)
    archive.add(replace(made, id=f"{ATTACK} again", outlet=f"{ATTACK} again", url="javascript:again()"))
    archive.join()
    return archive


def test_a_hostile_article_runs_nothing_on_any_page(browser: Browser, hostile: Archive) -> None:
    hit, again = hostile.search('outlet:"document title"').hits
    assert hit.speaker
    paths = {
        *PAGES,
        f"/articles/{hit.article.id}",
        f"/articles/{hit.article.id}/add",
        f"/statements/{hit.id}",
        f"/entities/{hit.speaker.entity}",
        f"/entities/{hit.about[0].entity}",
        f"/outlets/{hit.article.outlet.id if hit.article.outlet else 0}",
        f"/search?q={quote(ATTACK)}",
        f"/entities?name={quote(ATTACK)}",
        f"/entities/{hit.speaker.entity}?merge={quote(ATTACK)}",
        f"/review?q={quote(ATTACK)}",
        f"/statements/{hit.id}/trace",
        f"/utterances?q={quote(ATTACK)}&list={quote(ATTACK)}",
        f"/utterances?list=only&q=article:{hit.article.id}",
        f"/utterances/{quote(ATTACK)}",
        f"/articles/{hit.article.id}/beside/{again.article.id}",
        f"/stories/{hostile.story_of(hit.article.id) or 0}",
        f"/entities/graph?q={quote(ATTACK)}",
        f"/{quote(ATTACK)}",
        f"/search?page={quote(ATTACK)}",
    }
    shown = 0
    for path in sorted(paths):
        page = browser.see(path)
        assert page.status < 500, path
        assert_inert(page)
        assert "\x1b" not in page.html
        assert "\u202e" not in page.html
        assert "javascript:" not in " ".join(page.tree.xpath("//@href"))
        shown += "<script>document.title='RUN'</script>" in page.words
    assert shown > 10
