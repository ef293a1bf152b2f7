"""Calls a row of the register what a person knows it as: "N12, GP: the chronology".

What the record tells of a row counts before what the row itself says now, which somebody may have
changed; it is all that is left of a row that is gone. Nobody's name is in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import Any

from config.calendar import date_in_words
from config.english import join_with_and
from config.kind import Kinds
from handlers.register.fault import key_parts, row_number
from intake.database import RegisterDatabase, Row

# What the record calls the rows of these tables by number.
_TOLD_AS: Mapping[str, str] = MappingProxyType(
    {
        "contacts": "contact",
        "decisions": "decision",
        "deliveries": "delivery",
        "entries": "entry",
        "letters": "letter",
        "returns": "owed",
    }
)
# The columns that name what another row is of, the nearest first.
_OF: Mapping[str, str] = MappingProxyType(
    {
        "entry_id": "entries",
        "return_id": "returns",
        "letter_id": "letters",
        "contact_id": "contacts",
        "decision_id": "decisions",
        "delivery_id": "deliveries",
        "origin_id": "origins",
        "agency_id": "agencies",
        "case_id": "cases",
    }
)
# When something of a table was, and what it is then called.
_OF_A_DAY: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "destroyed": ("what was destroyed", "at"),
        "officer_absences": ("the administrator's absence", "noted"),
        "outages": ("what was told as not well", "since"),
        "pauses": ("a pause of all letters", "paused"),
        "recoveries": ("a restore of the register", "begun"),
        "trials": ("a trial", "began"),
    }
)
_PLACE = (
    "SELECT c.reference, a.code FROM agencies a JOIN cases c ON c.id = a.case_id WHERE a.id = ?"
)
_DEPTH = 3  # steps from a row to what it is of


@dataclass(frozen=True, slots=True)
class _Named:
    """`place` is "N12, GP", and "" where it is of no case."""

    what: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" if self.place else self.what


class RowNames:
    """Names of rows, as the register and its record have them."""

    def __init__(self, database: RegisterDatabase, kinds: Kinds, zone: tzinfo) -> None:
        """Days are told in `zone`."""
        self._database = database
        self._kinds = kinds
        self._zone = zone
        self._keys = {table.name: table.key for table in database.tables()}

    def name_row(self, table: str, key: str) -> str:
        """ "" for what only its table and number name."""
        named = self._named(table, key, _DEPTH)
        return str(named) if named is not None else ""

    def count_rows(self, table: str) -> int:
        """How many there are; 0 of a table that is none of the register's."""
        if table not in self._keys:
            return 0
        row = self._database.fetch_row(f'SELECT count(*) AS n FROM "{table}"')  # noqa: S608
        return int(row["n"]) if row else 0

    def _named(self, table: str, key: str, depth: int) -> _Named | None:
        row, told = self._row(table, key), self._told(table, key)
        if row is None and not told:
            return None
        what = self._what(table, row, told)
        place = _told_place(told) or self._place(table, row)
        if what is not None:
            return _Named(what, place)
        return self._of_another(table, row, depth) if row is not None and depth else None

    def _what(self, table: str, row: Row | None, told: Mapping[str, Any]) -> str | None:
        """What a person calls it, without its case and agency."""
        if table in ("cases", "agencies"):
            return "the case" if table == "cases" else "the agency as it is registered"
        if table in _OF_A_DAY and row is not None:
            what, column = _OF_A_DAY[table]
            return f"{what}{self._day(row[column])}"
        match table:
            case "returns":
                kind = row["kind"] if row is not None else told.get("kind")
                return f"the {self._noun(kind)}"
            case "contacts":
                return f"the {row['role']}" if row is not None else "somebody registered"
            case "deliveries":
                came = f"what came{self._day(row['received'] if row is not None else told['at'])}"
                return f"{came}{self._as_entries(row)}"
            case "entries":
                at = row["judged"] if row is not None else told["at"]
                kind = told.get("kind") or (row and row["kind"])
                return f"the {self._noun(kind)} that was judged{self._day(at)}"
            case "letters":
                at = told.get("at") or (row and (row["sent"] or row["queued"]))
                return f"the {told.get('kind') or (row and row['kind'])}{self._day(at)}"
            case "decisions":
                at, did = told.get("at"), told.get("did")
                at, did = (at, did) if row is None else (at or row["decided"], did or row["what"])
                return f"the decision '{did}'{self._day(at)}"
        return None

    def _as_entries(self, row: Row | None) -> str:
        """ " as entry 11", the number that commands take; "" of a delivery that has none."""
        sql = "SELECT id FROM entries WHERE delivery_id = ? ORDER BY id"
        found = self._database.fetch_rows(sql, row["id"]) if row is not None else ()
        ids = [str(each["id"]) for each in found]
        return f" as {'entry' if len(ids) == 1 else 'entries'} {join_with_and(ids)}" if ids else ""

    def _of_another(self, table: str, row: Row, depth: int) -> _Named | None:
        """What belongs to another row is called by that one."""
        for column, parent in _OF.items():
            if column in row.keys() and row[column] is not None:  # noqa: SIM118  a Row, no dict
                found = self._named(parent, json.dumps([row[column]]), depth - 1)
                if found is not None:
                    return _Named(f"what is kept of {found.what}", found.place)
        return None

    def _place(self, table: str, row: Row | None) -> str:
        """The case and the agency of a row as it stands."""
        if row is None:
            return ""
        if table == "cases":
            return str(row["reference"])
        columns = row.keys()
        agency = row["id"] if table == "agencies" else None
        agency = row["agency_id"] if "agency_id" in columns else agency
        if table == "deliveries":
            sql = "SELECT agency_id FROM origins WHERE delivery_id = ? AND agency_id NOT NULL"
            origin = self._database.fetch_row(sql, row["id"])
            agency = origin["agency_id"] if origin else None
        if agency is not None and (found := self._database.fetch_row(_PLACE, agency)) is not None:
            return f"{found['reference']}, {found['code']}"
        case = row["case_id"] if "case_id" in columns else None
        sql = "SELECT reference FROM cases WHERE id = ?"
        found = self._database.fetch_row(sql, case) if case is not None else None
        return str(found["reference"]) if found else ""

    def _row(self, table: str, key: str) -> Row | None:
        parts, columns = key_parts(key), self._keys.get(table, ())
        if not columns or len(parts) != len(columns):
            return None
        where = " AND ".join(f'"{column}" = ?' for column in columns)
        sql = f'SELECT * FROM "{table}" WHERE {where}'  # noqa: S608  our own schema's names
        return self._database.fetch_row(sql, *parts)

    def _told(self, table: str, key: str) -> dict[str, Any]:
        """What the record first told of it, with `at`; nothing of what it does not tell."""
        number = next(iter(key_parts(key)), None)
        if table not in _TOLD_AS or type(number) is not int:
            return {}
        sql = (
            "SELECT at, detail FROM record WHERE at IS NOT NULL AND json_extract(detail, ?) = ?"
            " ORDER BY seq LIMIT 1"
        )
        row = self._database.fetch_row(sql, f"$.{_TOLD_AS[table]}", number)
        return {**json.loads(row["detail"]), "at": row["at"]} if row else {}

    def _noun(self, kind: str | None) -> str:
        known = self._kinds.get(kind)
        return known.noun if known else "document"

    def _day(self, at: str | None) -> str:
        """ " on Thursday 1 April 2010"; what somebody wrote there that is no time is left out."""
        try:
            when = datetime.fromisoformat(at or "")
        except ValueError:
            return ""
        return f" on {date_in_words(when.astimezone(self._zone).date())}"


def _told_place(told: Mapping[str, Any]) -> str:
    return ", ".join(str(told[name]) for name in ("case", "agency") if told.get(name))


def numbered(table: str, key: str) -> str:
    """ "(returns, row 12)"."""
    return f"({table}, row {row_number(key)})"
