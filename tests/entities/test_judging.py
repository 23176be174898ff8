"""Who is the same in different articles, who is not, and of whom a person must say it."""

from __future__ import annotations

import pytest
from tests.entities.invented import body, judged, known, person, whys

from quotidian.entities import Judgement, Known, compare, judge, keys, sought

MINISTER = person("Mara Lindqvist", "Minister of Trade", companions=["Tomas Ode", "Northern League"])


def test_one_name_and_one_office_are_one_person() -> None:
    found = judged(person("Mara Lindqvist", "Trade Minister", outlet="Ostmere Post"), known(MINISTER))
    assert (found.verdict, found.id) == ("same", "k1")
    assert "same full name" in whys(found)
    assert "same office: “Trade Minister” and “Minister of Trade”" in whys(found)


def test_the_score_is_the_sum_of_the_reasons() -> None:
    found = judged(person("Mara Lindqvist", "Trade Minister"), known(MINISTER))
    assert found.score == pytest.approx(sum(reason.weight for reason in found.because))


def test_a_name_that_nobody_has_is_new() -> None:
    assert judge(person("Eva Brandt"), [known(MINISTER)]) == Judgement("new")
    assert judge(person("Eva Brandt"), []) == Judgement("new")


def test_a_full_name_alone_is_asked() -> None:
    found = judged(person("Mara Lindqvist", outlet="Vell Gazette", day="2027-09-01"), known(MINISTER))
    assert (found.verdict, found.id) == ("unsure", None)
    assert [match.id for match in found.candidates] == ["k1"]


def test_a_full_name_with_an_office_in_another_field_is_asked() -> None:
    assert judged(person("Mara Lindqvist", "goalkeeper"), known(MINISTER)).verdict == "unsure"


@pytest.mark.parametrize(
    "other",
    [
        "Erik Lindqvist",
        "T. Lindqvist",
        "Martha Lindqvist",
        "Mara Lindqvist-Falk",
    ],
)
def test_another_name_is_another_person_whatever_else_agrees(other: str) -> None:
    office = "Minister of Trade"
    assert judge(person(other, office, companions=["Tomas Ode"]), [known(MINISTER)]).verdict == "new"


@pytest.mark.parametrize(
    ("shorter", "fuller"),
    [
        ("Bill Thorne", "William Thorne"),
        ("W. Thorne", "William Thorne"),
        ("William T. Thorne", "William Thorne"),
        ("Sen. William Thorne", "William Thorne"),
        ("WILLIAM THORNE", "William Thorne"),
        ("Jose Almarin", "José Almarín"),
        ("Søren Bækvad", "Soren Baekvad"),
        ("Sinéad O’Dwyre", "Sinead O'Dwyre"),
        ("Jean-Marc Oriel", "Jean Marc Oriel"),
    ],
)
def test_forms_of_a_name_with_one_office_are_one_person(shorter: str, fuller: str) -> None:
    office, beside = "police chief of Ostmere", ["Ilse Maren"]
    for one, other in ((shorter, fuller), (fuller, shorter)):
        found = judged(
            person(one, office, companions=beside), known(person(other, office, companions=beside))
        )
        assert found.verdict == "same", (one, other)


def test_a_surname_with_the_same_office_in_the_same_days_is_enough() -> None:
    found = judged(person("Lindqvist", "trade minister", companions=["Tomas Ode"]), known(MINISTER))
    assert found.verdict == "same"


def test_a_surname_alone_is_never_enough_whoever_is_beside_it() -> None:
    beside = {"companions": ["Tomas Ode", "Northern League", "Eva Brandt"], "places": ["Ostmere", "Vell"]}
    found = judged(person("Lindqvist", **beside), known(person("Mara Lindqvist", "minister", **beside)))
    assert found.verdict == "unsure"


def test_a_surname_spelt_nearly_alike_needs_the_same_office() -> None:
    beside = {"companions": ["Tomas Ode", "Northern League", "Eva Brandt"], "places": ["Ostmere", "Vell"]}
    chairman = known(person("Michael Steene", "spokesman", **beside))
    assert judged(person("Michael Steen", "Calder spokesman", **beside), chairman).verdict == "unsure"
    slip = person("Mara Lindquist", "Trade Minister", companions=["Tomas Ode"])
    assert judged(slip, known(MINISTER)).verdict == "same"


def test_a_surname_that_two_have_is_asked() -> None:
    father = known(person("Nils Ravnholt", "senator", companions=["Lars Tveit", "Centre Party"]), id="k1")
    son = known(person("Jens Ravnholt", "senator", companions=["Lars Tveit", "Centre Party"]), id="k2")
    found = judged(person("Ravnholt", "senator", companions=["Lars Tveit", "Centre Party"]), father, son)
    assert found.verdict == "unsure"
    assert {match.id for match in found.candidates} == {"k1", "k2"}


def test_a_surname_is_never_sure_where_candidates_were_left_out() -> None:
    one = person("Lindqvist", "trade minister", companions=["Tomas Ode"])
    assert judged(one, known(MINISTER), truncated=True).verdict == "unsure"


def test_a_full_name_is_not_joined_to_a_surname_with_an_office_that_many_hold() -> None:
    beside = ["Tomas Ode", "Northern League", "Eva Brandt"]
    surname = known(person("Lindqvist", "senator", companions=beside))
    assert judged(person("Mara Lindqvist", "senator", companions=beside), surname).verdict == "unsure"


def test_two_entries_of_one_person_do_not_stand_in_each_others_way() -> None:
    twice = [known(MINISTER, id="k1"), known(MINISTER, MINISTER, id="k2")]
    found = judged(person("Mara Lindqvist", "Trade Minister"), *twice)
    assert (found.verdict, found.id) == ("same", "k2")


def test_a_double_made_when_too_little_was_known_is_no_rival() -> None:
    early = known(person("Mara Lindqvist", day="2025-01-02", outlet="Vell Gazette"), id="k1")
    found = judged(
        person("Mara Lindqvist", "Trade Minister", outlet="Vell Gazette"), early, known(MINISTER, id="k2")
    )
    assert (found.verdict, found.id) == ("same", "k2")


def test_two_of_one_name_whom_something_tells_apart_are_rivals() -> None:
    beside = {"companions": ["Tomas Ode", "Northern League"]}
    minister = known(person("Mara Lindqvist", "minister", **beside), id="k1")
    goalkeeper = known(person("Mara Lindqvist", "goalkeeper", **beside), id="k2")
    found = judged(person("Mara Lindqvist", **beside), minister, goalkeeper)
    assert (found.verdict, found.score) == ("unsure", 7.25)


def test_a_former_office_is_the_same_office() -> None:
    later = person("Mara Lindqvist", "former trade minister", day="2029-05-01")
    assert judged(later, known(MINISTER)).verdict == "same"


def test_he_and_she_are_two_people_unless_a_person_says_otherwise() -> None:
    she = known(person("Robin Tarn", "cellist", pronoun="she"))
    assert judged(person("Robin Tarn", pronoun="he"), she).verdict != "same"


def test_father_and_son() -> None:
    junior = known(person("Jon Vael Jr.", "spokesman", organisation="Northern League"))
    assert judge(person("Jon Vael Sr.", "founder", organisation="Northern League"), [junior]).verdict == "new"
    bare = person("Jon Vael", companions=["Northern League", "Eva Brandt"])
    assert judged(bare, junior).verdict == "unsure"


def test_a_middle_initial_may_tell_father_and_son_apart() -> None:
    here = {"places": ["Ostmere", "Vell"]}
    father = known(person("Grigor Ansa", "president", **here))
    assert judged(person("Grigor W. Ansa", "president", **here), father).verdict == "unsure"
    beside = {"companions": ["Pavel Horak"]}
    one = known(person("Grigor Ansa", "president", **beside))
    assert judged(person("Grigor W. Ansa", "president", **beside), one).verdict == "same"


def test_a_common_name_needs_more() -> None:
    rare, common = person("Oskar Brin", day="2026-03-04"), person("John Smith", day="2026-03-04")
    same_days = {"outlet": "Harbour Courier"}
    assert judged(rare, known(person("Oskar Brin", **same_days))).verdict == "same"
    assert judged(common, known(person("John Smith", **same_days))).verdict == "unsure"


def test_companions_that_half_the_archive_has_tell_little() -> None:
    beside = ["Tomas Ode", "Leo Ansa"]
    one = person("Oskar Brin", companions=beside, outlet="Ostmere Post", day="2026-09-01")
    other = known(person("Oskar Brin", companions=beside))
    assert judged(one, other).verdict == "same"
    assert judged(one, other, common={"tomas ode", "leo ansa"}).verdict == "unsure"


# What people have said


def test_what_a_person_said_not_to_be_the_same_is_not() -> None:
    found = judged(person("Mara Lindqvist", "Trade Minister"), known(MINISTER), forbidden={"k1"})
    assert found == Judgement("new")


def test_what_a_person_said_to_be_the_same_is() -> None:
    found = judge(person("M. L. Falk"), [known(MINISTER)], forced={"k1"})
    assert (found.verdict, found.id, whys(found)) == ("same", "k1", ["a person said so"])


# Organisations, groups, places


def test_a_name_of_its_own_in_the_same_days_is_one_body() -> None:
    party = known(body("Northern League", labels=("NL",)))
    assert judged(body("the Northern League", outlet="Ostmere Post"), party).verdict == "same"


def test_an_acronym_joins_where_an_article_has_given_it() -> None:
    beside = ["Jon Vael", "Tomas Ode"]
    party = known(body("Northern League", labels=("NL",), companions=beside))
    assert judged(body("NL", companions=beside), party).verdict == "same"


def test_an_acronym_that_no_article_has_given_is_asked_at_most() -> None:
    beside = ["Jon Vael", "Tomas Ode", "Eva Brandt"]
    assert judged(
        body("NL", companions=beside), known(body("Northern League", companions=beside))
    ).verdict == ("unsure")


@pytest.mark.parametrize(
    "name", ["the government", "police", "the ministry", "City Council", "the opposition"]
)
def test_names_that_any_such_body_has_never_join(name: str) -> None:
    one = body(name, companions=["Tomas Ode"])
    assert judge(one, [known(one)]).verdict == "new"
    assert not keys(one)
    assert not sought(one)


def test_a_court_of_another_country_is_another_court() -> None:
    here = known(body("Supreme Court", places=["Ostmere"], companions=["Tomas Ode"]))
    there = body("Supreme Court", places=["Kestria"], companions=["Leo Ansa"], outlet="Kestria Today")
    assert judge(there, [here]).verdict != "same"
    again = body("the Supreme Court", places=["Ostmere"], companions=["Tomas Ode"])
    assert judged(again, here).verdict == "same"


def test_trade_ministry_and_ministry_of_trade() -> None:
    beside = ["Mara Lindqvist", "Tomas Ode"]
    ministry = known(body("Ministry of Trade", companions=beside))
    assert judged(body("Trade Ministry", companions=beside), ministry).verdict == "same"
    assert judged(body("Ministry of Trade and Industry", companions=beside), ministry).verdict == "unsure"
    assert judge(body("Ministry of Defence", companions=beside), [ministry]).verdict == "new"


def test_legal_forms() -> None:
    company = known(body("Norrfisk Ltd", companions=["Dorte Falk"]))
    assert judged(body("Norrfisk", companions=["Dorte Falk"]), company).verdict == "same"
    assert judged(body("Norrfisk GmbH", companions=["Dorte Falk"]), company).verdict == "unsure"


def test_people_and_bodies_are_never_one() -> None:
    assert judge(person("Norrfisk"), [known(body("Norrfisk"))]).verdict == "new"


# Two that are known


def test_two_known_entities_become_likely_the_same() -> None:
    one = known(person("Mara Lindqvist"), id="k1")
    other = known(MINISTER, id="k2")
    assert compare(one, other).verdict == "same"
    assert compare(one, known(person("Erik Lindqvist"), id="k3")).verdict == "new"


def test_comparing_does_not_depend_on_the_order() -> None:
    one, other = known(MINISTER, id="k1"), known(person("Mara Lindqvist", "goalkeeper"), id="k2")
    assert compare(one, other) == compare(other, one)


def test_a_surname_alone_is_never_sure_when_only_two_are_compared() -> None:
    surname = known(person("Lindqvist", "trade minister", companions=["Tomas Ode"]), id="k2")
    assert compare(known(MINISTER), surname).verdict == "unsure"


def test_a_known_entity_is_judged_again_among_all_of_its_name() -> None:
    surname = known(person("Lindqvist", "trade minister", companions=["Tomas Ode"]), id="k2")
    minister = known(MINISTER)
    found = judge(surname, [minister, surname])
    assert (found.verdict, found.id) == ("same", "k1")


def test_the_order_of_candidates_does_not_matter() -> None:
    candidates = [known(MINISTER), known(person("Mara Lindqvist", "goalkeeper"), id="k2")]
    one = person("Mara Lindqvist", "minister")
    assert judge(one, candidates) == judge(one, candidates[::-1])


def test_what_is_known_after_a_join_helps_the_next() -> None:
    minister = known(MINISTER).with_(person("Mara Lindqvist", companions=["Nadia Okell"], day="2026-03-03"))
    later = person("Mara Lindqvist", companions=["Nadia Okell"], outlet="Vell Gazette", day="2026-09-09")
    assert isinstance(minister, Known)
    assert judged(later, known(MINISTER)).verdict == "unsure"
    assert judged(later, minister).verdict == "same"


@pytest.mark.parametrize("shorter", ["Tarn-Oriel", "Ms. Tarn-Oriel"])
def test_a_hyphened_surname_alone_is_a_surname(shorter: str) -> None:
    leader = known(person("Mara Tarn-Oriel", "leader", organisation="Centre Party", companions=["Tomas Ode"]))
    one = person(shorter, "leader", organisation="Centre Party", companions=["Tomas Ode"])
    assert judged(one, leader).verdict == "same"


def test_half_of_a_hyphened_surname_needs_the_same_office() -> None:
    leader = known(person("Mara Tarn-Oriel", "leader of the Centre Party", companions=["Tomas Ode"]))
    assert judged(person("Mara Oriel", "Centre Party leader"), leader).verdict == "same"
    assert judged(person("Mara Oriel"), leader).verdict == "unsure"


def test_two_surnames_without_office_are_no_question() -> None:
    beside = {"companions": ["Tomas Ode", "Northern League", "Eva Brandt"]}
    assert judged(person("Lindqvist", **beside), known(person("Lindqvist", **beside))).verdict == "new"
    one, other = person("Lindqvist", "minister of trade"), person("Lindqvist", "trade minister")
    assert judged(one, known(other)).verdict == "unsure"


def test_a_doctor_may_be_an_engineer() -> None:
    engineer = known(person("Mara Lindqvist", "engineer", companions=["Tomas Ode"]))
    assert judged(person("Mara Lindqvist", "Dr.", companions=["Tomas Ode"]), engineer).verdict == "same"


def test_an_outlet_means_itself_by_the_end_of_its_name() -> None:
    one = body("Courier", companions=["Tomas Ode"])
    found = judged(body("the Courier", companions=["Tomas Ode"]), known(one))
    assert "Harbour Courier means itself by it" in whys(found)
    elsewhere = {"outlet": "Ostmere Post", "companions": ["Tomas Ode"]}
    assert judged(body("the Courier", **elsewhere), known(one)).verdict != "same"


def test_the_words_before_of_may_stand_for_the_whole_name_and_are_asked() -> None:
    beside = {"companions": ["Tomas Ode", "Eva Brandt"]}
    whole = known(body("Vell Assembly of Free Towns", **beside))
    assert judged(body("Vell Assembly", **beside), whole).verdict == "unsure"
    assert judge(body("Vell University", **beside), [known(body("Vell University Hospital", **beside))]) == (
        Judgement("new")
    )


def test_a_body_that_is_called_exactly_so_comes_before_one_of_a_longer_name() -> None:
    beside = {"companions": ["Tomas Ode", "Eva Brandt"]}
    longer = known(body("Vell Assembly of Free Towns", **beside), id="k1")
    exact = known(body("Vell Assembly", companions=["Tomas Ode"]), id="k2")
    found = judged(body("Vell Assembly", **beside), longer, exact)
    assert (found.verdict, found.id) == ("same", "k2")
