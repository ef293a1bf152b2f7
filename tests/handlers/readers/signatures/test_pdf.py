"""Digital signatures on a PDF: whole, unaltered, and whose."""

from __future__ import annotations

import io
import re

import pytest

from handlers.document import Traits
from handlers.readers.pdf.pdf import open_pdf
from handlers.readers.signatures.check import note_signatures
from handlers.readers.signatures.pdf import covers_whole_file, signatures_on
from intake.signatures.signature import SignatureTrust, doubt_about_signatures
from tests.authority import Authority, Holder
from tests.builders_signed import signed_pdf, statement_pdf
from tests.handlers.readers.pdf.pdfs import pdf, text, widget
from tests.handlers.readers.signatures.conftest import ARRIVED

DOCUMENT = statement_pdf()


@pytest.fixture(scope="module")
def signed(officer: Holder) -> bytes:
    return signed_pdf(DOCUMENT, officer)


def names(data: bytes, trust: SignatureTrust) -> list[str]:
    return [s.signer.name for s in signatures_on(data, trust) if s.is_proven and s.signer]


def test_one_that_holds_says_who_signed(signed: bytes, trust: SignatureTrust) -> None:
    (found,) = signatures_on(signed, trust)
    assert found.is_proven
    assert found.signer is not None
    assert (found.signer.name, found.signer.addresses) == ("Commissioner One", ("one@gp.example",))


def test_two_officers_may_sign_one_after_the_other(
    signed: bytes, shire: Authority, trust: SignatureTrust
) -> None:
    both = signed_pdf(signed, shire.issue("Commissioner Two"), field="Signature2")
    assert names(both, trust) == ["Commissioner One", "Commissioner Two"]


@pytest.mark.parametrize(
    ("said", "instead"), [(b"20 May 2010", b"21 May 2010"), (b"Director", b"director")]
)
def test_a_byte_changed_breaks_it(
    signed: bytes, trust: SignatureTrust, said: bytes, instead: bytes
) -> None:
    (found,) = signatures_on(signed.replace(said, instead, 1), trust)
    assert found.broken


def test_a_page_drawn_over_after_signing_breaks_it(signed: bytes, trust: SignatureTrust) -> None:
    """The bytes that were signed are all there; what is read is not what was signed."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    over = generic.StreamObject(stream_data=text(50, 500, "and approved nothing").encode())
    writer.add_stream_to_page(0, writer.add_object(over))
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(signed)
    (found, *_) = signatures_on(out.getvalue(), trust)
    assert found.broken


def test_a_blank_filled_in_after_signing_is_for_a_person(
    officer: Holder, trust: SignatureTrust
) -> None:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    field = widget("date", "Tx", "120 695 300 712")
    once = signed_pdf(pdf(text(50, 700, "Date"), [field], fields="5 0 R"), officer)
    writer = IncrementalPdfFileWriter(io.BytesIO(once))
    blank = writer.root["/AcroForm"]["/Fields"][0]
    blank["/V"] = generic.pdf_string("20/05/2010")
    writer.update_container(blank)
    out = io.BytesIO()
    writer.write(out)
    found = signatures_on(out.getvalue(), trust)
    assert (found[0].doubt, doubt_about_signatures(found)) == ("later", "later")


def test_bytes_added_after_the_signed_ones_are_not_covered(
    signed: bytes, trust: SignatureTrust
) -> None:
    found = signatures_on(signed + b"\n% added\n", trust)
    assert doubt_about_signatures(found)


def test_one_that_leaves_out_more_than_itself_covers_only_part(
    signed: bytes, officer: Holder, trust: SignatureTrust
) -> None:
    """A forger who may choose the signed bytes chooses those before the page's text."""
    start, length, after, rest = map(int, _byte_range(signed))
    cut = signed.replace(
        b"/ByteRange [%d %d %d %d]" % (start, length, after, rest),
        b"/ByteRange [%d %d %d %d]" % (start, length, after, rest - 9),
    )
    assert cut != signed
    assert doubt_about_signatures(signatures_on(cut, trust))


@pytest.mark.parametrize(
    ("data", "byte_range", "whole"),
    [
        (b"head<00ff>tail", (0, 4, 10, 4), True),
        (b"head<00ff>tail", (0, 4, 10, 3), False),
        (b"head<00ff>tail", (1, 3, 10, 4), False),
        (b"head<00ff>tail", (0, 3, 10, 4), False),
        (b"head<00ff>tail", (0, 4, 11, 3), False),
        (b"head<00>X<ff>tail", (0, 4, 13, 4), False),
        (b"head<00ff>tail", (0, 10, 4, 10), False),
    ],
)
def test_a_signature_covers_a_file_when_it_leaves_out_nothing_but_itself(
    data: bytes, byte_range: tuple[int, ...], whole: bool
) -> None:
    assert covers_whole_file(byte_range, data) is whole


@pytest.mark.parametrize("range", ["0 10 20 30", "0 0 0 0", "5 10 20 30", "0 1 2"])
def test_a_field_that_only_claims_to_be_signed_proves_nothing(
    trust: SignatureTrust, range: str
) -> None:
    forged = (
        "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached "
        f"/ByteRange [{range}] /Contents <3003020101> /Name (Commissioner One) >>"
    )
    field = widget("s", "Sig", "0 0 9 9", f"/V {forged}")
    data = pdf(text(50, 700, "Signed"), [field], fields="5 0 R")
    assert open_pdf(data).traits.digital_signature
    traits = Traits(digital_signature=True)
    note_signatures(data, "pdf", trust, traits)
    assert not traits.is_signed_digitally


def test_an_unsigned_field_is_an_empty_blank() -> None:
    field = widget("s", "Sig", "0 0 9 9")
    assert not open_pdf(pdf(text(50, 700, "x"), [field], fields="5 0 R")).traits.digital_signature


def test_the_same_name_from_an_authority_of_its_own_making_proves_nothing(
    trust: SignatureTrust,
) -> None:
    """Same names throughout, other keys."""
    forger = Authority("Shire Authority")
    lookalike = forger.issue("Commissioner One", "one@gp.example")
    (found,) = signatures_on(signed_pdf(DOCUMENT, lookalike, [forger.own]), trust)
    assert found.doubt == "unknown-authority"
    (found,) = signatures_on(signed_pdf(DOCUMENT, forger.own), trust)
    assert found.doubt == "unknown-authority"


def test_without_authorities_nobody_is_believed(signed: bytes) -> None:
    (found,) = signatures_on(signed, SignatureTrust((), ARRIVED))
    assert found.doubt == "unknown-authority"


def test_one_spoilt_signature_spoils_the_other(signed: bytes, trust: SignatureTrust) -> None:
    stranger = Authority("Elsewhere").issue("A Stranger")
    both = signed_pdf(signed, stranger, field="Signature2")
    assert doubt_about_signatures(signatures_on(both, trust)) == "unknown-authority"


def _byte_range(data: bytes) -> list[bytes]:
    found = re.search(rb"/ByteRange \[([\d ]+)\]", data)
    assert found
    return found[1].split()
