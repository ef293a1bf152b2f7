"""Letters that what happened since has overtaken: what they tell is not so any more.

Does: finds, among letters that have not left, those that tell of something a person has decided
since, that ask for what is settled, or that a later letter to their reader has followed; whatever
kept them in. They are called back, and what is still so in them is told anew. Puts what waits for a
new day of its reader's into one letter.
Trusts: the register's rows, and what was written down with each letter.
Never touches: what a letter says; those that may have gone.
Known limits: what is agreed about a review as a whole, and a nil return that comes after a request
for changes, overtake nothing.
"""

from __future__ import annotations

from handlers.register.returns import REQUEST
from intake.database import Ledger

DECIDED = "what it tells of has been decided since"
SETTLED = "what it asks for is settled by now"
FOLLOWED = "a later letter to its reader says where that stands"
IN_ONE = "what waited for the day after is told in one letter"
TOLD_ANEW = (DECIDED, SETTLED, FOLLOWED, IN_ONE)  # as far as it is still so

# `t` is what a letter tells of, `l` the letter. The decision that the letter itself tells is known.
_DECIDED = f"""
EXISTS (SELECT 1 FROM decisions d WHERE d.entry_id = t.entry_id AND d.id > ifnull(t.decision_id, 0))
OR EXISTS (
    SELECT 1 FROM entries e JOIN decisions d ON d.agency_id = e.agency_id
    WHERE e.id = t.entry_id AND e.kind = '{REQUEST}' AND d.what IN ('extend', 'waive')
    AND d.decided > l.queued)
OR t.entry_id IS NULL AND EXISTS (
    SELECT 1 FROM decisions m JOIN decisions d ON d.return_id = m.return_id AND d.id > m.id
    WHERE m.id = t.decision_id AND d.what IN ('extend', 'waive'))
"""  # noqa: S608  our own words
# The letter asks for it, or says that a person looks, and it was accepted or is done without since.
_SETTLED = """
EXISTS (
    SELECT 1 FROM entries e LEFT JOIN decisions m ON m.id = t.decision_id WHERE e.id = t.entry_id
    AND CASE m.what WHEN 'accept' THEN 0 WHEN 'reject' THEN 1
        ELSE e.verdict IN ('reject', 'refer') END
    AND (EXISTS (
            SELECT 1 FROM entries n WHERE n.return_id = e.return_id AND n.id > e.id
            AND n.judged > l.queued
            AND ifnull((SELECT what FROM decisions x WHERE x.entry_id = n.id ORDER BY x.id DESC
                        LIMIT 1), n.verdict) = 'accept')
        OR EXISTS (
            SELECT 1 FROM decisions w WHERE w.return_id = e.return_id AND w.what = 'waive'
            AND w.decided > l.queued)))
OR t.entry_id IS NULL AND EXISTS (
    SELECT 1 FROM decisions m JOIN entries n ON n.return_id = m.return_id AND n.judged > l.queued
    WHERE m.id = t.decision_id AND m.what = 'extend'
    AND ifnull((SELECT what FROM decisions x WHERE x.entry_id = n.id ORDER BY x.id DESC LIMIT 1),
               n.verdict) = 'accept')
"""
_FOLLOWED = """
EXISTS (
    SELECT 1 FROM entries e JOIN entries n
    ON n.id = e.id OR (n.return_id = e.return_id AND n.id > e.id)
    JOIN tells s ON s.entry_id = n.id JOIN letters o ON o.id = s.letter_id
    WHERE e.id = t.entry_id AND o.id > l.id AND o.queued > l.queued
    AND o.contact_id = l.contact_id AND o.kind <> 'duplicate'
    AND o.state IN ('queued', 'sending', 'sent'))
"""
_WHY = f"CASE WHEN {_DECIDED} THEN 1 WHEN {_SETTLED} THEN 2 WHEN {_FOLLOWED} THEN 3 END"
_TELLS = (
    f"SELECT t.rowid AS row, l.id, {_WHY} AS why FROM tells t"  # noqa: S608  our own words
    " JOIN letters l ON l.id = t.letter_id"
)
_UNSENT = f"{_TELLS} WHERE l.state IN ('draft', 'queued', 'failed', 'held back')"
_ONE = f"{_TELLS} WHERE l.id = ?"
MARK_OVERTAKEN = (
    f"UPDATE tells SET overtaken = 1 WHERE rowid IN"  # noqa: S608  our own words
    f" (SELECT row FROM ({_ONE}) WHERE why IS NOT NULL)"
)
_SAID = {1: DECIDED, 2: SETTLED, 3: FOLLOWED}


# Of rows `t`, and letters `l`: those that stand, which is all but those that are told anew.
STANDS = f"NOT (l.state = 'called back' AND l.answer IN {TOLD_ANEW})"


def told_in_a_letter(column: str, of: str, also: str = "") -> str:
    """In SQL, whether something is told to everybody it is for: a letter tells it, and none was
    called back of which this is still to be told anew to its reader. `column` of `tells` is the
    number `of` it; `also` is what else is asked of the letter."""
    rows = (
        f"SELECT 1 FROM tells t JOIN letters l ON l.id = t.letter_id"  # noqa: S608  our own words
        f" WHERE t.{column} = {of}{also}"
    )
    stands_for_them = (
        "SELECT 1 FROM tells u JOIN letters m ON m.id = u.letter_id"  # noqa: S608
        f" WHERE u.{column} = {of} AND m.contact_id IS l.contact_id"
        f" AND {STANDS.replace('l.', 'm.')}"
    )
    anew = f"{rows} AND NOT ({STANDS}) AND t.overtaken = 0 AND NOT EXISTS ({stands_for_them})"
    return f"(EXISTS ({rows} AND {STANDS}) AND NOT EXISTS ({anew}))"


def told_to(ledger: Ledger, column: str, of: int, agency_id: int) -> frozenset[int | None]:
    """Who of an agency is told of it in a letter that stands, by their numbers."""
    sql = (
        "SELECT DISTINCT l.contact_id FROM tells t JOIN letters l ON l.id = t.letter_id"  # noqa: S608
        f" WHERE t.{column} = ? AND +l.agency_id = ? AND {STANDS}"
    )
    return frozenset(row["contact_id"] for row in ledger.rows(sql, of, agency_id))


def overtaken(ledger: Ledger, letter_id: int) -> str | None:
    """Why a letter is not so any more, in a clause, or None."""
    why = [row["why"] for row in ledger.rows(_ONE, letter_id) if row["why"]]
    return _SAID[min(why)] if why else None


def all_overtaken(ledger: Ledger) -> dict[int, str]:
    """The letters that no server was given and that are not so any more, and why."""
    found = dict[int, int]()
    for row in ledger.rows(f"SELECT id, min(why) AS why FROM ({_UNSENT}) GROUP BY id"):  # noqa: S608
        if row["why"]:
            found[row["id"]] = row["why"]
    return {id: _SAID[why] for id, why in found.items()}
