"""Finds letters that have not left and tell what is not so any more, and calls them back.

What is still so in them is told anew. What is agreed about a review as a whole overtakes nothing.
"""

from __future__ import annotations

from handlers.register.returns import EXTENSION_REQUEST
from intake.database import RegisterDatabase
from intake.source_health import OutageKind
from outbox.writing.letter_reasons import RETOLD_REASONS, LetterReason, reasons_sql

# `t` is what a letter tells of, `l` the letter. The decision that the letter itself tells is known.
_DECIDED = f"""
EXISTS (SELECT 1 FROM standing d
    WHERE d.entry_id = t.entry_id AND d.id > ifnull(t.decision_id, 0))
OR EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = t.decision_id)
OR EXISTS (
    SELECT 1 FROM entries e JOIN standing d ON d.agency_id = e.agency_id
    WHERE e.id = t.entry_id AND e.kind = '{EXTENSION_REQUEST}' AND d.what IN ('extend', 'waive')
    AND d.decided > l.queued)
OR t.entry_id IS NULL AND EXISTS (
    SELECT 1 FROM decisions m JOIN standing d ON d.return_id = m.return_id AND d.id > m.id
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
            AND ifnull((SELECT what FROM standing x WHERE x.entry_id = n.id ORDER BY x.id DESC
                        LIMIT 1), n.verdict) = 'accept')
        OR EXISTS (
            SELECT 1 FROM standing w WHERE w.return_id = e.return_id AND w.what = 'waive'
            AND w.decided > l.queued)))
OR t.entry_id IS NULL AND EXISTS (
    SELECT 1 FROM decisions m JOIN entries n ON n.return_id = m.return_id AND n.judged > l.queued
    WHERE m.id = t.decision_id AND m.what = 'extend'
    AND ifnull((SELECT what FROM standing x WHERE x.entry_id = n.id ORDER BY x.id DESC LIMIT 1),
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
MARK_OVERTAKEN_SQL = (
    f"UPDATE tells SET overtaken = 1 WHERE rowid IN"  # noqa: S608  our own words
    f" (SELECT row FROM ({_ONE}) WHERE why IS NOT NULL)"
)
# Of what is to be told anew and is decided or settled before anything is written of it.
OVERTAKEN_ANEW_SQL = (
    f"SELECT row FROM ({_TELLS} WHERE l.retold = 'anew' AND t.overtaken = 0)"  # noqa: S608
    " WHERE why IN (1, 2)"
)
MARK_OVERTAKEN_ANEW_SQL = f"UPDATE tells SET overtaken = 1 WHERE rowid IN ({OVERTAKEN_ANEW_SQL})"  # noqa: S608
_SAID = {1: LetterReason.DECIDED_SINCE, 2: LetterReason.SETTLED, 3: LetterReason.FOLLOWED}


# Of rows `t`, and letters `l`: those that stand, which is all but those that are told anew.
STANDS_SQL = (
    f"NOT (l.retold = 'anew'"
    f" OR (l.state = 'called back' AND l.reason IN {reasons_sql(RETOLD_REASONS)}))"
)


def told_in_letter_sql(column: str, of: str, also: str = "") -> str:
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
        f" AND {STANDS_SQL.replace('l.', 'm.')}"
    )
    anew = f"{rows} AND NOT ({STANDS_SQL}) AND t.overtaken = 0 AND NOT EXISTS ({stands_for_them})"
    return f"(EXISTS ({rows} AND {STANDS_SQL}) AND NOT EXISTS ({anew}))"


def contacts_told(
    database: RegisterDatabase, column: str, of: int, agency_id: int
) -> frozenset[int | None]:
    """Who of an agency is told of it in a letter that stands, by their numbers."""
    sql = (
        "SELECT DISTINCT l.contact_id FROM tells t JOIN letters l ON l.id = t.letter_id"  # noqa: S608
        f" WHERE t.{column} = ? AND +l.agency_id = ? AND {STANDS_SQL}"
    )
    return frozenset(row["contact_id"] for row in database.fetch_rows(sql, of, agency_id))


# Of an alert: whether its outage is over, or a digest has left since, which ends one at the end of
# the round; and of the word that one is over, whether nobody was told that it began.
_OVER_BEFORE_TOLD = f"""
SELECT 1 FROM letters l JOIN outages o ON o.id = l.outage_id WHERE l.id = ? AND
CASE WHEN l.outage_over THEN NOT EXISTS (
    SELECT 1 FROM letters b WHERE b.outage_id = o.id AND NOT b.outage_over
    AND b.state NOT IN ('queued', 'called back'))
ELSE o.over IS NOT NULL OR (o.kind = '{OutageKind.DIGEST.value}'
    AND (SELECT state FROM letters WHERE kind = 'digest' ORDER BY id DESC LIMIT 1) = 'sent')
END
"""  # noqa: S608  our own words


def is_over_before_told(database: RegisterDatabase, letter_id: int) -> bool:
    """Whether an alert would tell of an outage that was over before anybody was told of it."""
    return database.fetch_row(_OVER_BEFORE_TOLD, letter_id) is not None


def overtaken_reason(database: RegisterDatabase, letter_id: int) -> LetterReason | None:
    """Why a letter is not so any more, or None."""
    why = [row["why"] for row in database.fetch_rows(_ONE, letter_id) if row["why"]]
    return _SAID[min(why)] if why else None


def overtaken_letters(database: RegisterDatabase) -> dict[int, LetterReason]:
    """The letters that no server was given and that are not so any more, and why."""
    found = dict[int, int]()
    for row in database.fetch_rows(f"SELECT id, min(why) AS why FROM ({_UNSENT}) GROUP BY id"):  # noqa: S608
        if row["why"]:
            found[row["id"]] = row["why"]
    return {id: _SAID[why] for id, why in found.items()}
