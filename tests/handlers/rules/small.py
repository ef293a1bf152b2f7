"""Every rule of the small returns, each of them a letter of a few lines.

Does: lists the rows, in the order of the kinds' own files. The first rule of most kinds is what
the kind is for: every such letter is told it.
Trusts: `tests/plain_reports.py` for the documents.
Never touches: files.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.builders import with_comment
from tests.handlers.readers.pdf.pdfs import pdf, text
from tests.handlers.rules.shown import STANDING, Shown, Table
from tests.plain_reports import report

NIL = {
    "Agency": "Meadow Lane Surgery",
    "Name": "Commissioner One",
    "Role": "Practice Manager",
    "Date": "20/05/2010",
}
UNKNOWN = "No members of the family are or have been known to the agency."
SEARCHED = "We have searched our paper and electronic records."
COME = replace(STANDING, come=frozenset({"chronology"}))


def letter(title: str, *lines: str) -> bytes:
    return report(title, lines, {})


def labelled(blanks: dict[str, str]) -> list[str]:
    return [f"{label}: {value}" for label, value in blanks.items()]


def nil(*, unknown: str = UNKNOWN, searched: str = SEARCHED, **blanks: str) -> bytes:
    return letter("Nil Return", unknown, searched, *labelled({**NIL, **blanks}))


def nil_dated_in_words() -> bytes:
    """A letter whose day is there, in words that nobody told us of."""
    agency, *rest = labelled({key: value for key, value in NIL.items() if key != "Date"})
    return letter("Nil Return", agency, UNKNOWN, SEARCHED, *rest, "the Ides of last month")


def nil_by_hand() -> bytes:
    """On paper, the name blank in the type, and words that are there and not to be seen."""
    lines = ("Nil Return", UNKNOWN, SEARCHED, *labelled({**NIL, "Name": ""}))
    typed = "\n".join(text(50, 800 - 20 * n, line, 9) for n, line in enumerate(lines))
    return pdf(f"{typed}\nBT /F 8 Tf 3 Tr 50 400 Td (Page one) Tj ET")


def nil_statements() -> Iterator[Shown]:
    """What takes a statement back, or leaves it open."""
    but = "The family is not known to us"
    yield Shown("statement-exception", nil(unknown=f"{but}, apart from Mother."))
    yield Shown("statement-doubt", nil(unknown=f"As far as we know, {but.lower()}."))
    yield Shown("statement-unfinished", nil(unknown=f"{but} so far."))
    yield Shown("statement-limited", nil(unknown=f"{but} since June."))
    yield Shown("statement-some", nil(unknown="The child is not known to us."))
    yield Shown("statement-involved", nil(unknown=f"{but}. The father was treated here."))
    yield Shown("statement-beside", nil(**{"First contact": "14/06/2008"}))
    yield Shown("statement-unsure", nil(searched=f"{SEARCHED} Ask the caretaker."))
    yield Shown("statement-noted", with_comment(nil()))
    yield Shown("statement-draft", nil(Re="DRAFT nil return"))
    yield Shown("statement-unfilled", nil(searched=f"{SEARCHED} [Recipient]"))
    yield Shown("statement-unsigned", nil(Signed="....."))
    yield Shown("statement-unclear", nil(unknown=f"{but} at the Northfield branch."))


def nil_rows() -> Iterator[Shown]:
    yield Shown("blank-template", letter("Nil Return", *labelled(dict.fromkeys(NIL, "....."))))
    yield Shown("placeholder-left", nil(searched=f"{SEARCHED} [insert dates]"))
    yield Shown("handwriting", nil_by_hand(), frozenset({"made-out"}))
    yield Shown("agency-missing", nil(Agency="....."))
    yield Shown("agency-unclear", nil(Agency="The practice"))
    yield Shown(
        "statement-missing",
        nil(unknown="We write about the family."),
        frozenset({"statement-unsure"}),
    )
    yield from nil_statements()
    yield Shown("records-missing", nil(searched="Thank you for your letter."))
    yield Shown("name-missing", nil(Name=""))
    yield Shown("role-missing", nil(Role=""))
    yield Shown("name-unclear", nil(Name="Practice Manager"))
    yield Shown("role-unclear", nil(Role="as above"))
    yield Shown("date-unclear", nil_dated_in_words())
    yield Shown("date-missing", nil(Date=""))
    yield Shown("date-invalid", nil(Date="31/02/2010"))
    yield Shown("date-future", nil(Date="20/05/2011"))
    yield Shown("nil-and-chronology", nil(), standing=COME)


PERSON = {"Name": "Commissioner One", "Role": "Director", "Contact details": "by e-mail"}
REQUEST = {
    "Return": "IMR", "New date": "11/06/2010", "Reason": "an author is away", "Name": "Jane Holt",
}  # fmt: skip


def person(**blanks: str) -> bytes:
    given = {**PERSON, **{key.replace("_", " "): value for key, value in blanks.items()}}
    return letter("Panel Representative", *labelled(given))


def request(**blanks: str) -> bytes:
    given = {**REQUEST, **{key.replace("_", " "): value for key, value in blanks.items()}}
    return letter("Extension Request", *labelled(given))


def person_rows() -> Iterator[Shown]:
    yield Shown("to-confirm", person())
    yield Shown("name-missing", person(Name=""))
    yield Shown("role-missing", person(Role=""))
    yield Shown("contact-missing", person(Contact_details=""))


def request_rows() -> Iterator[Shown]:
    yield Shown("extension-requested", request())
    yield Shown("return-missing", request(Return=""))
    yield Shown("new_date-missing", request(New_date=""))
    yield Shown("new_date-invalid", request(New_date="one day in the summer"))
    vague = "We need more time for the IMR, until some time in July, as our author is away."
    yield Shown("new_date-unclear", letter("Extension Request", vague, "Name: Jane Holt"))
    yield Shown("reason-missing", request(Reason=""))
    yield Shown("name-missing", request(Name=""))


def one_rule(kind: str, rule: str, title: str, *lines: str) -> Table:
    """A kind that comes to the same whatever it says."""
    made = letter(title, *lines)
    return Table(kind, made, (Shown(rule, made),), always=frozenset({rule}))


TABLES = (
    Table("nil_return", nil(), tuple(nil_rows())),
    Table("panel_representative", person(), tuple(person_rows()), frozenset({"to-confirm"})),
    Table(
        "extension_request", request(), tuple(request_rows()), frozenset({"extension-requested"})
    ),
    one_rule("staff_to_interview", "restricted", "Staff to Interview", "HV1 and GP2."),
    one_rule("debrief_slip", "attendance", "De-briefing Attendance Slip", "HV1 will attend."),
    one_rule("scope_alert", "scope-alert", "Scope Alert", "There is another child."),
    one_rule("interview_summary", "not-required", "Interview Summary", "HV1 was seen on Monday."),
)
