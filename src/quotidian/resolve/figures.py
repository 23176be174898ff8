"""Names → figures: the people, bodies and places of an article, while they are being put together.

First the names of several words find each other, then the single words find them: "Lund" may come
before "Eva Lund" does, in a headline. Only names are linked here; pronouns and descriptions follow.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import log

from quotidian.resolve.layout import Layout
from quotidian.resolve.names import body, parts, same_body, same_person, surname
from quotidian.types import Evidence, Mention, MentionType, Passage

# How much likelier than the next one a figure must be for a name that two could share.
_CLEAR = 1.0
_HE = frozenset(
    {
        "mr",
        "husband",
        "brother",
        "son",
        "nephew",
        "uncle",
        "widower",
        "grandfather",
        "grandson",
        "sir",
        "king",
        "prince",
        "lord",
        "congressman",
        "father",
    }
)
_SHE = frozenset(
    {"mrs", "ms", "miss", "madam", "mme", "queen", "princess", "lady", "dame", "congresswoman", "sister"}
)
_NO_OFFICE = frozenset(
    {"the", "a", "an", "and", "but", "when", "as", "if", "in", "on", "at", "for", "while", "after"}
)
# What follows the name under an embedded post: "Tomas K. Ode (@tomasode)". It is not the article's own form.
_SIGNATURE = " (@"
# Log odds (titles tell 4, a first name less) beyond which a name is not called by the other pronoun: where
# somebody else of the name is there to be meant, and where nobody is.
_RATHER, _SURELY = 0.7, 3.0
# A first name tells no more than this: for names it has not met the model guesses.
_GUESS = 2.0
# A single word's figure is looked for among names that begin alike; so many letters do.
_ALIKE = 4


@dataclass(slots=True, eq=False)
class Figure:
    """Somebody or something of the article: its mentions (their indexes) and what is known of it.

    ``number`` counts figures as they are made, ``id`` is their entity's once all are known ("" before,
    and for one that is not kept). ``told_she`` sums up what the text tells of the pronoun to use, in log
    odds: below 0 "he"; ``guesses`` are the model's, from the name. ``led`` is a body called
    after who leads it: "the Lund campaign".
    ``rank`` tells how full ``fullest`` is.
    """

    number: int
    type: MentionType
    id: str = ""
    mentions: list[int] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    offices: set[str] = field(default_factory=set)
    told_she: float = 0.0
    guesses: list[float] = field(default_factory=list)
    led: bool = False
    fullest: Passage | None = None
    rank: tuple[int, ...] = ()

    @property
    def she(self) -> float:
        """Log odds that the article calls them "she" and not "he": as told, and as guessed on average."""
        return self.told_she + (sum(self.guesses) / len(self.guesses) if self.guesses else 0.0)

    @property
    def name(self) -> str:
        """The fullest form that the article has, with single spaces."""
        return " ".join(self.fullest.text.split()).strip(" ,") if self.fullest else ""


@dataclass(frozen=True, slots=True)
class Link:
    """What a mention stands for: a figure, or several that it may be, and the clues."""

    figure: Figure | None
    because: tuple[Evidence, ...]
    confidence: float
    maybe: tuple[Figure, ...] = ()


@dataclass(slots=True, eq=False)
class Cast:
    """All figures of an article and each mention's link to one of them."""

    figures: list[Figure] = field(default_factory=list)
    links: dict[int, Link] = field(default_factory=dict)

    def new(self, kind: MentionType) -> Figure:
        """One more figure."""
        figure = Figure(len(self.figures), kind)
        self.figures.append(figure)
        return figure

    def number(self, mentions: Sequence[Mention], speaking: Container[int]) -> None:
        """Give ids by first mention to the figures that are kept.

        A description that comes once, of somebody who does not speak (``speaking`` has the numbers of
        those who do), is no entity: its link goes.
        """
        kept = [
            figure
            for figure in self.figures
            if figure.mentions
            and (
                len(figure.mentions) > 1
                or figure.number in speaking
                or any(mentions[i].form == "name" for i in figure.mentions)
            )
        ]
        kept.sort(key=lambda figure: (min(mentions[i].passage.start for i in figure.mentions), figure.number))
        for place, figure in enumerate(kept, start=1):
            figure.id = f"e{place}"
        for i, link in list(self.links.items()):
            if link.figure is not None and not link.figure.id:
                del self.links[i]

    def of(self, mention: int) -> Figure | None:
        """The figure that a mention stands for, if that is clear."""
        link = self.links.get(mention)
        return link.figure if link else None


def cast_of(layout: Layout, mentions: Sequence[Mention], she: Sequence[float] | None = None) -> Cast:
    """The figures that an article names, each with its names linked.

    Args:
        layout: the article's text.
        mentions: everything mentioned in it; those with another form than a name are left.
        she: for each mention, log odds that it is a "she" and not a "he", as the model sees it.
    """
    cast = Cast()
    names = [i for i, mention in enumerate(mentions) if mention.form == "name"]
    titles = {i: _titles(layout, mentions[i]) for i in names}
    people = [i for i in names if mentions[i].type == "person"]
    guesses = {i: max(-_GUESS, min(_GUESS, she[i])) if she is not None else 0.0 for i in people}
    _link_people(cast, layout, mentions, people, titles, guesses)
    _link_bodies(cast, layout, mentions, [i for i in names if mentions[i].type != "person"])
    return cast


def _titles(layout: Layout, mention: Mention) -> frozenset[str]:
    """The capitalised words right before a name ("President", "Sen", "Mr"), and words of kinship."""
    found: set[str] = set()
    i = layout.word_at(mention.passage.start) - 1
    if layout.token(i) in _HE | _SHE:  # "his sister Eva Lund"
        found.add(layout.token(i))
        i -= 1
    while i >= 0 and len(found) < 4 and layout.paragraph[i] == layout.paragraph[min(i + 1, len(layout) - 1)]:
        word = layout.tokens[i]
        if word == "." and i and layout.end[i - 1] == layout.start[i]:
            i -= 1
            continue
        if not word[:1].isupper() or word.lower() in _NO_OFFICE:
            break
        found.add(word.lower())
        i -= 1
    return frozenset(found)


def _link_people(
    cast: Cast,
    layout: Layout,
    mentions: Sequence[Mention],
    people: Sequence[int],
    titles: dict[int, frozenset[str]],
    guesses: dict[int, float],
) -> None:
    by_part: defaultdict[str, list[Figure]] = defaultdict(list)
    by_beginning: defaultdict[str, list[Figure]] = defaultdict(list)
    whole = [i for i in people if len(parts(mentions[i].passage.text)) > 1]
    for i in sorted(whole, key=lambda i: -len(parts(mentions[i].passage.text))):
        name = mentions[i].passage.text
        figure, clue = _same(name, by_part[surname(parts(name))] + by_part[parts(name)[-1]])
        if figure is None:
            figure, clue = _same(name, by_beginning[parts(name)[-1][:_ALIKE]])
        if figure is None:
            figure = cast.new("person")
        for part in {*parts(name), surname(parts(name))}:
            if figure not in by_part[part]:
                by_part[part].append(figure)
        if figure not in by_beginning[parts(name)[-1][:_ALIKE]]:
            by_beginning[parts(name)[-1][:_ALIKE]].append(figure)
        _add(cast, layout, figure, i, mentions, clue, 0.97)
        _know(figure, titles[i], guesses[i])
    for figure in cast.figures:
        figure.mentions.sort()
    at = {i: layout.word_at(mentions[i].passage.start) for i in people}
    # Those that a title decides come first: they tell how often each figure is named.
    for i in sorted(set(people) - cast.links.keys(), key=lambda i: (not titles[i] & (_HE | _SHE), at[i])):
        word = (parts(mentions[i].passage.text) or (mentions[i].passage.text.casefold(),))[0]
        rivals = by_part[word] or [
            f for f in by_beginning[word[:_ALIKE]] if same_person(word, f.name) is not None
        ]
        fitting = [f for f in rivals if not _contradicts(titles[i], f, _RATHER)]
        fitting = fitting or [f for f in rivals if not _contradicts(titles[i], f, _SURELY)]
        _link_one_word(cast, layout, mentions, i, at, titles, fitting)
        linked = cast.of(i)
        if linked is not None:
            _know(linked, titles[i], guesses[i])
            if not fitting:
                by_part[word].append(linked)


def _know(figure: Figure, titles: frozenset[str], guess: float) -> None:
    """Take in what one of a figure's names tells of it."""
    figure.offices |= titles - _HE - _SHE
    figure.told_she += 4.0 * (bool(titles & _SHE) - bool(titles & _HE))
    figure.guesses.append(guess)


def _contradicts(titles: frozenset[str], figure: Figure, odds: float) -> bool:
    """Whether "Mr." stands before a name and the figure is a "she", or the other way round."""
    return bool(titles & _HE and figure.she > odds) or bool(titles & _SHE and figure.she < -odds)


def _same(name: str, figures: Iterable[Figure]) -> tuple[Figure | None, str | None]:
    for figure in figures:
        clue = same_person(name, figure.name)
        if clue:
            return figure, clue
    return None, None


def _link_one_word(
    cast: Cast,
    layout: Layout,
    mentions: Sequence[Mention],
    i: int,
    at: dict[int, int],
    titles: dict[int, frozenset[str]],
    rivals: Sequence[Figure],
) -> None:
    """A name of one word: whose surname or first name it is, if that is clear."""
    name = mentions[i].passage.text
    if not rivals:
        _add(cast, layout, cast.new("person"), i, mentions, None, 0.95)
        return
    if len(rivals) == 1:
        _add(cast, layout, rivals[0], i, mentions, _clue(name, rivals[0]), 0.95)
        return
    scored = sorted(
        ((_fit(layout, mentions, i, at, titles, figure), figure) for figure in rivals),
        key=lambda pair: (-pair[0], pair[1].number),
    )
    (best, figure), (second, _) = scored[:2]
    if best - second >= _CLEAR:
        sure = 1 / (1 + 2.0 ** (second - best))
        why = _clue(name, figure) + ", and " + _why_rather(titles[i], figure)
        _add(cast, layout, figure, i, mentions, why, min(0.95, sure))
        return
    likely = tuple(figure for score, figure in scored if best - score < _CLEAR)
    because = Evidence(f"{len(likely)} people of this name are spoken of", mentions[i].passage)
    cast.links[i] = Link(None, (because,), 0.5, likely)


def _fit(
    layout: Layout,
    mentions: Sequence[Mention],
    i: int,
    at: dict[int, int],
    titles: dict[int, frozenset[str]],
    figure: Figure,
) -> float:
    """How well one of several people of a name fits: surname, title, how often and how near named in full."""
    mention = mentions[i]
    fit = 0.0 if "surname" in (same_person(mention.passage.text, figure.name) or "") else -2.0
    own = titles[i]
    fuller = [j for j in figure.mentions if len(parts(mentions[j].passage.text)) > 1]
    offices = set().union(*(titles[j] for j in fuller)) if fuller else set()
    fit += 2.0 * bool(own & offices)
    fit += log(1 + len(figure.mentions))
    before = [at[j] for j in fuller if at[j] < at[i]]
    if before:
        sentences = layout.sentence[at[i]] - layout.sentence[max(before)]
        fit += 1.5 if sentences == 0 else 1.0 / sentences
    else:
        fit -= 0.5
    return fit


def _why_rather(own: frozenset[str], figure: Figure) -> str:
    return "named so with the same title" if own & figure.offices else "the one named in full most or last"


def _clue(name: str, figure: Figure) -> str:
    return same_person(name, figure.name) or "the same name"


def _link_bodies(cast: Cast, layout: Layout, mentions: Sequence[Mention], bodies: Sequence[int]) -> None:
    """Organisations, places, groups and works: same name, initials, or a part of a name."""
    by_name: dict[tuple[str, ...], Figure] = {}
    by_initials: dict[str, Figure] = {}
    by_end: defaultdict[str, list[Figure]] = defaultdict(list)
    longest_first = sorted(bodies, key=lambda i: (-len(body(mentions[i].passage.text)), i))
    for i in longest_first:
        name, kind = mentions[i].passage.text, mentions[i].type
        key = body(name)
        figure, clue, sure = by_name.get(key), "same name", 0.97
        if figure is None:
            figure, clue, sure = _shortened(layout, mentions[i], by_initials, by_end)
        if figure is None:
            figure, clue, sure = cast.new(kind), "", 0.95
            for initials in _initials(name):
                by_initials.setdefault(initials, figure)
            if len(key) > 1:
                for end in {key[-1], key[0]}:
                    by_end[end].append(figure)
        by_name.setdefault(key, figure)
        _add(cast, layout, figure, i, mentions, clue or None, sure)
    for figure in cast.figures:
        if figure.type != "person":
            kinds = Counter(mentions[i].type for i in figure.mentions)
            figure.type = max(kinds, key=lambda kind: (kinds[kind], kind == figure.type))


def _initials(name: str) -> Iterator[str]:
    words = [word for word in name.replace("-", " ").split() if word[:1].isalpha()]
    great = "".join(word[0] for word in words if word[0].isupper()).casefold()
    every = "".join(word[0] for word in words).casefold()
    for initials in {great, every}:
        if len(initials) > 1 and len(words) > 1:
            yield initials
            if initials.startswith("t") and words[0].lower() == "the":
                yield initials[1:]


def _shortened(
    layout: Layout, mention: Mention, by_initials: dict[str, Figure], by_end: dict[str, list[Figure]]
) -> tuple[Figure | None, str, float]:
    """The body whose initials or part of whose name a name is."""
    name = mention.passage.text
    bare = name.replace(".", "").replace("the ", "").replace("The ", "")
    if bare.isupper() or (bare[:1].isupper() and sum(map(str.isupper, bare)) > 1 and " " not in bare):
        figure = by_initials.get(bare.casefold())
        if figure is not None:
            return figure, f"the initials of “{figure.name}”", 0.95
    if mention.type == "place":
        return None, "", 0.0
    key = body(name)
    at = layout.word_at(mention.passage.start)
    has_article = layout.token(at) == "the" or layout.token(at - 1) == "the"
    fitting = [f for end in {key[0], key[-1]} for f in by_end.get(end, ()) if same_body(name, f.name)]
    fitting = list(dict.fromkeys(f for f in fitting if f.type == mention.type))
    if len(fitting) == 1 and (has_article or len(key) > 1):
        figure = fitting[0]
        return figure, f"{same_body(name, figure.name)}, “{figure.name}”", 0.9
    return None, "", 0.0


def _add(
    cast: Cast,
    layout: Layout,
    figure: Figure,
    i: int,
    mentions: Sequence[Mention],
    clue: str | None,
    sure: float,
) -> None:
    """Link a name to a figure; the fullest name of it is kept."""
    mention = mentions[i]
    because: tuple[Evidence, ...] = ()
    if figure.fullest is not None and clue:
        because = (Evidence(f"{clue} as “{figure.name}”" if "“" not in clue else clue, figure.fullest),)
    figure.mentions.append(i)
    figure.names[mention.passage.text] += 1
    rank = _rank(layout, mention)
    if rank > figure.rank:
        figure.fullest, figure.rank = mention.passage, rank
    cast.links[i] = Link(figure, because, sure)


def _rank(layout: Layout, mention: Mention) -> tuple[int, ...]:
    """How full a name is: the greater the better. One that signs a post ranks last, then an acronym."""
    name = mention.passage.text
    signs = layout.text.startswith(_SIGNATURE, mention.passage.end)
    if mention.type == "person":
        return (not signs, len(parts(name)), len(name))
    return (not signs, not name.isupper(), len(body(name)), len(name))
