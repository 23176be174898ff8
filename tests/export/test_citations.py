"""Citations of statements and articles, whole in every format whatever the words."""

import json
import re
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given

from export.invented import BASE, HOSTILE, hit, hits, hostile_hit, stored
from export.written import text
from quotidian.export import citations
from quotidian.export.options import Options
from write.invented import texts

DATE = {
    "type": "object",
    "required": ["date-parts"],
    "properties": {"date-parts": {"type": "array", "items": {"type": "array", "items": {"type": "integer"}}}},
}
# The part of csl-data.json 1.0 that is used.
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "properties": {
            "id": {"type": "string"},
            "type": {"const": "article-newspaper"},
            "author": {"type": "array", "items": {"type": "object", "required": ["literal"]}},
            "issued": DATE,
            "accessed": DATE,
            **{
                name: {"type": "string"}
                for name in ("title", "container-title", "URL", "archive_location", "language", "note")
            },
        },
        "additionalProperties": False,
    },
}
_RIS_LINE = re.compile(r"[A-Z][A-Z0-9]  - ")


def ris(written: str) -> list[dict[str, str]]:
    """The records, read as strictly as RIS is defined."""
    records: list[dict[str, str]] = [{}]
    for line in written.removesuffix("\r\n\r\n").split("\r\n"):
        if not line and records[-1].get("ER") == "":
            records.append({})
            continue
        assert _RIS_LINE.match(line), line
        assert line[:2] not in records[-1] and "ER" not in records[-1]
        records[-1][line[:2]] = line[6:]
    return records


def bibtex(written: str) -> list[dict[str, str]]:
    """The entries, by counting braces as BibTeX does."""
    entries = []
    at = 0
    while (at := written.find("@article{", at)) >= 0:
        depth, start = 0, at
        while True:
            depth += {"{": 1, "}": -1}.get(written[at], 0)
            at += 1
            if not depth and written[at - 1] == "}":
                break
        fields = re.findall(r"^  (\w+) = (.*?),?$", written[start:at], re.MULTILINE)
        entries.append(dict(fields))
    return entries


def test_a_statement_cites_its_article_with_the_quotation_in_the_note():
    (item,) = json.loads(citations.one(hit(), BASE).csl_json)
    assert item["title"] == "Port to open again in May" and item["container-title"] == "The Sarv Tide"
    assert item["author"] == [{"literal": "Ines Ferreira-Lund"}]
    assert item["issued"] == {"date-parts": [[2031, 3, 6]]}
    assert item["accessed"] == {"date-parts": [[2031, 3, 8]]}
    assert item["URL"] == hit().article.url and item["archive_location"] == f"{BASE}/statements/701"
    assert item["note"].startswith(hit().content.text) and item["note"].endswith(f"{BASE}/statements/701")


def test_ris_says_the_same():
    (record,) = ris(citations.one(hit(), BASE).ris)
    assert (record["TY"], record["TI"], record["T2"]) == (
        "NEWS",
        "Port to open again in May",
        "The Sarv Tide",
    )
    assert (record["DA"], record["Y2"], record["PY"]) == ("2031/03/06/", "2031/03/08/", "2031")
    assert f"{BASE}/statements/701" in record["N1"]


def test_bibtex_says_the_same():
    (entry,) = bibtex(citations.one(hit(), BASE).bibtex)
    assert entry["title"] == "{{Port to open again in May}}" and entry["month"] == "mar"
    assert entry["author"] == "{{Ines Ferreira-Lund}}" and entry["urldate"] == "{2031-03-08}"


def test_words_for_copying_have_quotation_sentences_and_addresses():
    assert citations.copied(hits()[2], BASE).split("\n") == [
        "that the so-called council had taken money — perhaps Edda Brandt or Tomas Brandt (denied), "
        "by 6 March 2031; indirect, in the outlet’s words",
        "Brandt denied that the so-called council had taken money.",
        "Port to open again in May. The Sarv Tide. 6 March 2031",
        "https://sarv-tide.example/strike",
        f"{BASE}/statements/702",
    ]


def test_only_a_direct_quotation_gets_marks():
    direct = replace(hits()[0], directness="direct")
    assert citations.copied(direct).startswith(
        "“The port of Sarv will reopen in May” — Mara Lindqvist (told)"
    )
    assert citations.copied(hits()[0]).startswith("The port of Sarv will reopen in May — ")


def test_an_article_is_cited_by_its_permanent_address():
    cited = citations.one_article(stored(), BASE)
    assert f"{BASE}/articles/7" in cited.bibtex and f"{BASE}/articles/7" in cited.ris
    assert cited.text.startswith("Port to open again in May. The Sarv Tide. 6 March 2031\n")


@pytest.mark.parametrize("what", ["statements", "articles"])
@pytest.mark.parametrize("base_url", [BASE, None])
def test_files_of_citations_hold_one_for_each(what, base_url):
    many = len(hits()) if what == "statements" else 1
    items = json.loads(text(what, "csl-json", base_url=base_url))
    jsonschema.validate(items, CSL)
    assert len(items) == len(ris(text(what, "ris", base_url=base_url))) == many
    assert len(bibtex(text(what, "bibtex", base_url=base_url))) == many
    assert len({item["id"] for item in items}) == many


@pytest.mark.parametrize("published_day", [None, "2031", "2031-02-30", "soon", "20310306"])
def test_a_date_that_is_none_is_left_out(published_day):
    odd = replace(hit(), article=replace(hit().article, published_day=published_day))
    (item,) = json.loads(citations.one(odd).csl_json)
    assert item.get("issued") == ({"date-parts": [[2031]]} if published_day == "2031" else None)
    assert ("PY" in ris(citations.one(odd).ris)[0]) == (published_day == "2031")


def test_an_article_without_anything_is_cited_all_the_same():
    bare = replace(
        hit().article, url=None, outlet=None, title=None, byline=None, published=None, published_day=None
    )
    cited = citations.one(hit(article=bare))
    assert "title" not in json.loads(cited.csl_json)[0] and ris(cited.ris) and bibtex(cited.bibtex)


def test_hostile_words_break_no_format():
    cited = citations.one(hostile_hit(), BASE)
    (item,) = json.loads(cited.csl_json)
    jsonschema.validate([item], CSL)
    (record,) = ris(cited.ris)
    assert "ER  -" not in record["TI"] and record["ER"] == ""
    (entry,) = bibtex(cited.bibtex)
    assert r"\textbraceleft{}\%\#\&\_\$\textasciitilde{}\textasciicircum{}\textbackslash{}" in entry["title"]
    assert HOSTILE not in cited.text and len(cited.text.split("\n")) == 4


@given(texts)
def test_any_words_make_one_record_and_one_entry(words):
    odd = replace(hit().article, title=words, byline=words, url=words)
    cited = citations.one(replace(hit(), article=odd))
    assert len(ris(cited.ris)) == len(bibtex(cited.bibtex)) == len(json.loads(cited.csl_json)) == 1
    title = bibtex(cited.bibtex)[0].get("title", "")
    assert title.count("{") == title.count("}")


def test_the_room_and_the_file_say_the_same():
    one = citations.one(hits()[0], BASE)
    assert "".join(citations.bibtex_of_statements(hits()[:1], Options(base_url=BASE))) == one.bibtex
    assert "".join(citations.ris_of_statements(hits()[:1], Options(base_url=BASE))) == one.ris
