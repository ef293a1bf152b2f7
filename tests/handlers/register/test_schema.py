"""Every rule that the schema carries is seen to refuse."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import get_args

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the build it picked

from config.case_file import Role
from handlers.register.decision import DecisionKind
from handlers.register.returns import SETTLED_STATES, ReturnState, state_after
from handlers.register.submissions import BounceProof, EntryVerdict
from handlers.verdict import VERDICTS_BY_WEIGHT
from tests.registry import Registry, judgement

SCHEMA = (Path(__file__).parents[3] / "handlers/schema/01-register.sql").read_text()
STATES: tuple[ReturnState, ...] = get_args(ReturnState)


@pytest.fixture
def filled(registry: Registry) -> Registry:
    """One closed case, two agencies, four contacts, eight returns, one entry
    and a repeat of it, that was assigned; an absence that ended; a delivery without an origin."""
    delivery = registry.log(judgement("chronology"))
    registry.database.execute_insert("INSERT INTO repeats VALUES (?, 1)", delivery.id)
    registry.database.execute_insert(DECISION.format("'assign', 1, 1, 1, NULL, NULL, NULL, NULL"))
    registry.database.execute_change("UPDATE cases SET state = 'closed'")
    registry.database.execute_insert(ENDED.format("'', 1, NULL").replace("(1, 1,", "(1, 2,"))
    registry.database.execute_insert("INSERT INTO leavers VALUES (1, 2, NULL, 0)")
    registry.arrived(b"another")
    return registry


def refused(registry: Registry, sql: str, words: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=words):
        registry.database.execute_insert(sql)


ENTRY = (
    "INSERT INTO entries (delivery_id, position, part, content, case_id, agency_id, kind,"
    " return_id, verdict, sealed, judged) VALUES ({}, x'00', '')"
)
DECISION = (
    "INSERT INTO decisions (what, case_id, agency_id, entry_id, return_id, contact_id, until,"
    " due_version, sealed, decided) VALUES ({}, x'00', '')"
)
UNDO = "INSERT INTO decisions (what, case_id, undoes, sealed, decided) VALUES ({}, x'00', '')"
LED = (
    "INSERT INTO decisions (what, case_id, return_id, lead_id, sealed, decided)"
    " VALUES ({}, x'00', '')"
)
RETURN = "INSERT INTO returns (agency_id, kind, due, state, received, accepted) VALUES ({})"

REHEARSAL = "INSERT INTO rehearsals (delivery_id, agency_id, contact_id, sealed, asked) VALUES {}"

ENDED = (
    "INSERT INTO absences (delivery_id, contact_id, noted, ended, decision_id, back_in)"
    " VALUES (1, 1, '', {})"
)

REFUSED = {
    "a reference is one case's": (
        "INSERT INTO cases (reference, complete_by, sealed) VALUES ('n12', '', x'00')",
        "UNIQUE.*cases.reference",
    ),
    "a case's state": ("UPDATE cases SET state = 'lost'", "CHECK"),
    "an agency is of a case": (
        "INSERT INTO agencies (case_id, code, name) VALUES (9, 'A', 'A')",
        "FOREIGN KEY",
    ),
    "a code is one agency's": (
        "INSERT INTO agencies (case_id, code, name) VALUES (1, 'gp', 'A')",
        "UNIQUE.*agencies",
    ),
    "a contact is of an agency": (
        "INSERT INTO contacts (agency_id, role, address, sealed) VALUES (9, 'author', 'a', x'00')",
        "FOREIGN KEY",
    ),
    "a contact's role": ("UPDATE contacts SET role = 'friend'", "CHECK"),
    "a contact is one for a role": (
        "INSERT INTO contacts (agency_id, role, address, sealed)"
        " SELECT agency_id, role, address, sealed FROM contacts WHERE id = 1",
        "UNIQUE.*contacts",
    ),
    "a return is of an agency": (RETURN.format("9, 'x', '', 'awaited', NULL, NULL"), "FOREIGN KEY"),
    "a return's state": (RETURN.format("1, 'x', '', 'lost', NULL, NULL"), "CHECK"),
    "an agency owes one of each kind": (
        RETURN.format("1, 'imr', '', 'awaited', NULL, NULL"),
        "UNIQUE.*returns",
    ),
    "what is accepted was accepted on a day": (
        RETURN.format("1, 'x', '', 'accepted', '2010-04-01', NULL"),
        "CHECK",
    ),
    "what is rejected was received on a day": (
        RETURN.format("1, 'x', '', 'rejected', NULL, NULL"),
        "CHECK",
    ),
    "the first day stays": (
        "UPDATE returns SET received = '2010-01-01' WHERE id = 1",
        "first received does not change",
    ),
    "the first day is not taken away": (
        "UPDATE returns SET received = NULL WHERE id = 1",
        "first received does not change",
    ),
    "an origin is of a delivery": ("INSERT INTO origins (delivery_id) VALUES (9)", "FOREIGN KEY"),
    "a delivery has one origin for each agency": (
        "INSERT INTO origins (delivery_id, agency_id) VALUES (1, 1)",
        "UNIQUE.*one_origin",
    ),
    "a mail says more or does not": (
        "INSERT INTO origins (delivery_id, says_more) VALUES (2, 2)",
        "CHECK",
    ),
    "an origin has a number of its own": (
        "INSERT INTO origins (id, delivery_id) VALUES (1, 1)",
        "UNIQUE.*origins.id",
    ),
    "an absence is in a delivery": (
        "INSERT INTO absences (delivery_id, contact_id, noted) VALUES (9, 1, '')",
        "FOREIGN KEY",
    ),
    "an absence is a contact's": (
        "INSERT INTO absences (delivery_id, contact_id, noted) VALUES (1, 9, '')",
        "FOREIGN KEY",
    ),
    "an absence is noted once": (
        "INSERT INTO absences (delivery_id, contact_id, noted) VALUES (1, 1, ''), (1, 1, '')",
        "UNIQUE.*absences",
    ),
    "an absence ends by something": (
        "INSERT INTO absences (delivery_id, contact_id, noted, ended) VALUES (1, 1, '', '')",
        "CHECK",
    ),
    "an absence ends by one thing": (ENDED.format("'', 1, 1"), "CHECK"),
    "what ended an absence says when": (ENDED.format("NULL, 1, NULL"), "CHECK"),
    "a decision ends an absence": (ENDED.format("'', 9, NULL"), "FOREIGN KEY"),
    "a message ends an absence": (ENDED.format("'', NULL, 9"), "FOREIGN KEY"),
    "who leaves is told by an entry": (
        "INSERT INTO leavers VALUES (99, 1, NULL, 0)",
        "FOREIGN KEY",
    ),
    "who leaves is a contact": ("INSERT INTO leavers VALUES (1, 99, NULL, 0)", "FOREIGN KEY"),
    "who leaves is told once by an entry": (
        "INSERT INTO leavers VALUES (1, 2, NULL, 1)",
        "UNIQUE.*leavers",
    ),
    "who leaves has left or not": ("INSERT INTO leavers VALUES (1, 1, NULL, 2)", "CHECK"),
    "who leaves is never deleted": ("DELETE FROM leavers", "never deleted"),
    "an absence ends once": ("UPDATE absences SET ended = 'again'", "ends once"),
    "an absence is never deleted": ("DELETE FROM absences", "never deleted"),
    "a bounce is in a delivery": (
        "INSERT INTO bounces (delivery_id, message_id, weight, noted) VALUES (9, 'x', '', '')",
        "FOREIGN KEY",
    ),
    "a bounce's weight": (
        "INSERT INTO bounces (delivery_id, message_id, weight, noted) VALUES (1, 'x', 'light', '')",
        "CHECK",
    ),
    "why a letter came back": (
        "INSERT INTO bounces (delivery_id, message_id, weight, why, noted)"
        " VALUES (1, 'x', 'hard', 'bad luck', '')",
        "CHECK",
    ),
    "what proves a bounce": (
        "INSERT INTO bounces (delivery_id, message_id, weight, proof, noted)"
        " VALUES (1, 'x', 'hard', 'a feeling', '')",
        "CHECK",
    ),
    "a bounce is noted once a letter": (
        "INSERT INTO bounces (delivery_id, message_id, weight, noted)"
        " VALUES (1, 'x', '', ''), (1, 'x', 'hard', '')",
        "UNIQUE.*bounces",
    ),
    "a rehearsal is of a delivery": (REHEARSAL.format("(9, 1, 1, x'00', '')"), "FOREIGN KEY"),
    "a rehearsal is an agency's": (REHEARSAL.format("(1, 9, 1, x'00', '')"), "FOREIGN KEY"),
    "a rehearsal is a contact's": (REHEARSAL.format("(1, 1, 9, x'00', '')"), "FOREIGN KEY"),
    "a delivery is one rehearsal": (
        REHEARSAL.format("(1, 1, 1, x'00', ''), (1, 1, 2, x'00', '')"),
        "UNIQUE.*rehearsals",
    ),
    "an origin's agency is one": (
        "INSERT INTO origins (delivery_id, agency_id) VALUES (2, 9)",
        "FOREIGN KEY",
    ),
    "a contact comes with an agency": (
        "INSERT INTO origins (delivery_id, contact_id) VALUES (2, 1)",
        "CHECK",
    ),
    "an origin stands": (
        "UPDATE origins SET agency_id = 2 WHERE delivery_id = 1",
        "never changed",
    ),
    "an entry is of a delivery": (
        ENTRY.format("9, 1, 1, 'x', 1, 1, 'imr', 2, 'accept'"),
        "FOREIGN KEY",
    ),
    "an entry's verdict": (ENTRY.format("1, 2, 1, 'x', 1, 1, 'imr', 2, 'perhaps'"), "CHECK"),
    "one entry for a place in a delivery": (
        ENTRY.format("1, 1, 1, 'x', 1, 1, 'imr', 2, 'accept'"),
        "UNIQUE.*entries",
    ),
    "a return comes with an agency": (
        ENTRY.format("1, 2, 1, 'x', 1, NULL, 'imr', 2, 'accept'"),
        "CHECK",
    ),
    "an agency comes with a case": (
        ENTRY.format("1, 2, 1, 'x', NULL, 1, 'imr', NULL, 'refer'"),
        "CHECK",
    ),
    "what is of no case is for a person": (
        ENTRY.format("1, 2, 1, 'x', NULL, NULL, 'imr', NULL, 'accept'"),
        "CHECK",
    ),
    "the same bytes are one entry": (
        "INSERT INTO entries SELECT NULL, delivery_id, 7, part, content, case_id, agency_id, kind,"
        " return_id, verdict, reason, decision_id, sealed, judged FROM entries",
        "UNIQUE.*one_entry",
    ),
    "a repeat is of an entry": ("INSERT INTO repeats VALUES (1, 9)", "FOREIGN KEY"),
    "a repeat is of a delivery": ("INSERT INTO repeats VALUES (9, 1)", "FOREIGN KEY"),
    "a repeat is told once": ("INSERT INTO repeats VALUES (1, 1)", "UNIQUE"),
    "an entry is never changed": ("UPDATE entries SET verdict = 'hold'", "never changed"),
    "an entry is never deleted": ("DELETE FROM entries", "never deleted"),
    "an entry's decision is one": (
        "INSERT INTO entries SELECT NULL, delivery_id, 7, 7, content,"
        " case_id, agency_id, kind, return_id, verdict, reason, 9, sealed, judged FROM entries",
        "FOREIGN KEY",
    ),
    "a closed case is reopened first": ("UPDATE cases SET state = 'on hold'", "reopened first"),
    "a contact's state": ("UPDATE contacts SET state = 'lost'", "CHECK"),
    "a contact is never deleted": ("DELETE FROM contacts", "never deleted"),
    "what is decided": (DECISION.format("'hope', 1, 1, NULL, 1, NULL, NULL, NULL"), "CHECK"),
    "an entry is accepted": (DECISION.format("'accept', 1, 1, NULL, 1, NULL, NULL, NULL"), "CHECK"),
    "a contact is paused": (
        DECISION.format("'pause', 1, 1, NULL, NULL, NULL, '2010-05-04', NULL"),
        "CHECK",
    ),
    "a return is waived": (DECISION.format("'waive', 1, 1, NULL, NULL, NULL, NULL, NULL"), "CHECK"),
    "more time ends": (DECISION.format("'extend', 1, 1, NULL, 1, NULL, NULL, 2"), "CHECK"),
    "more time is a due date": (
        DECISION.format("'extend', 1, 1, NULL, 1, NULL, '2010-05-04', NULL"),
        "CHECK",
    ),
    "a decision's agency comes with a case": (
        DECISION.format("'reject', NULL, 1, 1, NULL, NULL, NULL, NULL"),
        "CHECK",
    ),
    "what belongs to no case is put away at most": (
        DECISION.format("'accept', NULL, NULL, 1, NULL, NULL, NULL, NULL"),
        "CHECK",
    ),
    "a decision's case is one": (
        DECISION.format("'hold', 9, NULL, NULL, NULL, NULL, NULL, NULL"),
        "FOREIGN KEY",
    ),
    "a decision's agency is one": (
        DECISION.format("'waive', 1, 9, NULL, 1, NULL, NULL, NULL"),
        "FOREIGN KEY",
    ),
    "a decision's entry is one": (
        DECISION.format("'accept', 1, 1, 9, NULL, NULL, NULL, NULL"),
        "FOREIGN KEY",
    ),
    "a decision's return is one": (
        DECISION.format("'waive', 1, 1, NULL, 99, NULL, NULL, NULL"),
        "FOREIGN KEY",
    ),
    "a decision's contact is one": (
        DECISION.format("'remove', 1, 1, NULL, NULL, 99, NULL, NULL"),
        "FOREIGN KEY",
    ),
    "only agreements are taken together": (LED.format("'hold', 1, NULL, 1"), "CHECK"),
    "the first of those taken together is one": (LED.format("'waive', 1, 1, 99"), "FOREIGN KEY"),
    "what is undone is named": (UNDO.format("'undo', 1, NULL"), "CHECK"),
    "only an undoing undoes": (UNDO.format("'hold', 1, 1"), "CHECK"),
    "what is undone was decided": (UNDO.format("'undo', 1, 99"), "FOREIGN KEY"),
    "a decision is by mail or not": (
        "INSERT INTO decisions (what, case_id, by_mail, sealed, decided)"
        " VALUES ('hold', 1, 2, x'00', '')",
        "CHECK",
    ),
    "an entry is assigned once": (
        DECISION.format("'assign', 1, 1, 1, NULL, NULL, NULL, NULL"),
        "what was assigned stays so",
    ),
    "an entry is withdrawn once": (
        "INSERT INTO decisions (what, case_id, agency_id, entry_id, sealed, decided)"
        " VALUES ('withdraw', 1, 1, 1, x'00', ''), ('withdraw', 1, 1, 1, x'00', '')",
        "UNIQUE.*decisions",
    ),
    "a decision is never changed": ("UPDATE decisions SET what = 'hold'", "never changed"),
    "a decision is never deleted": ("DELETE FROM decisions", "never deleted"),
    "the record is never changed": ("UPDATE record SET what = ''", "never changed"),
    "the record is never deleted": ("DELETE FROM record", "never deleted"),
    "a row has one last digest": (
        "INSERT INTO row_proofs SELECT of_table, row_key, '' FROM row_proofs",
        "UNIQUE.*row_proofs",
    ),
    "the record begins with one": (
        "INSERT INTO record (seq, at, what, detail, seal) VALUES (0, '', '', '', 'x')",
        "CHECK",
    ),
    "only digests have no time": (
        "INSERT INTO record (seq, at, what, detail, seal) VALUES (999, NULL, 'moved', '', 'x')",
        "CHECK.*rows",
    ),
    "a row of the record has a number of its own": (
        "INSERT INTO record (seq, at, what, detail, seal) VALUES (1, '', '', '', 'x')",
        "UNIQUE.*record.seq",
    ),
    "a seal stands once": (
        "INSERT INTO record SELECT 999, at, what, detail, seal FROM record WHERE seq = 1",
        "UNIQUE.*record.seal",
    ),
    "what is used is not deleted": ("DELETE FROM cases", "FOREIGN KEY"),
    "a column has its type": ("UPDATE returns SET due_version = 'soon'", "cannot store TEXT"),
}


@pytest.mark.parametrize("rule", REFUSED)
def test_the_schema_refuses_what_breaks_its_rule(filled: Registry, rule: str) -> None:
    """Failure mode 59."""
    refused(filled, *REFUSED[rule])


def test_the_same_bytes_not_recognised_are_one_entry_too(filled: Registry) -> None:
    row = ENTRY.format("1, {}, 1, 'same', 1, 1, NULL, NULL, 'refer'")
    filled.database.execute_insert(row.format(2))
    refused(filled, row.format(3), "one_entry")


def test_mail_of_no_case_may_come_again(filled: Registry) -> None:
    for position in (2, 3):
        filled.database.execute_insert(
            ENTRY.format(f"1, {position}, 1, 'same', NULL, NULL, NULL, NULL, 'hold'")
        )


def test_no_rule_of_the_schema_is_left_out_here() -> None:
    """A rule added to the schema changes these numbers, and wants its line in REFUSED."""
    text = re.sub(r"--.*", "", SCHEMA)
    rules = len(re.findall(r"\bCHECK \(|\bUNIQUE\b|\bPRIMARY KEY\b|CREATE TRIGGER", text))
    references = len(re.findall(r"\bREFERENCES\b", text))
    assert (rules, references) == (69, 30)


# Where a return may move

MAY: dict[ReturnState, set[ReturnState]] = {
    "awaited": {"rejected", "referred", "accepted", "nil", "outside", "waived"},
    "rejected": {"referred", "accepted", "nil", "outside", "waived"},
    "referred": {"rejected", "accepted", "nil", "outside", "waived"},
    "accepted": {"awaited", "rejected", "referred"},
    "nil": {"awaited", "rejected", "referred", "accepted"},
    "outside": {"awaited", "rejected", "referred", "accepted"},
    "waived": {"awaited", "rejected", "referred", "accepted"},
}


@pytest.mark.parametrize(("old", "new"), list(itertools.product(STATES, STATES)))
def test_a_return_moves_along_allowed_edges_alone(
    registry: Registry, old: ReturnState, new: ReturnState
) -> None:
    day = "2010-04-01"
    sql = RETURN.format(f"1, 'x', '{day}', '{old}', '{day}', '{day}'")
    id = registry.database.execute_insert(sql)
    move = f"UPDATE returns SET state = '{new}' WHERE id = {id}"
    if new == old or new in MAY[old]:
        assert registry.database.execute_change(move) == 1
    else:
        refused(registry, move, "cannot move that way")


def test_no_verdict_asks_for_a_move_that_the_schema_refuses() -> None:
    for state, verdict in itertools.product(STATES, VERDICTS_BY_WEIGHT):
        assert state_after(state, verdict) in {state, *MAY[state]}


def test_from_every_state_a_person_can_settle_or_reopen_a_return() -> None:
    assert all(MAY[state] & (SETTLED_STATES | {"awaited"}) for state in STATES)


# The words of the schema are those of the types


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("returns", "state", set(STATES)),
        ("entries", "verdict", set(get_args(EntryVerdict))),
        ("contacts", "role", set(get_args(Role))),
        ("decisions", "what", set(get_args(DecisionKind))),
        ("bounces", "proof", set(get_args(BounceProof)) - {""}),
    ],
)
def test_the_schema_and_the_types_name_the_same_words(
    table: str, column: str, words: set[str]
) -> None:
    body = SCHEMA[SCHEMA.index(f"CREATE TABLE {table}") :]
    listed = re.search(rf"CHECK \({column} IN \((.*?)\)\)", body, re.S)
    assert listed is not None
    assert set(re.findall(r"'([^']+)'", re.sub(r"--.*", "", listed[1]))) == words
