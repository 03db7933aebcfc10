"""Whether words near a day speak of the sale: "you came in ... on Saturday", "On May 12 you bought"."""

from __future__ import annotations

import re
from typing import Final

from notegen.lint.knowing import Known
from notegen.lint.sayings import Sayings

_WHO: Final = (
    r"(?:you(?: both| two| three| all)?|the (?:two|three|four|five) of you)(?: (?:\w+ly|first|all|both|had|have))?"
)
_BUYING: Final = (
    r"(?:came|come|bought|picked|signed|collected|stopped (?:in|by)|visited|chose|ordered|closed|test-drove"
    r"|became|purchased|(?:drove|took|rode|wheeled|carried|brought|led) (?:it|her|him|them|the \w+) (?:home|away|off)"
    r"|leased|settled|decided|turned up|arrived|met)"
)
_DOING: Final = (
    r"(?:coming|buying|choosing|stopping|visiting|letting|signing|ordering|picking|trusting|purchasing|bringing|driving"
    r"|dropping|taking|walking|meeting|spending)"
)
_TOGETHER: Final = (
    r"(?:met|sold|handed|gave|delivered|installed|shook|finished|fitted|hung|laid|built|put|painted|repaired|replaced"
    r"|signed|closed|sat)"
)
_STRONG: Final = re.compile(
    rf"\b(?:{_WHO} {_BUYING}|(?:for|since|after|of|by)(?: you| your)?(?: \w+ly)? {_DOING}"
    r"|(?:good|nice|great|lovely|pleasure|joy|fun|fine|wonderful|delight\w*|honou?r|glad)(?: for us| for me)? to"
    r" (?:meet|see|have|help|show|sell|serve|welcome)|(?:enjoyed|loved|liked) (?:meeting|seeing|having|helping|showing)"
    rf"|(?:I|we) {_TOGETHER}(?=[^.!?]{{0,60}}\b(?:you|yours?)\b)|we (?:met|shook)"
    r"|(?:your|the|our) (?:visit|purchase|sale|closing|delivery|test drive|order|meeting|walk-through|handover)"
    r"|(?:thank you|thanks)(?: again| so much)? for(?= (?:last |that )?$))",
    re.IGNORECASE,
)
"""These are said of a sale whatever stands around them."""
_WEAK: Final = re.compile(
    rf"\b{_WHO} (?:drove|took|brought|stopped|walked|left|shook|rode|moved|made|sat|carried|wheeled|got|found|fell"
    r"|slept"
    r"|stood|read|hid|held|sang|swept|paid|went|put|met|sold"
    r"|(?!call|phon|telephon|e-?mail|text|mail|post|ask|mention|promis|want|need|open|notic)\w\w+ed)\b",
    re.IGNORECASE,
)
"""What people do in a shop, and elsewhere: it is of the sale beside words of the shop or of what is known."""
_HERE: Final = frozenset("here us me our shop store lot showroom office bought desk counter door".split())
_PLAIN: Final = frozenset(
    "that with your from were would before have they this when then them what over been into said told about".split()
)
_ELSEWHERE: Final = re.compile(
    r"\b(?:\w+day|until|till|before|ready|next|every|will|wedding|recital|game|party|birthday|trip|race|match|graduation"
    r"|funeral|appointment|interview|exam|flight|concert|church|school|service|holiday|dinner|because|who|whose|said"
    r"|told|says|mentioned|asked|ask|about|if|when|he|she|they|his|her|their|brother|sister|mother|father|son|daughter"
    r"|friend|neighbou?r|due|open|closed|story|stories|show|fair|market|meet|regatta|rehearsal|lesson|so that|by)\b"
    r"|[;:]|'ll\b|, (?:and|but|or)\b",
    re.IGNORECASE,
)
_LEAD: Final = re.compile(
    r"(?:^|[\s(,])(?:(?:on|that|last|this past|this|the past|back on|was|for|,|of|,? on a|on a)\s)?(?:the )?$",
    re.IGNORECASE,
)
_NOT_LED: Final = re.compile(
    r"\b(?:next|every|each|any|by|until|till|before|after|coming|some|or|and|to|a different)\s*$", re.I
)
_OPENING: Final = re.compile(
    r"(?:^|[\s\"(])(?:it was(?: on)?|that was(?: on)?|back on|on that|on|last|that|was it|this past)? ?(?:a |the )?$",
    re.IGNORECASE,
)
_PART_OF_DAY: Final = r"(?: (?:morning|afternoon|evening|night|noon|lunchtime))?"
_THEN: Final = re.compile(rf"{_PART_OF_DAY},? (?:when |that |and )?", re.IGNORECASE)
_OCCASION: Final = re.compile(
    rf"{_PART_OF_DAY}'?s? (?:visit|sale|purchase|delivery|closing|handover|test drive|paperwork)\b"
    rf"|{_PART_OF_DAY},? (?:when |that |and )?(?:your|the) (?:new )?\w+ (?:left|went|came|drove)\b",
    re.IGNORECASE,
)


def of_the_sale(said: Sayings, start: int, end: int, known: Known) -> bool:
    """Return whether a day that is named at start..end is said to be the day of the sale."""
    sentence = said.sentence_at(start)
    before, after = said.text[sentence.start : start], said.text[end : sentence.end]
    if _NOT_LED.search(before):
        return False
    if _occasion(before, after) or _opens(said, start, before, after, known):
        return True
    frames = [match.end() for match in _STRONG.finditer(before)]
    if _is_about(said, start, known):
        frames += [match.end() for match in _WEAK.finditer(before)]
    between = before[max(frames) :] if frames else ""
    return bool(frames) and bool(_LEAD.search(before)) and len(between) < 90 and not _ELSEWHERE.search(between)


def says_that_it_was(said: Sayings, start: int, known: Known) -> bool:
    """Return whether a sentence says what happened at the sale, whenever that was."""
    sentence = said.sentence_at(start)
    text = said.text[sentence.start : sentence.end]
    return _STRONG.search(text) is not None or (_is_about(said, start, known) and _WEAK.search(text) is not None)


def _occasion(before: str, after: str) -> bool:
    match = _OCCASION.match(after)
    return match is not None and (
        after.startswith(("'s ", "s ")) or (len(before) < 14 and bool(_OPENING.search(before)))
    )


def _opens(said: Sayings, start: int, before: str, after: str, known: Known) -> bool:
    """Return whether a day is followed by what they did on it: "On Friday you bought", "Tuesday, when you came"."""
    then = _THEN.match(after)
    rest = after[then.end() :] if then else after
    if then is None or not ("when" in then[0] or (len(before) < 14 and _OPENING.search(before))):
        return False
    return _STRONG.match(rest) is not None or (_is_about(said, start, known) and _WEAK.match(rest) is not None)


def _is_about(said: Sayings, start: int, known: Known) -> bool:
    """Return whether a sentence names the shop, the thing sold, or two words of what is known."""
    words = frozenset(said.within(said.sentence_at(start)))
    if not words.isdisjoint(_HERE) or not words.isdisjoint(known.thing.own):
        return True
    return sum(len(word) > 3 and word not in _PLAIN for word in words & known.words) > 1
