"""Through which outlet or medium a statement came, as the article says: "told the Courier".

What stands in a statement's own sentence counts first. Where an occasion goes on, so does its
channel: what the same speaker is quoted with next came the same way, until they are elsewhere or
somebody else has spoken.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotidian.resolve.channel_phrases import Channel, ChannelPhrases
from quotidian.resolve.layout import Layout
from quotidian.resolve.named import Named
from quotidian.types import Attribution, Found, Mention, Passage

# The number of an entry, 0 where the article has none, and who speaks there.
_SpeakerThere = tuple[int, str]

# The share found right by reading.
_SURE = {"outlet": 0.9, "medium": 0.85, "verb": 0.85}
_SURE_REPORTED = 0.8
_SURE_CARRIED = 0.6

_PERFECT = frozenset({"has", "have", "had"})
_OTHER_TIMES = frozenset(
    {
        "earlier",
        "previously",
        "once",
        "repeatedly",
        "often",
        "last",
        "recent",
        "recently",
        "later",
        "past",
        "ago",
    }
)
_WRITTEN = frozenset({"wrote", "writes", "writing", "posted", "posts"})
# So many words before a cue tell of which time it is.
_BEFORE_CUE = 12
# Channels that go on; "tweeted" is done with its tweet.
_LASTING = frozenset({"outlet", "medium"})
# A channel is carried over so many paragraphs in which its speaker says nothing.
_PAUSE = 2
# Headline and lead, in paragraphs: they stand before the sentence that names their channel.
_LEAD = 3


def via(
    layout: Layout,
    attributions: Sequence[Attribution],
    mentions: Sequence[Mention],
    speakers: Sequence[str | None],
    outlet: str | None = None,
) -> tuple[Found | None, ...]:
    """The channel of every attribution, in their order; None where the article names none.

    Args:
        layout: the article's text, laid out with the same attributions.
        attributions: what is said.
        mentions: the article's mentions, with their entities.
        speakers: for each attribution, the id of the entity that speaks, None where it is not known.
        outlet: who publishes the article: "told the Courier" in the Courier is no channel.
    """
    sayings = [
        _saying(layout, attribution, speaker)
        for attribution, speaker in zip(attributions, speakers, strict=True)
    ]
    phrases = ChannelPhrases(Named.of(layout, mentions), outlet)
    own, unclaimed = _claimed(layout, sayings, list(phrases.all()))
    told = _of_whom(layout, unclaimed, mentions)
    found = {
        **_found_in(layout, _reported(layout, attributions, phrases), _SURE_REPORTED),
        **_found_in(layout, _carried(layout, sayings, own, told), _SURE_CARRIED),
        **_found_in(layout, own),
    }
    return tuple(found.get(i) for i in range(len(attributions)))


@dataclass(frozen=True, slots=True)
class _Saying:
    """An attribution as channels see it: its cue's word, who speaks, and whether it may be carried to."""

    word: int
    owner: int
    speaker: str | None
    source: frozenset[int]
    cue: frozenset[int]
    quoted: bool
    other_time: bool
    written: bool


def _saying(layout: Layout, attribution: Attribution, speaker: str | None) -> _Saying:
    cue = [word for span in attribution.cue.spans for word in layout.words_in(span)]
    at = min(cue[0] if cue else layout.word_at(attribution.cue.start), len(layout) - 1)
    spans = attribution.source.spans if attribution.source else ()
    words = {layout.lower[word] for word in cue}
    before = {*words, *layout.before(at, _BEFORE_CUE)}
    return _Saying(
        word=at,
        owner=layout.owner[at],
        speaker=speaker,
        source=frozenset(word for span in spans for word in layout.words_in(span)),
        cue=frozenset(cue),
        quoted=any(
            layout.quoted[word] for span in attribution.content.spans for word in layout.words_in(span)
        ),
        other_time=bool(before & _OTHER_TIMES or {*words, *layout.before(at, 2)} & _PERFECT),
        written=bool(words & _WRITTEN),
    )


def _claimed(
    layout: Layout, sayings: Sequence[_Saying], channels: Sequence[Channel]
) -> tuple[dict[int, Channel], list[Channel]]:
    """The channel of each saying that has one in its sentence, and the channels that are nobody's.

    A channel belongs to the cue before it, or where none is before it to the first one after it, and
    to what else the same speaker says in the sentence.
    """
    of_sentence: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for i, saying in enumerate(sayings):
        of_sentence[layout.sentence[saying.word], saying.owner].append((saying.word, i))
    for cues in of_sentence.values():
        cues.sort()
    claimed: dict[int, Channel] = {}
    unclaimed: list[Channel] = []
    for channel in channels:
        cues = of_sentence.get((layout.sentence[channel.at], layout.owner[channel.at]), [])
        if cues:
            before = bisect_left(cues, (channel.at + 1, 0)) - 1
            i = cues[max(before, 0)][1]
            if _is_open_to(sayings[i], channel):
                claimed[i] = _better(claimed.get(i), channel)
        else:
            unclaimed.append(channel)
    for cues in of_sentence.values():
        of_speaker = {
            sayings[i].speaker: claimed[i]
            for _, i in cues
            if i in claimed and claimed[i].kind != "verb" and sayings[i].speaker is not None
        }
        for _, i in cues:
            if i not in claimed and sayings[i].speaker in of_speaker:
                claimed[i] = of_speaker[sayings[i].speaker]
    return claimed, unclaimed


def _is_open_to(saying: _Saying, channel: Channel) -> bool:
    """Whether a channel can be a saying's: not its very source, and no verb but its cue's."""
    is_source = channel.first in saying.source and len(saying.source) <= channel.last - channel.first + 1
    return channel.first in saying.cue if channel.kind == "verb" else not is_source


def _better(one: Channel | None, other: Channel) -> Channel:
    """An outlet rather than a medium, a medium rather than an occasion, else the first."""
    order = ("outlet", "medium", "verb", "elsewhere")
    return other if one is None or order.index(other.kind) < order.index(one.kind) else one


def _of_whom(
    layout: Layout, channels: Sequence[Channel], mentions: Sequence[Mention]
) -> list[tuple[Channel, str]]:
    """Channels in sentences of the outlet's own voice, with the first person there: "Lund spoke to CNN."."""
    wanted = {layout.sentence[channel.at] for channel in channels if layout.owner[channel.at] < 0}
    first: dict[int, str] = {}
    for mention in mentions:
        word = layout.word_at(mention.passage.start)
        if mention.type != "person" or mention.entity is None or word >= len(layout):
            continue
        if layout.sentence[word] in wanted and layout.owner[word] < 0:
            first.setdefault(layout.sentence[word], mention.entity)
    return [
        (channel, first[layout.sentence[channel.at]])
        for channel in channels
        if layout.owner[channel.at] < 0 and layout.sentence[channel.at] in first
    ]


@dataclass(frozen=True, slots=True)
class _Event:
    """Somebody says something, or the text tells of a channel of theirs; ``saying`` is None then.

    In a live blog the speakers of each entry are apart.
    """

    word: int
    speaker: _SpeakerThere | None
    channel: Channel | None
    saying: int | None = None


def _carried(
    layout: Layout,
    sayings: Sequence[_Saying],
    own: Mapping[int, Channel],
    told: Sequence[tuple[Channel, str]],
) -> dict[int, Channel]:
    """The channels of sayings that have none in their sentence, by the occasion that goes on.

    Quotations go on while their speaker is not interrupted, or through the whole article where it
    has one channel of theirs and no other occasion; other sayings go on within a paragraph.
    """
    entries = _entries(layout)
    events = [
        _Event(
            saying.word,
            (bisect_right(entries, saying.word), saying.speaker) if saying.speaker is not None else None,
            own.get(i),
            i,
        )
        for i, saying in enumerate(sayings)
    ]
    events += [
        _Event(channel.at, (bisect_right(entries, channel.at), speaker), channel) for channel, speaker in told
    ]
    events.sort(key=lambda event: event.word)
    only = _only_channels(layout, events)
    running: dict[_SpeakerThere, tuple[Channel, int, bool]] = {}
    carried: dict[int, Channel] = {}
    last: _SpeakerThere | None = None
    for event in events:
        speaker, paragraph = event.speaker, layout.paragraph[event.word]
        if speaker is not None and event.channel is not None:
            running.pop(speaker, None)
            if event.channel.kind in _LASTING:
                is_written = event.saying is not None and sayings[event.saying].written
                running[speaker] = (event.channel, paragraph, is_written)
        elif speaker is not None and event.saying is not None and not sayings[event.saying].other_time:
            if speaker in running:
                channel, since, is_written = running[speaker]
                follows = last == speaker and paragraph - since <= _PAUSE
                quotes_on = sayings[event.saying].quoted and (follows or speaker in only)
                same_way = channel.kind == "medium" or sayings[event.saying].written == is_written
                if same_way and (quotes_on or (follows and paragraph == since)):
                    carried[event.saying] = channel
                    running[speaker] = (channel, paragraph, is_written)
            elif paragraph < _LEAD and speaker in only and only[speaker].kind == "outlet":
                carried[event.saying] = only[speaker]
        last = speaker
    return carried


def _entries(layout: Layout) -> list[int]:
    """The words that begin an entry of a live blog: a time of day at the start of a paragraph."""
    return [
        word
        for word in range(1, len(layout) - 2)
        if layout.paragraph[word] != layout.paragraph[word - 1]
        and layout.tokens[word].isdigit()
        and layout.tokens[word + 1] in {":", "."}
        and layout.tokens[word + 2].isdigit()
    ]


def _only_channels(layout: Layout, events: Sequence[_Event]) -> dict[_SpeakerThere, Channel]:
    """For speakers with a single channel in the article and no other occasion: that channel."""
    channels: dict[_SpeakerThere, dict[tuple[str, ...], Channel]] = defaultdict(dict)
    for event in events:
        if event.speaker is not None and event.channel is not None:
            is_channel = event.channel.kind != "elsewhere"
            words = layout.lower[event.channel.first : event.channel.last] if is_channel else ()
            channels[event.speaker].setdefault(words, event.channel)
    return {
        speaker: channel
        for speaker, of_speaker in channels.items()
        if len(of_speaker) == 1
        for words, channel in of_speaker.items()
        if words
    }


def _reported(
    layout: Layout, attributions: Sequence[Attribution], phrases: ChannelPhrases
) -> dict[int, Channel]:
    """Where an outlet reports a statement, that outlet: "the Courier reported that Lund had said …"."""
    numbers = {attribution.id: i for i, attribution in enumerate(attributions)}
    reported: dict[int, Channel] = {}
    for i, attribution in enumerate(attributions):
        outer = attributions[numbers[attribution.parent]] if attribution.parent in numbers else None
        words = layout.words_in(outer.source.spans[0]) if outer and outer.source else range(0)
        channel = phrases.reporting(words.start, words.stop) if words else None
        if channel is not None:
            reported[i] = channel
    return reported


def _found_in(
    layout: Layout, channels: Mapping[int, Channel], sure: float | None = None
) -> dict[int, Found | None]:
    """The channels as passages; None for an occasion that is no channel."""
    return {
        i: None
        if channel.kind == "elsewhere"
        else Found(
            Passage.of(layout.text, [(layout.start[channel.first], layout.end[channel.last - 1])]),
            _SURE[channel.kind] if sure is None else sure,
        )
        for i, channel in channels.items()
    }
