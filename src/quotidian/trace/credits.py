"""From whom an article says that it has something: agencies, other outlets, the speaker heard directly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from quotidian.sentences import sentences
from quotidian.trace.values import Credit, CreditKind
from quotidian.trace.words import fold
from quotidian.types import Article, Attribution, Passage, Span, Statement

_CAPITALISED = r"[A-Z][\w’'&.-]*"
_NAME = rf"(?P<name>(?:[Tt]he )?{_CAPITALISED}(?: (?:of |and |for |the )?{_CAPITALISED}){{0,5}}(?<![.’']))"
_OUTLETS = re.compile(
    r"\b(?:Times|Post|Chronicle|Herald|Gazette|Tribune|Journal|News|Press|Agency|Newswire|Lantern|Courier|Star|"
    r"Mail|Guardian|Observer|Telegraph|Daily|Weekly|Radio|TV|Television|Channel|Broadcasting|Magazine|Review|"
    r"Register|Globe|Sun|Standard|Examiner|Record|Dispatch|Bulletin|Mirror|Echo|Argus|Politico|BBC|CNN|NBC|CBS|"
    r"ABC|MSNBC|NPR|PBS|Axios|Bloomberg)\b"
)
_AGENCY = re.compile(r"\b(?:Press Agency|News Agency|Newswire|Press Association)\Z|\bwire\Z", re.IGNORECASE)
# What stands before the text of an agency: "HALVIC, March 2 (TPA) —".
_DATELINE = re.compile(
    r"\A[^\n]{0,80}?\((?P<name>[A-Z][\w .&-]{1,40})\)\s*[-–—]|\A(?P<bare>[A-Z]{2,6})\s*[-–—:]\s"
)
_REPRINTED = re.compile(
    rf"(?:first (?:published|appeared) (?:by|in|on)|originally (?:published|appeared) (?:by|in|on)|"
    rf"[Ss]ource:|[Ss]o|[Ww]ith (?:reporting|material|files) (?:by|from)) {_NAME}(?: reports?\b)?"
)
# Within the sentences of a statement: who was told, who reported.
_TOLD = re.compile(
    r"\b(?:told|tells|telling|(?:said|wrote|spoke|speaking|says) (?:to|in|on)|interview (?:with|in|on)|"
    rf"remarks to|statement to|(?:A|a)sked by) (?:this (?:morning|week|afternoon)’s |the agency )?{_NAME}"
)
_REPORTED = re.compile(
    rf"(?:\b(?:according to|reported (?:by|in)|published (?:[\w ]{{0,30}} )?by|quoted (?:by|in)) {_NAME})"
)
_REPORTS = re.compile(
    rf"{_NAME} (?:has |had |first |also |later )*(?:reported|reports|wrote|writes|quoted|quotes|alleged)\b"
)
# Who hears the speaker directly: the press at large, or this outlet itself.
_DIRECT = re.compile(
    r"\b(?:told|tells) (?:reporters|journalists|us|me|a (?:news|press) conference|the press|this "
    r"(?:newspaper|paper|website)|a rally|supporters|a crowd|lawmakers)\b|\b(?:news|press) conference\b|"
    r"\bin an interview\b|\bin a statement\b|\btweeted\b|\bon Twitter\b"
)


def credits(article: Article) -> tuple[Credit, ...]:
    """Whom an article credits: first of all of it, then for each statement that has a credit of its own.

    A statement without one has it "from nobody": the text does not say how the words came.
    """
    whole = tuple(_of_article(article))
    found = list(whole)
    bounds = sentences(article.text)
    inside = {made.attribution.id: made for made in article.statements}
    for made in article.statements:
        found.extend(_of_statement(article, made, bounds, inside))
    return tuple(found)


def hands(article: Article, found: tuple[Credit, ...]) -> dict[str, int]:
    """For each attribution the number of hands between the speaker and this outlet that the text tells of.

    Hands are the outlets that it has it from, and people in whose words it stands ("her grandmother
    told her"); a document, or the body that it is of, is none.
    """
    outlets: dict[str, set[str]] = {}
    for credit in found:
        if credit.attribution and credit.kind in ("outlet", "agency") and credit.name:
            outlets.setdefault(credit.attribution, set()).add(fold(credit.name).removeprefix("the "))
    inside = {made.attribution.id: made for made in article.statements}
    result = {}
    for made in article.statements:
        people = 0
        parent = inside.get(made.attribution.parent or "")
        while parent is not None:
            people += parent.speaker.kind in ("person", "unnamed", "people")
            parent = inside.get(parent.attribution.parent or "")
        result[made.attribution.id] = len(outlets.get(made.attribution.id, ())) + people
    return result


def _of_article(article: Article) -> Iterator[Credit]:
    for part in re.split(r",|\band\b|/|\bfor\b", article.byline or ""):
        name = part.strip().removeprefix("By ").removeprefix("by ")
        if name and is_agency(name) and not _is_own(article, name):
            yield Credit("agency", name, None, None, "the byline")
    before = _DATELINE.search(article.text)
    if before and not _is_own(article, before["name"] or before["bare"]):
        group = "name" if before["name"] else "bare"
        # "HALVIC (TPA) —": what stands there in capitals is an agency's, be it known or not.
        if is_agency(before[group]) or (group == "name" and before[group].isupper()):
            yield _credit(article, before.span(group), None, "it stands before the text", kind="agency")
    start = max(0, article.text.rstrip().rfind("\n"))
    for match in _REPRINTED.finditer(article.text[start:]):
        if not _is_person(article, match["name"]) and not _is_own(article, match["name"]):
            span = (start + match.start("name"), start + match.end("name"))
            yield _credit(article, span, None, "the article says so at its end")


def _of_statement(
    article: Article, made: Statement, bounds: tuple[Span, ...] | list[Span], inside: dict[str, Statement]
) -> Iterator[Credit]:
    attribution = made.attribution
    seen: set[str] = set()
    # Of a statement inside another's content, an outlet that says it is a hand.
    parent = inside.get(attribution.parent or "")
    while parent is not None:
        source = parent.attribution.source
        if source is not None and _outlet_like(article, source.text):
            seen.add(fold(source.text))
            yield _made(source, attribution, "it reports that this was said")
        parent = inside.get(parent.attribution.parent or "")
    if attribution.source is not None and _outlet_like(article, attribution.source.text):
        seen.add(fold(attribution.source.text))
        yield _made(attribution.source, attribution, "it is the source")
    around = _around(attribution, bounds)
    said = _without(article.text, around, attribution.content)
    for pattern, why in (
        (_TOLD, "it was told"),
        (_REPORTED, "it is named as the source"),
        (_REPORTS, "it reported"),
    ):
        for match in pattern.finditer(said):
            span = (around.start + match.start("name"), around.start + match.end("name"))
            name = article.text[slice(*span)]
            if fold(name) in seen or _is_person(article, name) or name.lower() in _NO_NAMES:
                continue
            if _outlet_like(article, name) or (pattern is _TOLD and _is_body(article, name)):
                seen.add(fold(name))
                yield _credit(article, span, attribution.id, why)
    if not seen:
        heard = _DIRECT.search(said)
        if heard:
            span = Span(around.start + heard.start(), around.start + heard.end())
            yield Credit(
                "speaker",
                None,
                attribution.id,
                Passage.of(article.text, [span]),
                "it was said to this outlet or to all",
            )


_NO_NAMES = frozenset({"i", "he", "she", "the", "they", "we", "it", "mr", "mrs", "ms", "twitter", "facebook"})


def _around(attribution: Attribution, bounds: tuple[Span, ...] | list[Span]) -> Span:
    """The sentences that hold source, cue and the edges of the content."""
    passages = [p for p in (attribution.source, attribution.cue) if p]
    start = min(p.start for p in passages)
    end = max(p.end for p in passages)
    inside = [s for s in bounds if s.start < end and start < s.end]
    return Span(min([start, *(s.start for s in inside)]), max([end, *(s.end for s in inside)]))


def _without(text: str, around: Span, content: Passage) -> str:
    """The words around a content, its own blanked: what a speaker says is no credit of the article's."""
    signs = list(text[around.start : around.end])
    for start, end in content.spans:
        for i in range(max(start, around.start), min(end, around.end)):
            signs[i - around.start] = " "
    return "".join(signs)


def _credit(
    article: Article, span: tuple[int, int], attribution: str | None, why: str, kind: CreditKind | None = None
) -> Credit:
    passage = Passage.of(article.text, [span])
    name = passage.text
    return Credit(kind or ("agency" if is_agency(name) else "outlet"), name, attribution, passage, why)


def _made(passage: Passage, attribution: Attribution, why: str) -> Credit:
    kind: CreditKind = "agency" if is_agency(passage.text) else "outlet"
    return Credit(kind, passage.text, attribution.id, passage, why)


def is_agency(name: str) -> bool:
    """Whether a name is a news agency's.

    >>> is_agency("the Associated Press"), is_agency("Tessarian Press Agency"), is_agency("Ada Voss")
    (True, True, False)
    """
    folded = fold(name).removeprefix("the ").strip(" .")
    return (
        folded in _agencies()
        or bool(_AGENCY.search(name))
        or (name.isupper() and 2 < len(name) < 5 and name.endswith("PA"))
    )


@cache
def _agencies() -> frozenset[str]:
    text = (files("quotidian.trace") / "agencies.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(name.strip() for line in lines for name in line.split(",") if name.strip())


def _is_own(article: Article, name: str) -> bool:
    """Whether a name is that of the outlet itself: "the Chronicle", "TPA" of a Tessarian Press Agency."""
    own = fold(article.outlet or "").removeprefix("the ")
    folded = fold(name).removeprefix("the ").strip(" .")
    return bool(folded) and (folded in own or folded == "".join(word[0] for word in own.split()))


def _outlet_like(article: Article, name: str) -> bool:
    if _is_own(article, name):
        return False
    if is_agency(name):
        return True
    if _is_person(article, name):
        return False
    bare = name.removeprefix("the ").removeprefix("The ")
    return bare[:1].isupper() and bool(_OUTLETS.search(bare)) and len(bare.split()) <= 6


def _is_person(article: Article, name: str) -> bool:
    folded = fold(name).removeprefix("the ")
    last = folded.split()[-1] if folded.split() else ""
    return any(
        entity.type == "person" and (fold(entity.name) == folded or fold(entity.name).split()[-1:] == [last])
        for entity in article.entities
    )


def _is_body(article: Article, name: str) -> bool:
    folded = fold(name).removeprefix("the ")
    own = fold(article.outlet or "").removeprefix("the ")
    if own and folded in own:
        return False
    return (
        name.isupper()
        and len(name) > 2
        and not any(fold(e.name) == folded for e in article.entities if e.type == "place")
    )
