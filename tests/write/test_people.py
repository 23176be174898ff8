from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from quotidian.types import Entity, Label, Passage
from quotidian.write.people import Contexts, people
from write.invented import passages, place, story, strike, texts, told_articles


def entries():
    return {entry.entity.name: entry for entry in people(strike())}


def uses(name):
    return [
        (called.text, called.form, use.user, use.label.marks)
        for called in entries()[name].called
        for use in called.uses
    ]


def test_people_and_bodies_come_by_first_mention_and_places_only_if_they_speak():
    assert list(entries())[:3] == ["Mara Lindqvist", "Ellery Courier", "Harbour Workers' Union"]
    assert "Sant Orsel" not in entries()
    spoken = replace(strike().statements[0].speaker, entity="e9")
    told = (replace(strike().statements[0], speaker=spoken), *strike().statements[1:])
    assert people(replace(strike(), statements=told))[-1].entity.name == "Sant Orsel"


def test_statements_by_and_about_somebody_are_counted():
    assert (entries()["Mara Lindqvist"].statements_by, entries()["Mara Lindqvist"].statements_about) == (2, 1)
    assert entries()["Harbour Workers' Union"].statements_about == 3
    assert entries()["Edda Brandt"].statements_by == 0, "it is not clear that she spoke"


def test_each_label_has_who_uses_it_and_the_distance_they_keep():
    assert uses("Harbour Workers' Union") == [
        ("Harbour Workers' Union", "name", "Mara Lindqvist", ()),
        ("HWU", "acronym", "Mara Lindqvist", ()),
        ("HWU", "acronym", "The Sarv Tide", ()),
        ("council of thieves", "description", "Mara Lindqvist", ("quoted",)),
        ("so-called council", "description", "perhaps Edda Brandt or Tomas Brandt", ("so-called",)),
        ("the union", "description", "A senior official", ()),
    ]


def test_an_outlet_without_name_is_the_article():
    (lindqvist, *_) = people(replace(strike(), outlet=None))
    assert lindqvist.called[0].uses[0].user == "the article"


def test_words_alike_but_for_case_and_the_are_one_label():
    text = "The Navy sailed. A navy sank; the navy said so."
    labels = tuple(Label(place(words, text=text), "name") for words in ("The Navy", "navy", "the navy"))
    article = story(text=text, entities=(Entity("e1", "organisation", "The Navy", labels=labels),))
    (called,) = people(article)[0].called
    assert called.text == "The Navy"
    assert [use.label.passage.text for use in called.uses] == ["The Navy", "navy", "the navy"]


def test_where_attributions_alone_were_read_there_is_nobody():
    assert people(story()) == ()


@given(told_articles())
def test_every_label_of_those_listed_comes_once(article):
    for entry in people(article):
        listed = [use.label for called in entry.called for use in called.uses]
        assert sorted(map(repr, listed)) == sorted(map(repr, entry.entity.labels))


@given(st.data(), texts)
def test_the_context_of_words_holds_them_in_place(data, text):
    found = data.draw(passages(text))
    around = Contexts(text).around(found)
    assert around == Passage.of(text, around.spans)
    assert around.holds(found)


def test_the_context_is_the_sentence():
    contexts = Contexts(strike().text)
    assert contexts.around(place("Edda Brandt")).text == (
        "Tomas Brandt and his sister Edda Brandt lead the HWU."
    )
