"""A rule shown at work: one sound document, the smallest change to it, and what that change tells.

Does: names the values of the tables beside this file, and has a document judged whole, from its
bytes, as the worker and then the register would.
Trusts: the kinds that ship; the builders, whose documents are sound until a row changes them.
Never touches: the worker, the register's database; `tests/handlers/judging/test_in_sandbox.py` and
`tests/handlers/test_process_delivery.py` do.
Known limits: a change that cannot but tell a second rule names it in `besides`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from config.kind import Kinds
from config.kind_loading import load_kinds
from config.rules import Rule, Severity
from handlers.context import AgencyFacts, CaseFacts, Context, Subject
from handlers.findings import Judgement
from handlers.judging.arrival import JudgingRequest
from handlers.judging.judging import judge_document
from handlers.register.agency_standing import AgencyStanding, check_against_standing
from intake.signatures.signature import SignatureTrust
from tests.authority import Authority
from tests.builders_package import rewrite

KINDS = load_kinds()

CHILD = Subject("Child N", date(2007, 5, 9), "subject")
MOTHER = Subject("Mother", date(1986, 11, 2), "mother")
CONTEXT = Context(
    today=date(2010, 6, 1),
    case=CaseFacts(
        "N12",
        "N12/A",
        (date(2007, 1, 1), date(2010, 2, 14)),
        ("Information sharing between agencies", "Response to injuries"),
        (CHILD, MOTHER),
    ),
    agency=AgencyFacts("GP", "Meadow Lane Surgery", ("GP", "MLS"), ("Author One",)),
)
# Who signs digitally, and whom the board believes.
_AUTHORITY = Authority()
OFFICER, COLLEAGUE = (_AUTHORITY.issue(name) for name in ("Commissioner One", "Somebody Else"))
STRANGER = Authority("Another Authority").issue("Commissioner One")
TRUST = SignatureTrust((_AUTHORITY.own.der,), datetime(2010, 5, 28, tzinfo=UTC))
STANDING = AgencyStanding(
    owed=frozenset(kind.id for kind in KINDS.pack_kinds),
    here=frozenset({"n12", "n12a"}),
    identifier="n12a",
    day=CONTEXT.today,
)


def altered(docx: bytes) -> bytes:
    """The signed document with another month in it, which nobody signed."""
    return rewrite(docx, "word/document.xml", lambda xml: xml.replace(b"May 2010", b"April 2010"))


@dataclass(frozen=True, slots=True)
class Shown:
    """One row: `document` tells `rule` of the kind, `besides` what cannot be kept from being told
    with it. `standing` is where its agency stands, when the register has a say."""

    rule: str
    document: bytes | Callable[[], bytes]  # called for what takes another program to make
    besides: frozenset[str] = frozenset()
    standing: AgencyStanding = STANDING

    @property
    def made(self) -> bytes:
        return self.document if isinstance(self.document, bytes) else self.document()


@dataclass(frozen=True, slots=True)
class Table:
    """One kind: a sound document and a row for each rule. `always` are the rules that every such
    document is told, being what the kind is for; `told` is what else the sound one is told, since
    nobody can sign in no manner at all."""

    kind: str
    sound: bytes
    rows: tuple[Shown, ...]
    always: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()


def told(
    kind: str, document: bytes, standing: AgencyStanding = STANDING, kinds: Kinds = KINDS
) -> Judgement:
    """The one judgement of this kind that the document comes to."""
    said = judge_document(document, JudgingRequest(CONTEXT, "", "", TRUST), kinds)
    (held,) = check_against_standing(standing, [said], kinds)
    (judgement,) = [judgement for judgement in held if judgement.kind == kind]
    return judgement


_JUDGED: dict[tuple[str, str], Judgement] = {}


def judged(kind: str, row: Shown) -> Judgement:
    """What the row's document comes to; each is judged once."""
    if (kind, row.rule) not in _JUDGED:
        _JUDGED[kind, row.rule] = told(kind, row.made, row.standing)
    return _JUDGED[kind, row.rule]


def rules(judgement: Judgement) -> set[str]:
    return {finding.rule for finding in judgement.findings}


def weighing(kind: str, rule: str, severity: Severity) -> Kinds:
    """The kinds that ship, with the severity of one rule changed, as a board may."""
    changed = KINDS[kind]
    law: Mapping[str, Rule] = {
        **changed.rules,
        rule: replace(changed.rules[rule], severity=severity),
    }
    return Kinds(tuple(replace(k, rules=law) if k.id == kind else k for k in KINDS.all))
