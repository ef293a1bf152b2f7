"""The spool: the database of everything that came."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the build it picked

from intake.database import RegisterDatabase
from intake.source import DeliveryForm, SourceOffer
from intake.spool import MAX_JUDGING_TRIES, Delivery, Spool
from intake.vault import Vault
from tests.known_sources import DROP, MAIL_1, MAIL_2, KnownSource

NOW = datetime(2010, 4, 1, 9, 30, tzinfo=UTC)
DROPPED = SourceOffer("place-1", "GP", "N12")


@pytest.fixture
def taken(spool: Spool) -> Delivery:
    spool.take_delivery(DROP, DROPPED, b"bytes", NOW)
    return spool.get(1)


def judged(spool: Spool, database: RegisterDatabase, delivery: Delivery) -> None:
    with database.transaction():
        spool.mark_judged(delivery)


def test_what_is_taken_is_in_the_vault_and_told_in_full(
    spool: Spool, vault: Vault, taken: Delivery
) -> None:
    assert taken == Delivery(
        id=1,
        source="drop",
        form=DeliveryForm.FILE,
        place="place-1",
        agency="GP",
        case="N12",
        content=vault.keyed_hash(b"bytes"),
        received=NOW,
        state="spooled",
        tries=0,
    )
    assert taken.is_file
    assert vault.read_original(taken.content) == b"bytes"
    assert spool.waiting_deliveries() == [taken]


def test_times_are_kept_in_utc(spool: Spool) -> None:
    summer = datetime.fromisoformat("2010-04-01T10:30:00+01:00")
    spool.take_delivery(DROP, DROPPED, b"bytes", summer)
    assert spool.get(1).received.isoformat() == "2010-04-01T09:30:00+00:00"


@pytest.mark.parametrize(
    "folder",
    ["Zebedee Quillfeather", "Zoë", os.fsdecode(b"\xff\xfe"), "\u202excod", "", "a" * 255],
)
def test_a_folders_name_is_kept_sealed_and_comes_back(
    spool: Spool, database: RegisterDatabase, folder: str
) -> None:
    """Promise 7: agencies make these folders, and may name them after a child."""
    spool.take_delivery(DROP, SourceOffer("place-1", "GP", folder), b"bytes", NOW)
    assert spool.get(1).case == folder
    kept = database.fetch_row("SELECT hint FROM deliveries")
    assert kept is not None
    assert len(folder) < 3 or os.fsencode(folder) not in kept["hint"]


def test_the_names_of_the_agencys_folder_and_of_the_file_are_sealed_too(
    spool: Spool, database: RegisterDatabase
) -> None:
    """Promise 7."""
    spool.take_delivery(
        DROP, SourceOffer("place-1", "Quillfeather", name="Zebedee.docx"), b"bytes", NOW
    )
    assert (spool.get(1).agency, spool.get(1).name) == ("Quillfeather", "Zebedee.docx")
    row = database.fetch_row("SELECT agency, name FROM deliveries")
    assert row is not None
    assert b"Quillfeather" not in row["agency"]
    assert b"Zebedee" not in row["name"]


def test_of_a_source_that_proves_no_agency_none_is_believed(spool: Spool) -> None:
    """Whatever it offers: a file of nobody's is for a person, and mail is proven by its sender."""
    unproven = KnownSource("portal", DeliveryForm.FILE)
    spool.take_delivery(unproven, DROPPED, b"bytes", NOW)
    (taken,) = spool.waiting_deliveries()
    assert (taken.form, taken.agency) == (DeliveryForm.FILE, None)


def test_what_stays_at_its_source_is_one_delivery_until_it_changes(spool: Spool) -> None:
    """Also after a restart, when the source no longer knows that it was taken."""
    there = SourceOffer("place-1", "GP", stays=True)
    took = []
    for content in (b"one", b"one", b"two", b"two", b"one"):
        took.append(spool.take_delivery(DROP, there, content, NOW))
        for delivery in spool.waiting_deliveries():
            spool.mark_judged(delivery)
        for delivery in spool.deliveries_to_release("drop"):
            spool.mark_released([delivery], NOW)
    assert took == [True, False, True, False, True]


def test_there_is_no_row_before_its_bytes_are_safe(
    spool: Spool, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 61."""

    def full(_: bytes) -> str:
        raise OSError

    monkeypatch.setattr(vault, "store_original", full)
    with pytest.raises(OSError):
        spool.take_delivery(DROP, DROPPED, b"bytes", NOW)
    assert spool.waiting_deliveries() == []


@pytest.mark.parametrize("source", [DROP, MAIL_1], ids=["drop", "mail-1"])
def test_the_same_arrival_again_before_its_release_is_one_delivery(
    spool: Spool, source: KnownSource
) -> None:
    """Promise 2: a crash before the release leaves it at its source."""
    assert spool.take_delivery(source, DROPPED, b"bytes", NOW)
    assert not spool.take_delivery(source, DROPPED, b"bytes", NOW)
    assert len(spool.waiting_deliveries()) == 1


def test_other_bytes_in_the_same_place_are_a_new_arrival(spool: Spool) -> None:
    """Failure mode 25."""
    assert spool.take_delivery(DROP, DROPPED, b"bytes", NOW)
    assert spool.take_delivery(DROP, DROPPED, b"other", NOW)
    assert [d.id for d in spool.waiting_deliveries()] == [1, 2]


def test_the_same_bytes_in_two_places_are_two_deliveries_of_one_blob(
    spool: Spool, tmp_path: Path
) -> None:
    spool.take_delivery(DROP, DROPPED, b"bytes", NOW)
    spool.take_delivery(DROP, SourceOffer("place-2", "POL"), b"bytes", NOW)
    one, other = spool.waiting_deliveries()
    assert one.content == other.content
    assert len(list((tmp_path / "vault").glob("??/*"))) == 1


def test_a_file_put_there_again_after_its_release_is_a_new_delivery(
    spool: Spool, database: RegisterDatabase, taken: Delivery
) -> None:
    judged(spool, database, taken)
    spool.mark_released([taken], NOW)
    assert spool.take_delivery(DROP, DROPPED, b"bytes", NOW)
    assert [d.id for d in spool.waiting_deliveries()] == [2]


def test_a_message_is_known_by_its_place_for_ever(spool: Spool, database: RegisterDatabase) -> None:
    """Failure modes 6 and 7."""
    offer = SourceOffer("INBOX/7/1")
    assert not spool.known_places(MAIL_1, [offer.place])
    spool.take_delivery(MAIL_1, offer, b"mail", NOW)
    judged(spool, database, spool.get(1))
    spool.mark_released([spool.get(1)], NOW)
    assert spool.known_places(MAIL_1, [offer.place])
    assert not spool.known_places(MAIL_2, [offer.place])
    assert not spool.take_delivery(MAIL_1, offer, b"mail", NOW)


def test_a_dropped_file_must_be_read_to_be_known(spool: Spool, taken: Delivery) -> None:
    assert not spool.known_places(DROP, [taken.place])


def test_nothing_is_released_before_it_is_dealt_with(
    spool: Spool, database: RegisterDatabase, taken: Delivery
) -> None:
    assert spool.deliveries_to_release("drop") == []
    judged(spool, database, taken)
    assert [d.id for d in spool.deliveries_to_release("drop")] == [1]
    assert spool.deliveries_to_release("mail-1") == []
    spool.mark_released([taken], NOW)
    assert spool.deliveries_to_release("drop") == []


def test_after_three_tries_it_is_set_aside_and_let_go(spool: Spool, taken: Delivery) -> None:
    """Promise 6."""
    tried = [spool.begin_try(spool.get(1)) for _ in range(MAX_JUDGING_TRIES + 1)]
    assert tried == [True, True, True, False]
    spool.mark_set_aside(taken)
    assert spool.waiting_deliveries() == []
    assert spool.get(1).state == "set aside"
    assert spool.get(1).tries == MAX_JUDGING_TRIES
    assert [d.state for d in spool.deliveries_to_release("drop")] == ["set aside"]
    assert spool.counts_by_state() == {"spooled": 0, "judged": 0, "set aside": 1}


def test_a_try_that_was_no_fault_of_the_delivery_is_not_counted(
    spool: Spool, taken: Delivery
) -> None:
    for _ in range(MAX_JUDGING_TRIES + 2):
        assert spool.begin_try(spool.get(1))
        spool.uncount_try(taken)
    assert spool.get(1).tries == 0


def test_what_was_tried_in_vain_comes_after_what_was_not(spool: Spool, vault: Vault) -> None:
    """Failure mode 104: everybody behind it would wait."""
    for n in (1, 2):
        spool.take_delivery(MAIL_1, SourceOffer(f"place {n}"), b"bytes %d" % n, NOW)
    first, second = spool.waiting_deliveries()
    spool.begin_try(first)
    assert [delivery.id for delivery in spool.waiting_deliveries()] == [second.id, first.id]


def test_what_was_set_aside_can_still_be_judged(
    spool: Spool, database: RegisterDatabase, taken: Delivery
) -> None:
    for _ in range(MAX_JUDGING_TRIES):
        spool.begin_try(spool.get(1))
    spool.mark_set_aside(taken)
    judged(spool, database, taken)
    assert spool.counts_by_state() == {"spooled": 0, "judged": 1, "set aside": 0}


def test_a_judgement_that_is_rolled_back_leaves_it_waiting(
    spool: Spool, database: RegisterDatabase, taken: Delivery
) -> None:
    with pytest.raises(KeyError), database.transaction():
        spool.mark_judged(taken)
        raise KeyError
    assert spool.waiting_deliveries() == [taken]


def test_one_that_does_not_exist_is_a_key_error(spool: Spool) -> None:
    with pytest.raises(KeyError):
        spool.get(404)


# What the schema itself refuses, whoever asks.

_ADD = (
    "INSERT INTO deliveries (source, form, place, content, size, received, state, tries, released)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ROW = {
    "source": "drop",
    "form": "file",
    "place": "p",
    "content": "c",
    "size": 1,
    "received": "t",
    "state": "spooled",
    "tries": 0,
    "released": None,
}


def add(database: RegisterDatabase, **other: object) -> None:
    database.execute_insert(_ADD, *({**_ROW, **other}).values())


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": None},
        {"form": None},
        {"form": "letter"},
        {"place": None},
        {"content": None},
        {"size": None},
        {"received": None},
        {"size": "large"},  # STRICT
        {"tries": "two"},  # STRICT
        {"state": "lost"},
        {"tries": -1},
        {"tries": 4},
        {"state": "set aside", "tries": 2},
        {"state": "spooled", "released": "t"},
    ],
    ids=str,
)
def test_the_schema_refuses_a_row_that_makes_no_sense(
    database: RegisterDatabase, wrong: dict[str, object]
) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        add(database, **wrong)
    add(database)


def test_the_schema_refuses_one_message_twice(database: RegisterDatabase) -> None:
    add(database, source="mail-1", form="message")
    add(database, source="mail-2", form="message")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        add(database, source="mail-1", form="message", content="other")


def test_the_schema_refuses_one_file_twice_until_it_is_let_go(database: RegisterDatabase) -> None:
    add(database, state="judged")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        add(database)
    database.execute_change("UPDATE deliveries SET released = 't'")
    add(database)


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("spooled", "judged", True),
        ("spooled", "set aside", True),
        ("set aside", "judged", True),
        ("judged", "judged", True),
        ("judged", "spooled", False),
        ("judged", "set aside", False),
        ("set aside", "spooled", False),
    ],
)
def test_a_delivery_only_moves_forward(
    database: RegisterDatabase, before: str, after: str, allowed: bool
) -> None:
    add(database, state=before, tries=3)
    sql = "UPDATE deliveries SET state = ?"
    if allowed:
        assert database.execute_change(sql, after) == 1
    else:
        with pytest.raises(sqlite3.IntegrityError, match="go back"):
            database.execute_change(sql, after)


@pytest.mark.parametrize(
    "column", ["id", "source", "form", "place", "agency", "hint", "name", "content", "size"]
)
def test_what_came_is_never_changed(database: RegisterDatabase, column: str) -> None:
    add(database)
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        database.execute_change(f"UPDATE deliveries SET {column} = {column}")


def test_when_it_came_is_put_right_until_it_is_judged_and_never_after(
    database: RegisterDatabase,
) -> None:
    """What comes while the clock is doubted is written down as of the last round."""
    add(database)
    assert database.execute_change("UPDATE deliveries SET received = 'later'") == 1
    database.execute_change("UPDATE deliveries SET state = 'judged'")
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        database.execute_change("UPDATE deliveries SET received = received")


def test_a_delivery_is_never_deleted_nor_replaced(database: RegisterDatabase) -> None:
    add(database)
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        database.execute_change("DELETE FROM deliveries")
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        database.execute_insert("INSERT OR REPLACE INTO deliveries SELECT * FROM deliveries")


@pytest.mark.parametrize("when", ["later", None])
def test_a_delivery_is_let_go_once(database: RegisterDatabase, when: str | None) -> None:
    add(database, state="judged", released="t")
    with pytest.raises(sqlite3.IntegrityError, match="once"):
        database.execute_change("UPDATE deliveries SET released = ?", when)


MAIL = SourceOffer("folder.1.7", singular=True)
AGAIN = SourceOffer("folder.2.1", singular=True)


def test_what_a_delivery_came_to_is_kept_for_its_source(
    spool: Spool, database: RegisterDatabase, taken: Delivery
) -> None:
    assert taken.outcome is None
    with database.transaction():
        spool.mark_judged(taken, "held")
    assert [d.outcome for d in spool.deliveries_to_release("drop")] == ["held"]


def test_a_message_too_large_to_fetch_is_known_as_one(spool: Spool) -> None:
    spool.take_delivery(MAIL_1, MAIL, b"From: a@agency.example\r\n\r\n", NOW, oversize=True)
    assert [d.oversize for d in spool.waiting_deliveries()] == [True]


def test_asking_whether_a_message_is_known_looks_nothing_through(
    spool: Spool, database: RegisterDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mailbox that people read may hold ten thousand, and each is asked about at every look."""
    asked: list[str] = []
    actual = database.fetch_rows
    monkeypatch.setattr(
        database, "fetch_rows", lambda sql, *v: (asked.append(sql), actual(sql, *v))[1]
    )
    assert not spool.known_places(MAIL_1, ["folder.1.7"])
    steps = [
        row["detail"] for row in database.fetch_rows(f"EXPLAIN QUERY PLAN {asked[0]}", "a", "[]")
    ]
    assert len(asked) == 2  # one of them here
    assert [step for step in steps if "SEARCH" in step]
    assert not [step for step in steps if "SCAN" in step and "deliveries" in step]


def test_the_same_message_in_a_folder_numbered_anew_is_not_taken_twice(
    spool: Spool, database: RegisterDatabase
) -> None:
    """Failure mode 6: what it was called is worth nothing any more, what it says is."""
    assert spool.take_delivery(MAIL_1, MAIL, b"bytes", NOW)
    assert not spool.take_delivery(MAIL_1, AGAIN, b"bytes", NOW)
    assert spool.take_delivery(MAIL_1, SourceOffer("folder.2.2", singular=True), b"other", NOW)
    assert spool.known_places(MAIL_1, [AGAIN.place])
    assert [d.place for d in spool.waiting_deliveries()] == ["folder.1.7", "folder.2.2"]


def test_a_message_met_again_is_let_go_at_both_its_places(
    spool: Spool, database: RegisterDatabase
) -> None:
    """Failure mode 6: numbered anew between being taken and being let go."""
    spool.take_delivery(MAIL_1, MAIL, b"bytes", NOW)
    spool.take_delivery(MAIL_1, AGAIN, b"bytes", NOW)
    judged(spool, database, spool.get(1))
    held = spool.deliveries_to_release("mail-1")
    assert [(d.id, d.place) for d in held] == [(1, MAIL.place), (1, AGAIN.place)]
    for delivery in held:
        spool.mark_released([delivery], NOW)
    assert spool.deliveries_to_release("mail-1") == []


def test_what_a_person_put_back_after_it_was_let_go_is_left_where_it_is(
    spool: Spool, database: RegisterDatabase
) -> None:
    spool.take_delivery(MAIL_1, MAIL, b"bytes", NOW)
    judged(spool, database, spool.get(1))
    spool.mark_released([spool.get(1)], NOW)
    assert not spool.take_delivery(MAIL_1, AGAIN, b"bytes", NOW)
    assert spool.deliveries_to_release("mail-1") == []


def test_the_same_bytes_from_another_source_are_a_delivery_of_its_own(spool: Spool) -> None:
    assert spool.take_delivery(MAIL_1, MAIL, b"bytes", NOW)
    assert spool.take_delivery(MAIL_2, MAIL, b"bytes", NOW)
