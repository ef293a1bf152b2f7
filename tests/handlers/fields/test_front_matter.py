"""Tables of versions, of whom a copy went to, of short forms, of the family and the like are known
by their headings or their shape; what may hold entries is none of them (failure mode 95)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers.document import Cell, Paragraph, Row
from handlers.fields.front_matter import front_matter_sort

PERIOD = (date(2007, 1, 1), date(2010, 2, 14))
Texts = Sequence[Sequence[str]]


def rows(texts: Texts) -> list[Row]:
    return [
        Row(1, n, tuple(Cell((Paragraph(text),), at) for at, text in enumerate(row)))
        for n, row in enumerate(texts, 1)
    ]


KNOWN: dict[str, tuple[str, Texts]] = {
    "the chronology's own words beside a version": ("versions", [
        ["Version", "Date", "Time", "Author", "Comment"],
        ["1", "01/04/2010", "10:00", "R. Hale", "first draft"],
    ]),
    "a day first": ("versions", [
        ["Date", "Version", "Amended by", "Summary of amendments"],
        ["01/04/2010", "0.1", "R. Hale", "Entries of the paper record added"],
    ]),
    "a title over it": ("versions", [
        ["Document history", "", "", ""],
        ["Ver", "Date", "Who", "What changed"],
        ["v0.1", "1 April 2010", "RH", "Records of 2007 added"],
        ["Final", "12 April 2010", "RH", ""],
    ]),
    "nothing over it": ("versions", [
        ["v0.1", "01/04/2010", "R. Hale", "First draft"],
        ["v0.2", "12/04/2010", "R. Hale", "Second draft"],
    ]),
    "nothing over it and no day": ("versions", [
        ["0.1", "First draft for comment"], ["0.2", "Changes after comments of the panel"],
    ]),
    "issues": ("issues", [
        ["Issue", "Date of issue", "Prepared by", "Details of change"],
        ["1", "01/04/2010", "RH", "New"],
    ]),
    "a distribution list": ("issued", [
        ["Copy no.", "Issued to", "Date issued", "Method"],
        ["1", "A. Body", "12/04/2010", "Secure e-mail"],
    ]),
    "a glossary": ("short-forms", [
        ["Term", "What it means", "Where used"], ["DNA", "Did not attend", "from 2009"],
    ]),
    "staff and when they worked": ("short-forms", [
        ["Staff", "Role", "Employed from", "Employed to"],
        ["HV1", "Health visitor", "01/01/2007", "03/04/2008"],
    ]),
    "a key that nothing heads": ("short-forms", [
        ["HV1", "Health visitor", "East team"], ["SW1", "Social worker", "Duty team"],
    ]),
    "the family": ("family", [
        ["Name", "Relation", "Born", "Notes on household"],
        ["Child N", "Subject", "09/05/2007", "Lived with Mother"],
    ]),
    "a drawing of the family": ("family", [
        ["", "Grandmother (1960)", ""], ["Mother 02/11/1986", "=", "Father (not known)"],
        ["", "Child N 09/05/2007", ""],
    ]),
    "records": ("records", [
        ["Record", "Period covered", "Location", "Accessed on"],
        ["Paper GP record", "2005 to 2010", "Surgery", "01/03/2010"],
    ]),
    "approval": ("approval", [
        ["Approval", "Name", "Signature", "Date"], ["Author", "A. Body", "A. Body", "12/04/2010"],
    ]),
}  # fmt: skip
UNKNOWN: dict[str, Texts] = {
    "a log of contacts": [
        ["Date", "Time", "Author", "Comment"], ["01/02/2009", "10:00", "GP2", "Seen with a rash"],
    ],
    "entries under another's heading": [
        ["Version", "Date", "Event"], ["GP", "01/02/2009", "Seen with a rash on both arms"],
    ],
    "entries counted as issues": [
        ["Issue", "Date", "Details"], ["1", "01/02/2009", "Seen with a bruise on the cheek"],
    ],
    "versions of a day in the period": [
        ["Version", "Date", "Notes"], ["1", "01/02/2009", "Seen with a bruise on the cheek"],
    ],
    "what staff did": [
        ["Staff", "Role", "Date", "Notes"], ["HV1", "Health visitor", "01/02/2009", "Home visit"],
    ],
    "what staff did in a month": [
        ["Staff", "Role", "When", "Notes"], ["HV1", "Health visitor", "Feb 2009", "Home visit"],
    ],
    "codes beside days": [
        ["HV1", "01/02/2009", "Home visit"], ["HV2", "01/03/2009", "Home visit"],
    ],
    "entries without a day": [
        ["GP", "Mother", "Y", "Seen in surgery"], ["GP", "Child N", "N", "Letter filed"],
    ],
    "a short log": [["GP", "Seen in surgery"], ["GP", "Seen again in surgery"]],
    "numbers": [["1", "2"], ["3", "4"]],
    "paragraphs with their numbers": [
        ["8.1", "We saw the child four times in the period and did not ask who lived there."],
        ["8.2", "Supervision."],
    ],
}  # fmt: skip


def test_each_sort_is_known_by_a_heading_or_by_its_shape() -> None:
    told = {name: front_matter_sort(rows(texts), PERIOD) for name, (_, texts) in KNOWN.items()}
    assert told == {name: sort for name, (sort, _) in KNOWN.items()}


def test_what_may_hold_entries_is_none_of_them() -> None:
    assert [name for name, texts in UNKNOWN.items() if front_matter_sort(rows(texts), PERIOD)] == []


def test_without_a_period_a_day_may_be_an_entrys_save_beside_a_version() -> None:
    found = {
        name for name, (_, texts) in KNOWN.items() if front_matter_sort(rows(texts), None) is None
    }
    assert found == {"a distribution list", "records", "approval"}


def test_where_somebody_may_sign_is_no_list_of_versions() -> None:
    signed = [["Version", "Signed", "Name"], ["1.0", "A. Body", "A. Body"]]
    assert front_matter_sort(rows(signed), PERIOD) == "approval"
