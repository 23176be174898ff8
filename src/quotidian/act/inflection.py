"""The forms of English verbs and nouns, from their base: enough to find a lexicon's words in a text.

It makes too many forms rather than too few ("offerred" beside "offered"): which verbs double their
last consonant depends on stress, and a form that nobody writes is never met.
"""

from __future__ import annotations

import re

_HISSES = re.compile(r"(?:s|x|z|ch|sh|[^aeiou]o)$")
_DOUBLES = re.compile(r"(?:^|[^aeiou]|qu)[aeiou][bdfgklmnprtvz]$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")

# Past tense and participle of verbs that are not regular, and what else is written for them.
_IRREGULAR = dict(
    line.split(":")
    for line in """\
be:is are was were been am
bear:bore borne
begin:began begun
bet:bet
bid:bade bid
bind:bound
blow:blew blown
break:broke broken
bring:brought
build:built
buy:bought
cast:cast
catch:caught
choose:chose chosen
come:came
cut:cut
deal:dealt
do:did done
draw:drew drawn
dream:dreamed dreamt
drive:drove driven
fall:fell fallen
feel:felt
fight:fought
find:found
forbid:forbade forbidden
forecast:forecast forecasted
foresee:foresaw foreseen
foretell:foretold
get:got gotten
give:gave given
go:went gone
have:has had
hear:heard
hide:hid hidden
hit:hit
hold:held
hurt:hurt
keep:kept
know:knew known
lay:laid
lead:led
leave:left
lend:lent
let:let
lie:lied lying
light:lit
lose:lost
make:made
mean:meant
mislead:misled
mistake:mistook mistaken
pay:paid
plead:pleaded pled
put:put
read:read
say:said
see:saw seen
seek:sought
sell:sold
send:sent
set:set
shoot:shot
show:showed shown
shut:shut
sing:sang sung
speak:spoke spoken
spend:spent
spin:spun
stand:stood
steal:stole stolen
stick:stuck
strike:struck
swear:swore sworn
take:took taken
tear:tore torn
tell:told
think:thought
throw:threw thrown
understand:understood
undertake:undertook undertaken
uphold:upheld
win:won
write:wrote written""".splitlines()
)


def noun_forms(noun: str) -> set[str]:
    """A noun and its plural.

    >>> sorted(noun_forms("reply"))
    ['replies', 'reply']
    """
    return {noun, _with_s(noun)}


def verb_forms(verb: str) -> set[str]:
    """A verb, from its base form, in all of its persons, tenses and participles.

    >>> sorted(verb_forms("deny"))
    ['denied', 'denies', 'deny', 'denying']
    >>> sorted(verb_forms("write"))
    ['write', 'writes', 'writing', 'written', 'wrote']
    """
    stems = {verb}
    if _DOUBLES.search(verb):
        stems.add(verb + verb[-1])
    elif verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        stems = {verb[:-1]}
    pasts = _IRREGULAR.get(verb, "").split() or _regular_pasts(verb)
    return {verb, _with_s(verb), *(stem + "ing" for stem in stems), *pasts}


def _regular_pasts(verb: str) -> set[str]:
    if verb.endswith("e"):
        return {verb + "d"}
    if _CONSONANT_Y.search(verb):
        return {verb[:-1] + "ied"}
    return {verb + "ed"} | ({verb + verb[-1] + "ed"} if _DOUBLES.search(verb) else set())


def _with_s(word: str) -> str:
    if _CONSONANT_Y.search(word):
        return word[:-1] + "ies"
    return word + ("es" if _HISSES.search(word) else "s")
