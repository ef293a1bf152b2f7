"""What an entry tells of somebody's telephone, post or number."""

from __future__ import annotations

import pytest

from handlers.checks.report.anonymity import may_hold_contact
from handlers.checks.table.private_details import private_details

HELD = {
    "Reported theft. Statement taken by PC Darren Holroyd, tel 01632 960177.": "a telephone number",
    "Mother rang from 07700 900123 and left no message.": "a telephone number",
    "Father can be reached on (01632) 960 177": "a telephone number",
    "Call to +44 7700 900123, no reply.": "a telephone number",
    "Letter to d.holroyd@westmoorpolice.example about the visit.": "an e-mail address",
    "NHS no. 943 476 5919 given by the clinic.": "an NHS number",
    "Mrs Patel of 14 Mill Lane rang about noise.": "an address or postcode",
    "Mr Holroyd moved to NG1 4BT.": "an address or postcode",
}
PLAIN = (
    "Seen by Dr Helen Marsh at the surgery.",
    "Statement taken by PC Darren Holroyd.",
    "Home visit to the address. Mother and Child K seen.",
    "Family moved to a flat at 14 Mill Lane.",
    "Attended the clinic on 12/03/2009 at 17:45 and 18:10.",
    "Crime reference 0112/2345/09 recorded.",
    "Incident 20090312 0456 closed.",
    "Mother rang NHS Direct on 0845 4647 000 for advice.",
    "Referred to the helpline, 0808 800 5000.",
    "Duty desk (01632 960100) took the referral.",
    "Weight 3.4 kg, length 52 cm, head 35 cm.",
    "Ref 12345678901.",
    "Benefit of 65.50 a week from 2 February 2009 to 31 March 2010.",
    "PC 1234 and PC 5678 attended.",
)


@pytest.mark.parametrize("text", HELD)
def test_a_private_detail_in_an_entry_is_told_by_its_sort(text: str) -> None:
    assert private_details(text) == [HELD[text]]


@pytest.mark.parametrize("text", HELD)
def test_what_is_asked_first_of_each_entry_passes_no_detail_by(text: str) -> None:
    assert may_hold_contact(text)


@pytest.mark.parametrize("text", PLAIN)
def test_names_days_references_and_public_numbers_are_none(text: str) -> None:
    assert private_details(text) == []
