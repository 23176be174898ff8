import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape

import pytest

from quotidian.types import Entity, Evidence, Label, Mention, Passage, Said, Speaker
from quotidian.write import html
from write.invented import attribution, story, strike

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--dump-dom",
]
ATTACK = "<script>document.title='RUN'</script><img src=x onerror=\"document.title='RUN'\">"
ATTACK += "</style></title></textarea>--><svg onload=document.title='RUN'>"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="skipped: no chromium on this machine")


def test_a_hostile_article_runs_nothing_in_a_browser_and_is_shown(tmp_path):
    text = f"{ATTACK} said {ATTACK}!"
    content = Passage.of(text, [(text.rindex("!"), len(text))])
    found = replace(attribution(text, ATTACK, "said", text), content=content)
    everything = Evidence(ATTACK, found.source)
    speaker = Speaker("person", "e1", ATTACK, 0.5, evidence=(everything,))
    told = replace(
        strike().statements[6], attribution=found, speaker=speaker, said=Said(ATTACK, "words", 0.5)
    )
    attacker = Entity(
        "e1", "person", ATTACK, found.source, found.source, (Label(found.source, "name", found.id),)
    )
    everywhere = dict.fromkeys(
        ("title", "byline", "outlet", "origin", "model", "published", "modified"), ATTACK
    )
    hostile = story(
        **everywhere,
        text=text,
        url=f"https://a.example/{ATTACK}",
        language='en"><script>',
        attributions=(found,),
        statements=(told,),
        entities=(attacker,),
        mentions=(Mention(found.source, "person", "name", 0.9, "e1"),),
    )
    page = tmp_path / "page.html"
    page.write_text(html.page(hostile), encoding="utf-8", newline="")

    dom = subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", page.as_uri()],
        capture_output=True,
        timeout=120,
        check=True,
    ).stdout.decode()

    assert unescape(re.search(r"<title>(.*?)</title>", dom, re.DOTALL)[1]) == f"{ATTACK}: who said what"
    assert not re.search(r"<(script|img|svg)\b", dom)
    shown = re.search(r'<div class="text">(.*?)</div>', dom, re.DOTALL)[1]
    assert unescape(re.sub(r"<[^>]+>", "", shown)) == text
