"""What the signatures on a document come to, where the judges look, and through the worker."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from handlers.context import AgencyFacts, CaseFacts, Context
from handlers.document import Traits
from handlers.findings import Finding
from handlers.judging.arrival import JudgingRequest
from handlers.judging.in_sandbox import SandboxJudge
from handlers.readers.signatures import check
from handlers.readers.signatures.check import note_signatures
from handlers.sandbox.client import Worker
from intake.signatures import signature
from intake.signatures.signature import SignatureTrust
from tests import builders as build
from tests.authority import Authority, Holder
from tests.builders_package import rewrite
from tests.builders_signed import signed_docx, signed_pdf, statement_pdf
from tests.registry import KINDS

ROOT = Path(__file__).parents[4]
DOCX, PDF = build.make_statement(signed=""), statement_pdf()
FORMATS = {"docx": (DOCX, signed_docx), "pdf": (PDF, signed_pdf)}
PERIOD = (date(2007, 1, 1), date(2010, 2, 14))
CONTEXT = Context(
    date(2010, 5, 28), CaseFacts("N12", "N12/A", PERIOD), AgencyFacts("GP", "Surgery")
)
formats = pytest.mark.parametrize("format", FORMATS)


def signed(format: str, holder: Holder) -> bytes:
    document, sign = FORMATS[format]
    return sign(document, holder)


def noted(data: bytes, format: str, trust: SignatureTrust | None) -> Traits:
    traits = Traits(digital_signature=True)
    note_signatures(data, format, trust, traits)
    return traits


@formats
def test_who_signed_is_noted(format: str, officer: Holder, trust: SignatureTrust) -> None:
    traits = noted(signed(format, officer), format, trust)
    assert (traits.signers, traits.signature_doubt) == (("Commissioner One",), "")
    assert traits.is_signed_digitally
    assert not traits.is_signature_altered


@formats
def test_a_certificate_counts_on_the_days_it_is_good_for(
    format: str, shire: Authority, trust: SignatureTrust
) -> None:
    day = {n: datetime(2010, 5, n, tzinfo=UTC) for n in (1, 28, 29)}
    ended, to_begin = shire.issue("C", end=day[28]), shire.issue("C", start=day[29])
    last_day, first_day = shire.issue("C", end=day[29]), shire.issue("C", start=day[28])
    for holder, doubt in ((ended, "out-of-date"), (to_begin, "out-of-date")):
        assert noted(signed(format, holder), format, trust).signature_doubt == doubt
    for holder in (last_day, first_day):
        assert noted(signed(format, holder), format, trust).is_signed_digitally


@formats
def test_a_certificate_for_something_else_does_not_count(
    format: str, shire: Authority, trust: SignatureTrust
) -> None:
    server = shire.issue("www.gp.example", uses=(ExtendedKeyUsageOID.SERVER_AUTH,))
    assert noted(signed(format, server), format, trust).signature_doubt == "unknown-authority"
    anything = shire.issue("Commissioner One", uses=())
    assert noted(signed(format, anything), format, trust).is_signed_digitally


@formats
def test_a_signers_name_is_cleaned_and_bounded(
    format: str, shire: Authority, trust: SignatureTrust
) -> None:
    """An authority vouches for a name, not for how it would stand in a letter."""
    (name,) = noted(signed(format, shire.issue("A\u202e\nB" + " C" * 25)), format, trust).signers
    assert name == "A B" + " C" * 25
    nameless = shire.issue(" ", "one@gp.example")
    assert noted(signed(format, nameless), format, trust).signers == ("one@gp.example",)
    assert noted(signed(format, shire.issue(" ")), format, trust).signature_doubt == "unclear"


@formats
def test_where_nobody_says_whom_to_trust_it_is_unchecked(format: str, officer: Holder) -> None:
    assert noted(signed(format, officer), format, None).signature_doubt == "unchecked"


@formats
def test_without_the_extra_it_is_unchecked(
    format: str, officer: Holder, trust: SignatureTrust, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = signed(format, officer)
    monkeypatch.setitem(sys.modules, "pyhanko.sign.validation", None)
    signature.load_if_installed.cache_clear()
    try:
        assert not signature.is_extra_installed()
        assert noted(data, format, trust).signature_doubt == "unchecked"
    finally:
        signature.load_if_installed.cache_clear()


def test_a_document_without_signatures_is_left_alone(trust: SignatureTrust) -> None:
    traits = Traits()
    note_signatures(b"not even a document", "pdf", trust, traits)
    assert traits == Traits()


@formats
def test_what_cannot_be_followed_proves_nothing_and_stops_nothing(
    format: str, trust: SignatureTrust
) -> None:
    assert noted(b"not even a document", format, trust).signature_doubt == "unclear"


def test_the_library_is_loaded_before_confinement_and_not_before_that() -> None:
    """What the fork server shares with its children costs every one of them."""
    code = (
        "import sys, handlers.judging.judging, intake.message; a = 'pyhanko' in sys.modules;"
        "handlers.judging.judging.warm(None);"
        " print(a, 'handlers.readers.signatures.pdf' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "True"], done.stderr


@pytest.fixture(scope="module")
def confined(shire: Authority) -> Iterator[SandboxJudge]:
    with Worker(setup=KINDS) as worker:
        assert worker.confinement().all_refused
        yield SandboxJudge(worker, KINDS, authorities=(shire.own.der,))


def judged(confined: SandboxJudge, data: bytes) -> dict[str, Finding]:
    (judgement,) = confined.judge_in_sandbox(data, JudgingRequest(CONTEXT))
    assert judgement.kind == "evaluation_statement"
    return {finding.rule: finding for finding in judgement.findings}


@formats
def test_in_the_worker_a_statement_signed_digitally_says_by_whom(
    confined: SandboxJudge, format: str, officer: Holder
) -> None:
    found = judged(confined, signed(format, officer))
    assert "by Commissioner One." in found["signed-digitally"].message
    assert found.keys().isdisjoint(
        {"signed-missing", "signed-unproven", "signed-by-another", "signature-altered"}
    )


@formats
def test_in_the_worker_a_stranger_is_a_question(confined: SandboxJudge, format: str) -> None:
    forger = Authority("Shire Authority").issue("Commissioner One")
    found = judged(confined, signed(format, forger))
    assert found["signed-unproven"].severity == "question"
    assert "no authority we know" in found["signed-unproven"].message
    assert "signed-digitally" not in found


@formats
def test_in_the_worker_an_altered_statement_is_a_fault(
    confined: SandboxJudge, format: str, officer: Holder
) -> None:
    whole = signed(format, officer)
    if format == "pdf":
        changed = whole.replace(b"20 May 2010", b"21 May 2010", 1)
    else:
        changed = rewrite(whole, "word/document.xml", lambda xml: xml.replace(b"2010", b"2009"))
    assert changed != whole
    found = judged(confined, changed)
    assert found["signature-altered"].severity == "fault"
    assert found.keys().isdisjoint({"signed-digitally", "signed-unproven"})


def test_in_the_worker_somebody_elses_signature_is_a_question(
    confined: SandboxJudge, shire: Authority
) -> None:
    found = judged(confined, signed("docx", shire.issue("Another Person")))
    assert found["signed-by-another"].where.section == "Name"


def test_the_modules_that_need_the_extra_are_all_named() -> None:
    assert {module.rpartition(".")[2] for module in check.CHECKER_MODULES.values()} == {
        "pdf",
        "word",
    }
