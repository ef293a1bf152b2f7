"""Why a letter waits, is held back or was called back: every reason of ours, and its words.

`letters.reason` keeps the reason, and what is done about a letter hangs on that alone;
`letters.answer` keeps the words beside it, or what a mail server said.
"""

from __future__ import annotations

from enum import StrEnum


class LetterReason(StrEnum):
    """Its value is what the register keeps, and never changes; its words may be mended."""

    # It waits for room, and goes by itself.
    FULL_DAY = "full-day"
    FULL_HOUR = "full-hour"
    ENOUGH_THANKS = "enough-thanks"
    # It is held back: a person decides.
    PERHAPS_A_PROGRAM = "perhaps-a-program"
    FULL_DAYS = "full-days"
    BARRED = "barred"
    BROKEN = "broken"
    # It is not needed, and is called back.
    NOTHING_NEW = "nothing-new"
    LATER_LETTER = "later-letter"
    TOLD_BEFORE = "told-before"
    OVER = "over"
    DECIDED_SINCE = "decided-since"
    SETTLED = "settled"
    FOLLOWED = "followed"
    TOLD_TOGETHER = "told-together"
    TRIED = "tried"

    @property
    def words(self) -> str:
        """A clause: "it waits: its reader has had ..."."""
        return _WORDS[self]


_FULL_DAY = "its reader has had as many letters as a person gets in a day"
_ENOUGH_THANKS = "its reader has had as many thanks as a person gets in a day"
_WORDS = {
    LetterReason.FULL_DAY: _FULL_DAY,
    LetterReason.FULL_HOUR: "as many letters went out as may in an hour",
    LetterReason.ENOUGH_THANKS: _ENOUGH_THANKS,
    LetterReason.PERHAPS_A_PROGRAM: (
        f"{_FULL_DAY}, and it answers one more message without a document: a program may write"
    ),
    LetterReason.FULL_DAYS: (
        f"{_FULL_DAY}, for the third day running: a program may be answering us"
    ),
    LetterReason.BARRED: (
        "its reader is not registered any more, or it says what they may not be told"
    ),
    LetterReason.BROKEN: "handing it over ended the service, or as nobody foresaw",
    LetterReason.NOTHING_NEW: f"{_ENOUGH_THANKS}, and it says nothing new",
    LetterReason.LATER_LETTER: (
        f"{_ENOUGH_THANKS}, and a later letter to them says where everything stands"
    ),
    LetterReason.TOLD_BEFORE: "its reader was told so before the register was restored",
    LetterReason.OVER: "what it tells of was over before it left",
    LetterReason.DECIDED_SINCE: "what it tells of has been decided since",
    LetterReason.SETTLED: "what it asks for is settled by now",
    LetterReason.FOLLOWED: "a later letter to its reader says where that stands",
    LetterReason.TRIED: "it was written while letters were only tried",
    LetterReason.TOLD_TOGETHER: "what waited for the day after is told in one letter",
}

# Answers to its reader are held back for one of these until a person decides.
LOOP_REASONS = (LetterReason.PERHAPS_A_PROGRAM, LetterReason.FULL_DAYS)
# What was called back for one of these is told anew, as far as it is still so.
RETOLD_REASONS = (
    LetterReason.DECIDED_SINCE,
    LetterReason.SETTLED,
    LetterReason.FOLLOWED,
    LetterReason.TOLD_TOGETHER,
)


def reasons_sql(reasons: tuple[LetterReason, ...]) -> str:
    """ "('full-days', 'perhaps-a-program')": for an IN of SQL; they are words of ours."""
    return str(tuple(str(reason) for reason in reasons))
