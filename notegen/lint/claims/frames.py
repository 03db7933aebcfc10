"""Whether words near a day speak of the sale: "you came in ... on Saturday", "On May 12 you bought"."""

from __future__ import annotations

import re
from typing import Final

from notegen.lint.sayings import Sayings

_PAST: Final = (
    r"(?:came|come|bought|picked|drove|took|signed|collected|brought|stopped|walked|visited|left|chose|ordered|met|shook"
    r"|rode|closed|moved|made|sat|tested|test-drove|finished|became|carried|wheeled|rolled|sailed|purchased|leased"
    r"|settled|decided|dropped|arrived|turned up|got|found|tried|put|built|fitted|hung|laid|repaired|fixed|painted"
    r"|cleaned|replaced|fell|slept)"
)
_DID: Final = (
    r"(?:(?!call|phon|telephon|e-?mail|text|mail|post|ask|mention|promis|want|need|open|notic)\w\w+ed|stood|read|hid|held"
    r"|sang|swept|brought|paid|went)"
)
"""What they may have done on that day, where nothing says that it was another; not what people do from home."""
_DOING: Final = (
    r"(?:coming|buying|choosing|stopping|visiting|letting|signing|ordering|picking|trusting|purchasing|bringing|driving"
    r"|dropping|taking|walking|meeting|spending|making)"
)
_WHO: Final = (
    r"(?:you(?: both| two| three| all)?|we|the (?:two|three|four|five) of you)(?: (?:\w+ly|first|all|both|had|have))?"
)
SALE: Final = re.compile(
    rf"\b(?:{_WHO} {_PAST}|(?:for|since|after|of|by)(?: you| your)?(?: \w+ly)? {_DOING}"
    r"|(?:good|nice|great|lovely|pleasure|joy|fun|fine|wonderful|delight|honou?r|glad)(?: for us| for me)? to"
    r" (?:meet|see|have|help|show|sell|serve|welcome)|(?:enjoyed|loved|liked) (?:meeting|seeing|having|helping|showing)"
    r"|(?:I|we) (?:met|sold|handed|gave|delivered|installed|shook|finished|fitted|hung|laid|brought)"
    r"|(?:your|the|our) (?:visit|purchase|sale|closing|delivery|test drive|order|meeting|walk-through|handover)"
    r"|thank you for|thanks for)\b",
    re.IGNORECASE,
)
_ELSEWHERE: Final = re.compile(
    r"\b(?:\w+day|until|till|before|ready|next|every|will|wedding|recital|game|party|birthday|trip|race|match|graduation|funeral"
    r"|appointment|interview|exam|flight|concert|church|school|service|holiday|dinner|because|who|whose|said|told|says"
    r"|mentioned|asked|ask|about|if|when|he|she|they|his|her|their|brother|sister|mother|father|son|daughter|friend"
    r"|neighbou?r|due|open|closed|story|stories|show|fair|market|meet|regatta|rehearsal|lesson|so that|by)\b"
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
_THEN: Final = re.compile(
    rf"^{_PART_OF_DAY},? (?:when |that |and )?(?:{_WHO} (?:{_PAST}|{_DID})"
    r"|(?:your|the) (?:new )?\w+ (?:left|went|came|drove))\b"
    rf"|^{_PART_OF_DAY}'?s? (?:visit|sale|purchase|delivery|closing|handover|test drive|paperwork)\b",
    re.IGNORECASE,
)


def of_the_sale(said: Sayings, start: int, end: int) -> bool:
    """Return whether a day that is named at start..end is said to be the day of the sale."""
    sentence = said.sentence_at(start)
    before, after = said.text[sentence.start : start], said.text[end : sentence.end]
    if _NOT_LED.search(before):
        return False
    if _OPENING.search(before) and len(before) < 14 and _THEN.match(after):
        return True
    if (then := _THEN.match(after)) and (after.startswith(("'s ", "s ")) or " when " in then[0]):
        return True
    frames = [match.end() for match in SALE.finditer(before)]
    if not frames:
        return False
    between = before[frames[-1] :]
    return bool(_LEAD.search(before)) and len(between) < 90 and not _ELSEWHERE.search(between)
