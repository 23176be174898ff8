"""Invented articles to write down: every outlet, person and country in them is fiction."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import get_args

from hypothesis import strategies as st

from quotidian.types import (
    Act,
    ActClass,
    Article,
    Attribution,
    Date,
    DateType,
    Entity,
    Evidence,
    Found,
    Label,
    LabelForm,
    LabelMark,
    Mention,
    MentionForm,
    MentionType,
    Passage,
    Said,
    SaidFrom,
    Speaker,
    SpeakerKind,
    Stance,
    StanceClass,
    Statement,
    Who,
    attribution_id,
)

TEXT = (
    "The harbour at Port Ellery will stay shut until spring, the ministry of works said on Tuesday.\n"
    '"We will," said Mara Kline, its deputy minister, "not send one more ship into that ice." '
    "Kline said the navy had denied that its cutters were stuck.\n"
    "It is feared that the island of Sant Orsel has food for nine days only.\n"
)


def attribution(
    text: str, source: str | None, cue: str, *content: str, after: str = "", parent=None, **rest
) -> Attribution:
    """The attribution whose words these are, each at its first place (source and cue ``after`` that)."""

    def passage(*words: str, since: int = 0) -> Passage:
        starts = [text.index(piece, since) for piece in words]
        return Passage.of(text, [(at, at + len(piece)) for at, piece in zip(starts, words, strict=True)])

    placed = (
        passage(source, since=text.index(after)) if source else None,
        passage(cue, since=text.index(after)),
        passage(*content),
    )
    return Attribution(
        attribution_id("0" * 64, *placed),
        *placed,
        directness=rest.get("directness", "indirect"),
        depth=parent.depth + 1 if parent else 0,
        parent=parent.id if parent else None,
        confidence=rest.get("confidence", 0.9),
    )


def story(**changes) -> Article:
    """A short article with direct, indirect, interrupted, nested and sourceless statements."""
    denial = attribution(
        TEXT,
        "Kline",
        "said",
        "the navy had denied that its cutters were stuck",
        after="Kline said",
        confidence=0.91,
    )
    ministry = attribution(
        TEXT,
        "the ministry of works",
        "said on Tuesday",
        "The harbour at Port Ellery will stay shut until spring",
        confidence=0.97,
    )
    refusal = attribution(
        TEXT,
        "Mara Kline, its deputy minister",
        "said",
        '"We will,"',
        '"not send one more ship into that ice."',
        after='" said',
        directness="direct",
        confidence=0.994321,
    )
    inner = attribution(TEXT, "the navy", "denied", "its cutters were stuck", parent=denial, confidence=0.71)
    fear = attribution(
        TEXT, None, "feared", "the island of Sant Orsel has food for nine days only", confidence=0.55
    )
    given = {
        "id": "a-1",
        "text": TEXT,
        "origin": "stories/harbour.html",
        "url": "https://ellery-courier.example/harbour",
        "outlet": "The Ellery Courier",
        "title": "Harbour shut until spring",
        "byline": "Tomas Ferreira-Lund",
        "language": "en",
        "published": "2031-03-04",
        "published_from": "json-ld",
        "model": "example-1",
        "attributions": (ministry, refusal, denial, inner, fear),
    }
    return Article(**{**given, **changes})


STRIKE = (
    "The port of Sarv will reopen in May, Mara Lindqvist, Ostmere's deputy minister for trade, told the "
    "Ellery Courier on Tuesday.\n"
    "She said the Harbour Workers' Union (HWU) was led by a “council of thieves”.\n"
    "Tomas Brandt and his sister Edda Brandt lead the HWU. Brandt denied that the so-called council had "
    "taken money.\n"
    "A senior official, who was not allowed to speak to the press, claimed that Lindqvist had never once "
    "asked the union.\n"
    "The navy would not say whether the ministry had warned of ice. It is feared that food on Sant Orsel "
    "will last nine days.\n"
)


def place(words: str, after: str = "", text: str = STRIKE) -> Passage:
    """Where these words first stand in a text (behind others)."""
    start = text.index(words, text.index(after) + len(after) if after else 0)
    return Passage.of(text, [(start, start + len(words))])


def strike() -> Article:
    """Statements by a pronoun, by one of two of a surname, by somebody unnamed, by nobody; one in another."""
    entities = {
        "lindqvist": Entity(
            "e1",
            "person",
            "Mara Lindqvist",
            role=place("deputy minister for trade"),
            organisation=place("Ostmere"),
        ),
        "courier": Entity("e2", "organisation", "Ellery Courier"),
        "union": Entity("e3", "organisation", "Harbour Workers' Union"),
        "tomas": Entity("e4", "person", "Tomas Brandt"),
        "edda": Entity("e5", "person", "Edda Brandt"),
        "official": Entity("e6", "person", "A senior official"),
        "navy": Entity("e7", "organisation", "the navy"),
        "ministry": Entity("e8", "organisation", "the ministry"),
        "orsel": Entity("e9", "place", "Sant Orsel"),
    }

    def who(key: str, confidence: float, why: str, words: Passage) -> Who:
        return Who(entities[key].id, entities[key].name, confidence, (Evidence(why, words),))

    def speaker(key: str, confidence: float, *evidence: Evidence, kind="person", **rest) -> Speaker:
        entity = entities[key]
        return Speaker(kind, entity.id, entity.name, confidence, evidence=evidence, **rest)

    def act(value: str, cue: Passage, confidence: float = 0.95, negated: bool = False) -> Act:
        return Act(value, confidence, negated, (Evidence("the verb", cue),))

    opened = attribution(
        STRIKE,
        "Mara Lindqvist, Ostmere's deputy minister for trade,",
        "told",
        "The port of Sarv will reopen in May",
        confidence=0.97,
    )
    led = attribution(
        STRIKE,
        "She",
        "said",
        "the Harbour Workers' Union (HWU) was led by a “council of thieves”",
        after="She said",
        directness="mixed",
        confidence=0.93,
    )
    denied = attribution(
        STRIKE,
        "Brandt",
        "denied",
        "that the so-called council had taken money",
        after="Brandt denied",
        confidence=0.91,
    )
    claimed = attribution(
        STRIKE,
        "A senior official, who was not allowed to speak to the press,",
        "claimed",
        "that Lindqvist had never once asked the union",
        confidence=0.88,
    )
    silent = attribution(
        STRIKE,
        "The navy",
        "would not say",
        "whether the ministry had warned of ice",
        confidence=0.84,
    )
    warned = attribution(
        STRIKE,
        "the ministry",
        "had warned of",
        "ice",
        after="the ministry had warned",
        parent=silent,
        confidence=0.7,
    )
    warned = replace(warned, content=place("ice", after="had warned of "))
    feared = attribution(
        STRIKE, None, "feared", "that food on Sant Orsel will last nine days", confidence=0.6
    )
    tuesday = place("on Tuesday")
    unknown_day = Said(
        "../2031-03-06",
        "published",
        0.9,
        (Evidence("the text does not say when; it was published on this day"),),
    )
    neutral = Stance("neutral", 0.9)
    lindqvist = {
        "role": Found(place("deputy minister for trade"), 0.96),
        "organisation": Found(place("Ostmere"), 0.9),
    }
    union = who("union", 0.9, "named in what is said", place("the union"))
    statements = (
        Statement(
            opened,
            speaker("lindqvist", 0.98, Evidence("named here", place("Mara Lindqvist")), **lindqvist),
            about=(),
            via=Found(place("the Ellery Courier"), 0.9),
            said=Said("2031-03-04", "words", 0.94, (Evidence("the Tuesday before publication", tuesday),)),
            act=act("state", opened.cue),
            stance=neutral,
        ),
        Statement(
            led,
            speaker(
                "lindqvist",
                0.87,
                Evidence("“she” after the only woman named so far", place("She")),
                Evidence("who spoke in the sentence before", place("Mara Lindqvist")),
                **lindqvist,
            ),
            about=(who("union", 0.95, "named in what is said", place("Harbour Workers' Union")),),
            via=None,
            said=Said("2031-03-04", "context", 0.7, (Evidence("the same interview as before", tuesday),)),
            act=act("accuse", led.cue, 0.55),
            stance=neutral,
        ),
        Statement(
            denied,
            Speaker(
                "person",
                None,
                None,
                0.9,
                maybe=(
                    who("edda", 0.5, "the last of this surname before", place("Edda Brandt")),
                    who("tomas", 0.45, "of the same surname", place("Tomas Brandt")),
                ),
                evidence=(Evidence("two people of this surname", place("Brandt", after="HWU. ")),),
            ),
            about=(who("union", 0.6, "a description of it", place("the so-called council")),),
            via=None,
            said=unknown_day,
            act=act("deny", denied.cue),
            stance=Stance("distances", 0.8, (Evidence("the verb", denied.cue),)),
        ),
        Statement(
            claimed,
            speaker(
                "official",
                0.66,
                kind="unnamed",
                unnamed_because=place("not allowed to speak to the press"),
            ),
            about=(who("lindqvist", 0.97, "the surname", place("Lindqvist", after="claimed that ")), union),
            via=None,
            said=unknown_day,
            act=act("state", claimed.cue),
            stance=Stance("distances", 0.9, (Evidence("the verb", claimed.cue),)),
        ),
        Statement(
            silent,
            speaker("navy", 0.95, kind="organisation"),
            about=(who("ministry", 0.9, "named in what is said", place("the ministry")),),
            via=None,
            said=unknown_day,
            act=act("state", silent.cue, negated=True),
            stance=neutral,
        ),
        Statement(
            warned,
            speaker("ministry", 0.95, kind="organisation"),
            about=(),
            via=None,
            said=Said(None, "nothing", 0.8),
            act=act("warn", warned.cue),
            stance=neutral,
        ),
        Statement(
            feared,
            Speaker("none", None, None, 0.98),
            about=(),
            via=None,
            said=unknown_day,
            act=act("fear", feared.cue),
            stance=neutral,
        ),
    )
    labels = {
        "lindqvist": (
            Label(place("Mara Lindqvist"), "name"),
            Label(place("Lindqvist", after="claimed that "), "name", by=claimed.id),
        ),
        "courier": (Label(place("Ellery Courier"), "name"),),
        "union": (
            Label(place("Harbour Workers' Union"), "name", by=led.id),
            Label(place("HWU"), "acronym", by=led.id),
            Label(place("council of thieves"), "description", by=led.id, marks=("quoted",)),
            Label(place("HWU", after="lead the "), "acronym"),
            Label(place("so-called council"), "description", by=denied.id, marks=("so-called",)),
            Label(place("the union"), "description", by=claimed.id),
        ),
        "tomas": (Label(place("Tomas Brandt"), "name"),),
        "edda": (Label(place("Edda Brandt"), "name"),),
        "official": (Label(place("A senior official"), "description"),),
        "navy": (Label(place("The navy"), "description"),),
        "ministry": (Label(place("the ministry"), "description", by=silent.id),),
    }
    mentions = (
        *(
            Mention(
                label.passage,
                entities[key].type,
                "description" if label.form == "description" else "name",
                0.95,
                entities[key].id,
            )
            for key, used in labels.items()
            for label in used
        ),
        Mention(place("She"), "person", "pronoun", 0.99, "e1", because=statements[1].speaker.evidence),
        Mention(place("Brandt", after="HWU. "), "person", "name", 0.99, None, maybe=("e5", "e4")),
        Mention(place("Sant Orsel"), "place", "name", 0.97, "e9"),
    )
    return Article(
        id="b-7",
        text=STRIKE,
        origin="stories/strike.html",
        url="https://sarv-tide.example/strike",
        outlet="The Sarv Tide",
        title="Port to open again in May",
        byline="Ines Ferreira-Lund",
        language="en",
        published="2031-03-06T07:30:00+01:00",
        published_from="json-ld",
        model="example-1",
        attributions=tuple(made.attribution for made in statements),
        statements=statements,
        mentions=tuple(sorted(mentions, key=lambda found: found.passage.start)),
        entities=tuple(replace(entity, labels=labels.get(key, ())) for key, entity in entities.items()),
        dates=(
            Date(place("May"), "DATE", "2031-05", "2031-05"),
            Date(tuesday, "DATE", "2031-03-04", "2031-03-04"),
            Date(place("nine days"), "DURATION", "P9D", None),
        ),
    )


HOSTILE = "a \n\t\r\x00\x1b\x85\u2028\u0301\u200d\u202e\u05d0\u0627😀👩<>&\"'=-;,\\]}"
texts = st.text(
    st.one_of(st.sampled_from(HOSTILE), st.characters(exclude_categories=["Cs"])), min_size=1, max_size=60
)
lines = st.one_of(st.none(), texts)


@st.composite
def passages(draw, text: str) -> Passage:
    """Spans anywhere in a text; those of one passage are in order and do not overlap."""
    ends = draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True).map(sorted))
    return Passage.of(text, list(zip(ends[::2], ends[1::2], strict=False)))


@st.composite
def attributions(draw, text: str) -> Attribution:
    source = draw(st.one_of(st.none(), passages(text)))
    cue, content = draw(passages(text)), draw(passages(text))
    return Attribution(
        attribution_id("0" * 64, source, cue, content),
        source,
        cue,
        content,
        directness=draw(st.sampled_from(["direct", "indirect", "mixed"])),
        depth=draw(st.integers(0, 3)),
        parent=draw(st.one_of(st.none(), st.just("f" * 16))),
        confidence=round(draw(st.floats(0, 1)), 4),
    )


@st.composite
def articles(draw) -> Article:
    """Articles with hostile text and spans that nest, touch, cross and coincide; attributions alone."""
    text = draw(texts)
    return Article(
        id=draw(texts),
        text=text,
        **{
            key: draw(lines)
            for key in ("origin", "url", "outlet", "title", "byline", "language", "published", "modified")
        },
        published_from=draw(st.sampled_from(["given", "json-ld", "meta", "visible text", None])),
        reason=draw(lines),
        model=draw(lines),
        attributions=tuple(draw(st.lists(attributions(text), max_size=5))),
    )


class Inventor:
    """Fills statements, entities and mentions by chance from a few passages and words of a text.

    Hypothesis draws the few and the seed: drawing every field by itself takes it too long.
    """

    def __init__(self, places: list[Passage], words: list[str], ids: list[str], seed: int):
        self.places, self.words, self.ids, self.chance = places, words, ids, random.Random(seed)

    def one_of(self, values):
        return self.chance.choice([*values])

    def literal(self, kind):
        return self.one_of(get_args(kind))

    def some(self, make):
        return tuple(make() for _ in range(self.one_of((0, 0, 1, 2))))

    def maybe(self, make):
        return make() if self.one_of((True, False)) else None

    def place(self) -> Passage:
        return self.one_of(self.places)

    def word(self) -> str:
        return self.one_of(self.words)

    def entity(self) -> str | None:
        return self.one_of((None, *self.ids))

    def confidence(self) -> float:
        return round(self.chance.random(), 4)

    def evidence(self):
        return self.some(lambda: Evidence(self.word(), self.maybe(self.place)))

    def who(self) -> Who:
        return Who(self.entity(), self.word(), self.confidence(), self.evidence())

    def found(self) -> Found:
        return Found(self.place(), self.confidence())

    def statement(self, made: Attribution) -> Statement:
        speaker = Speaker(
            self.literal(SpeakerKind),
            self.entity(),
            self.maybe(self.word),
            self.confidence(),
            also=self.some(self.who),
            role=self.maybe(self.found),
            organisation=self.maybe(self.found),
            maybe=self.some(self.who),
            unnamed_because=self.maybe(self.place),
            evidence=self.evidence(),
        )
        edtf = self.one_of((None, "../2031-03-04", "2031-03", self.word()))
        return Statement(
            made,
            speaker,
            self.some(self.who),
            self.maybe(self.found),
            Said(edtf, self.literal(SaidFrom), self.confidence(), self.evidence()),
            Act(
                self.literal(ActClass),
                self.confidence(),
                self.one_of((True, False)),
                self.evidence(),
            ),
            Stance(self.literal(StanceClass), self.confidence(), self.evidence()),
        )

    def label(self, by: list[str]) -> Label:
        marks = self.some(lambda: self.literal(LabelMark))
        return Label(self.place(), self.literal(LabelForm), self.one_of((None, *by)), marks)

    def entity_of(self, name: str, by: list[str]) -> Entity:
        return Entity(
            name,
            self.literal(MentionType),
            self.word(),
            self.maybe(self.place),
            self.maybe(self.place),
            self.some(lambda: self.label(by)),
        )

    def mention(self) -> Mention:
        return Mention(
            self.place(),
            self.literal(MentionType),
            self.literal(MentionForm),
            self.confidence(),
            self.entity(),
            self.some(lambda: self.one_of(self.ids)) if self.ids else (),
            self.evidence(),
        )

    def date(self) -> Date:
        return Date(self.place(), self.literal(DateType), self.word(), self.maybe(self.word))


@st.composite
def told_articles(draw) -> Article:
    """Articles with hostile text and statements, entities, mentions and dates anywhere in it."""
    text = draw(texts)
    found = tuple(draw(st.lists(attributions(text), max_size=3)))
    places = draw(st.lists(passages(text), min_size=1, max_size=3))
    ids = ["e1", "e2", "e3"][: draw(st.integers(0, 3))]
    inventor = Inventor(places, [draw(texts), HOSTILE], ids, draw(st.integers(0, 2**32)))
    return Article(
        id="a",
        text=text,
        outlet=draw(lines),
        attributions=found,
        statements=tuple(inventor.statement(made) for made in found),
        mentions=inventor.some(inventor.mention),
        entities=tuple(inventor.entity_of(name, [made.id for made in found]) for name in ids),
        dates=inventor.some(inventor.date),
    )
