"""From whom an article says that it has something: agencies, other outlets, the speaker heard directly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from quotidian.sentences import sentences
from quotidian.trace.outlet_words import NAME, bare, is_agency, is_body, is_outlet, is_own, is_person
from quotidian.trace.values import Credit, CreditKind
from quotidian.types import Article, Attribution, Passage, Span, Statement
from quotidian.when.edtf import bounds

# Why a credit is one, where others ask for it: what an outlet heard itself is its own, wherever the rest of
# the article is from.
HEARD_ITSELF = "it was said to this outlet itself"
# Credits of an article that has work of its own besides: which statements they are for, it does not say.
_BYLINE, _AFTER = "the byline", "it stands after the text"
_BESIDES = ", beside the outlet’s own report"
BESIDES = frozenset({_BYLINE + _BESIDES, _AFTER + _BESIDES})

# What stands before the text of an agency: "HALVIC, March 2 (TPA) —".
_DATELINE = re.compile(
    r"\A[^\n]{0,80}?\((?P<name>[A-Z][\w .&-]{1,40})\)\s*[-–—]|\A(?P<bare>[A-Z]{2,6})\s*[-–—:]\s"
)
_REPRINTED = re.compile(
    rf"(?:first (?:published|appeared) (?:by|in|on)|originally (?:published|appeared) (?:by|in|on)|"
    rf"[Ss]ource:|[Ss]o|[Ww]ith (?:reporting|material|files) (?:by|from)) {NAME}(?: reports?\b)?"
)
# What stands in brackets after the text: "(TPA and own report)", "(Reuters)".
_AFTERWARDS = re.compile(r"\((?P<names>[A-Z][^()\n]{1,60})\)\s*\Z")
_LISTED = re.compile(r",|\band\b|/|\bfor\b|;")
# Within the sentences of a statement: who was told, who reported.
_TOLD = re.compile(
    r"\b(?:told|tells|telling|(?:said|wrote|spoke|speaking|says) (?:to|in|on)|interview (?:with|in|on)|"
    rf"remarks to|statement to|(?:A|a)sked by) (?:this (?:morning|week|afternoon)’s |the agency )?{NAME}"
)
_PUBLISHED = re.compile(rf"\bpublished (?:[\w ]{{0,30}} )?by {NAME}")
_REPORTED = re.compile(rf"(?:\b(?:according to|reported (?:by|in)|quoted (?:by|in)) {NAME})")
_REPORTS = re.compile(
    rf"{NAME} (?:has |had |first |also |later )*(?:reported|reports|wrote|writes|quoted|quotes|alleged)\b"
)
# Who hears the speaker directly: this outlet itself, or the press at large.
_ITSELF = re.compile(
    r"\b(?:told|tells) (?:us|me|this (?:newspaper|paper|website|reporter|magazine))\b|"
    rf"\b(?:told|tells|interview with) {NAME}"
)
_ALL = re.compile(
    r"\b(?:told|tells) (?:reporters|journalists|a (?:news|press) conference|the press|a rally|supporters|"
    r"a crowd|lawmakers)\b|\b(?:news|press) conference\b|\bin an interview\b|\bin a statement\b|\btweeted\b|"
    r"\bon Twitter\b"
)
# Clauses of a sentence that have nothing to do with each other: who was told stands in one of them.
_CLAUSE = re.compile(r";")
# "Then read the Herald. There, the Chamber found …"
_THERE = re.compile(r"\AThere\b")
_READ = re.compile(rf"\b(?:read|see|open|in|to) {NAME}[^\w]*\Z")
# "TPA’s whip", and later "the whip": those of whom outlets have it. An outlet's editor or lawyer is none.
_SOURCES = re.compile(
    r"\A(?:[Tt]he|[Tt]his|[Tt]hat|[Ii]ts) (?:[\w-]+ ){0,3}(?P<noun>sources?|officials?|whips?|insiders?|"
    r"informants?|aides?|witness(?:es)?|diplomats?|advis[eo]rs?|members?|man|woman)\b"
)
_POSSESSIVE = r"(?P<name>(?:[Tt]he )?[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){{0,3}})[’']s (?:[\w-]+ ){{0,2}}{noun}\b"
# An outlet that says when it was told, this many days before or more, has it from what it had then.
_LONG_AGO = timedelta(days=3)
_NO_NAMES = frozenset({"i", "he", "she", "the", "they", "we", "it", "mr", "mrs", "ms", "twitter", "facebook"})


def credits(article: Article) -> tuple[Credit, ...]:
    """Whom an article credits: first of all of it, then for each statement that has a credit of its own.

    Of several that one statement has, the outlet that this one has it from comes first, whoever was told
    before it after. A statement without one has it "from nobody": the text does not say how the words
    came.
    """
    found = list(_of_article(article))
    whole = sentences(article.text)
    inside = {made.attribution.id: made for made in article.statements}
    for made in article.statements:
        found.extend(_of_statement(article, made, whole, inside))
    return tuple(found)


# --- the whole article ----------------------------------------------------------------------------


def _of_article(article: Article) -> Iterator[Credit]:
    by = [
        part.strip().removeprefix("By ").removeprefix("by ") for part in _LISTED.split(article.byline or "")
    ]
    for name in by:
        if name and is_agency(name) and not is_own(article, name):
            alone = all(not other or is_agency(other) for other in by)
            yield Credit("agency", name, None, None, _BYLINE if alone else _BYLINE + _BESIDES)
    before = _DATELINE.search(article.text)
    if before and not is_own(article, before["name"] or before["bare"]):
        group = "name" if before["name"] else "bare"
        # "HALVIC (TPA) —": what stands there in capitals is an agency's, be it known or not.
        if is_agency(before[group]) or (group == "name" and before[group].isupper()):
            yield _credit(article, before.span(group), None, "it stands before the text", kind="agency")
    start = max(0, article.text.rstrip().rfind("\n"))
    for match in _REPRINTED.finditer(article.text[start:]):
        if not is_person(article, match["name"]) and not is_own(article, match["name"]):
            span = (start + match.start("name"), start + match.end("name"))
            yield _credit(article, span, None, "the article says so at its end")
    after = _AFTERWARDS.search(article.text)
    names = [part.strip() for part in _LISTED.split(after["names"])] if after else []
    for name in names:
        if after and is_agency(name) and not is_own(article, name):
            begin = article.text.index(name, after.start("names"))
            alone = all(is_agency(other) for other in names)
            why = _AFTER if alone else _AFTER + _BESIDES
            yield _credit(article, (begin, begin + len(name)), None, why)


# --- a statement ----------------------------------------------------------------------------------


def _of_statement(
    article: Article, made: Statement, whole: Sequence[Span], inside: Mapping[str, Statement]
) -> Iterator[Credit]:
    attribution = made.attribution
    found: dict[str, Credit] = {}
    for one in (
        *_parents(article, made, inside),
        *_around_it(article, made, whole),
        *_before(article, made, whole),
    ):
        found.setdefault(bare(one.name or ""), one)
    if found:
        yield from found.values()
        return
    around, said = _said(article.text, attribution, whole)
    itself = next((m for m in _ITSELF.finditer(said) if not m["name"] or is_own(article, m["name"])), None)
    heard = itself or _ALL.search(said)
    if heard is None:
        return
    passage = Passage.of(article.text, [(around.start + heard.start(), around.start + heard.end())])
    if itself and article.outlet and _long_ago(article, made):
        yield Credit("outlet", article.outlet, attribution.id, passage, "it had this before, as it says")
    else:
        why = HEARD_ITSELF if itself else "it was said to all"
        yield Credit("speaker", None, attribution.id, passage, why)


def _parents(article: Article, made: Statement, inside: Mapping[str, Statement]) -> list[Credit]:
    """Of a statement inside another's content, an outlet that says it is a hand; the outermost first."""
    found = []
    attribution = made.attribution
    why = "it is the source"
    one: Statement | None = made
    while one is not None:
        source = one.attribution.source
        if source is not None and is_outlet(article, source.text):
            kind: CreditKind = "agency" if is_agency(source.text) else "outlet"
            found.append(Credit(kind, source.text, attribution.id, source, why))
        one = inside.get(one.attribution.parent or "")
        why = "it reports that this was said"
    return found[::-1]


def _around_it(article: Article, made: Statement, whole: Sequence[Span]) -> Iterator[Credit]:
    """Outlets that the words around a statement's content name."""
    around, said = _said(article.text, made.attribution, whole)
    for pattern, why in (
        (_REPORTS, "it reported"),
        (_REPORTED, "it is named as the source"),
        (_PUBLISHED, "it published it"),
        (_TOLD, "it was told"),
    ):
        for match in pattern.finditer(said):
            name = match["name"]
            if name.lower() in _NO_NAMES or is_own(article, name) or is_person(article, name):
                continue
            named = pattern is _PUBLISHED or (pattern is _TOLD and is_body(article, name))
            if named or is_outlet(article, name):
                span = (around.start + match.start("name"), around.start + match.end("name"))
                yield _credit(article, span, made.attribution.id, why)


def _before(article: Article, made: Statement, whole: Sequence[Span]) -> Iterator[Credit]:
    """Outlets that stand before: "read the Herald. There, …", "published by Undertow. It says …"."""
    attribution = made.attribution
    start = _start(attribution)
    at = next((i for i, one in enumerate(whole) if one.start <= start < one.end), 0)
    last = whole[at - 1] if at else None
    if last is not None:
        sentence = article.text[last.start : last.end]
        there = _THERE.match(article.text[whole[at].start : whole[at].end])
        match = _READ.search(sentence) if there else None
        if match and is_outlet(article, match["name"]):
            yield _of_match(article, match, last.start, attribution, "what is told there is said to be there")
        source = attribution.source.text if attribution.source else ""
        match = _PUBLISHED.search(sentence) if made.speaker.kind == "document" else None
        if match and source in ("It", "it", "This", "this") and not is_own(article, match["name"]):
            yield _of_match(article, match, last.start, attribution, "it published it")
    told = _SOURCES.match(attribution.source.text) if attribution.source else None
    if told and made.speaker.kind != "author":
        earlier = re.compile(_POSSESSIVE.format(noun=re.escape(told["noun"])))
        for match in earlier.finditer(article.text[:start]):
            if is_outlet(article, match["name"]):
                yield _of_match(article, match, 0, attribution, "whose source it is")
                return


def _long_ago(article: Article, made: Statement) -> bool:
    """Whether it was said well before it was printed, and the text says so."""
    printed = (article.published or "")[:10]
    _, last = bounds(made.said.edtf) if made.said.edtf else (None, None)
    try:
        return last is not None and last + _LONG_AGO <= date.fromisoformat(printed)
    except ValueError:
        return False


def _start(attribution: Attribution) -> int:
    return min(p.start for p in (attribution.source, attribution.cue) if p)


def _said(text: str, attribution: Attribution, whole: Sequence[Span]) -> tuple[Span, str]:
    """The clauses that hold source and cue, and their words: what the speaker says is blanked.

    What somebody says is no credit of the article's, and what was told in another clause of the sentence is
    none of this statement's.
    """
    start = _start(attribution)
    end = max(p.end for p in (attribution.source, attribution.cue) if p)
    inside = [one for one in whole if one.start < end and start < one.end]
    around = Span(min([start, *(one.start for one in inside)]), max([end, *(one.end for one in inside)]))
    signs = list(text[around.start : around.end])
    for one in attribution.content.spans:
        for i in range(max(one.start, around.start), min(one.end, around.end)):
            signs[i - around.start] = " "
    said = "".join(signs)
    cuts = [around.start + match.start() for match in _CLAUSE.finditer(said)]
    first = max((cut + 1 for cut in cuts if cut < start), default=around.start)
    last = min((cut for cut in cuts if cut >= end), default=around.end)
    return Span(first, last), said[first - around.start : last - around.start]


def _of_match(
    article: Article, match: re.Match[str], offset: int, attribution: Attribution, why: str
) -> Credit:
    span = (offset + match.start("name"), offset + match.end("name"))
    return _credit(article, span, attribution.id, why)


def _credit(
    article: Article, span: tuple[int, int], attribution: str | None, why: str, kind: CreditKind | None = None
) -> Credit:
    passage = Passage.of(article.text, [span])
    return Credit(
        kind or ("agency" if is_agency(passage.text) else "outlet"), passage.text, attribution, passage, why
    )


# --- hands ----------------------------------------------------------------------------------------

# "… her grandmother told her": what somebody's own people told her came through her.
_OWN_PEOPLE = re.compile(r"\b\w+[’']s\b|\b(?:[Hh]er|[Hh]is|[Mm]y|[Tt]heir)\b")
_TOLD_HER = re.compile(r"\b(?:told|tells|telling) (?:her|him|them)\b")


def hands(article: Article, found: Sequence[Credit]) -> dict[str, int]:
    """For each attribution the number of hands between the speaker and this outlet that the text tells of.

    Hands are the outlets that it has it from, and people in whose words it stands ("her grandmother
    told her"). A document, or the body that it is of, is none; nor are those that the whole article is
    from, as their words are its own; nor a speaker who says what she said herself.
    """
    own = {bare(credit.name) for credit in found if credit.attribution is None and credit.name}
    own |= {bare(article.outlet)} if article.outlet else set()
    outlets: dict[str, set[str]] = {}
    for credit in found:
        if credit.attribution and credit.kind in ("outlet", "agency") and credit.name:
            outlets.setdefault(credit.attribution, set()).add(bare(credit.name))
    inside = {made.attribution.id: made for made in article.statements}
    whole = sentences(article.text)
    result = {}
    for made in article.statements:
        between = outlets.get(made.attribution.id, set()) - own
        result[made.attribution.id] = len(between) + _people(article, made, inside, whole)
    return result


def _people(article: Article, made: Statement, inside: Mapping[str, Statement], whole: Sequence[Span]) -> int:
    count = 0
    child, parent = made, inside.get(made.attribution.parent or "")
    while parent is not None:
        speaker = parent.speaker
        herself = speaker.name is not None and speaker.name == child.speaker.name
        count += speaker.kind in ("person", "unnamed", "people") and not herself
        child, parent = parent, inside.get(parent.attribution.parent or "")
    source = made.attribution.source
    if not count and source and _OWN_PEOPLE.search(source.text) and made.speaker.kind == "unnamed":
        count += bool(_TOLD_HER.search(_said(article.text, made.attribution, whole)[1]))
    return count
