"""A place left open in an entry, or a note beside what it tells, is told; what others left open
then, or wrote, is an entry."""

from __future__ import annotations

from pathlib import Path

from handlers.values.entry_notes import holds_entry_note
from handlers.values.gaps import holds_gap

NOT_FINAL = (
    "Head teacher wrote home about attendance (xx% - check with office). Mother agreed to TBC.",
    "Attendance letter sent (xx%).",
    "Attendance at XX% this term.",
    "Attendance was ??% for the spring term.",
    "Mother agreed to TBC.",
    "Home visit by TBC, child seen well.",
    "Child seen by ?? at the clinic and weighed.",
    "Referred on by the school to ??.",
    "Home visit [date] by HV1, no reply.",
    "Visit on [date tbc] by HV1.",
    "Telephone call from mother (date tbc with GP).",
    "Seen in surgery with a cough, tbc with GP.",
    "Seen in surgery with a cough. Tbc with GP.",
    "Insert details of home visit.",
    "Home visit, mother tearful. INSERT.",
    "Home visit, insert outcome here.",
    "Home visit made. Check this.",
    "Home visit made (check this).",
    "Home visit made - check this.",
    "Home visit made, check this with HV1.",
    "Mother seen at clinic - check date.",
    "Strategy discussion held with police and social care (check minutes).",
    "School nurse rang (time?? check with office).",
    "Referral made to social care, [check with AP].",
    "Weight xx kg on centile chart.",
    "Weighed XX.X kg at clinic.",
    "Child aged xx seen at school.",
    "Letter from hospital dated xx/xx/2009.",
    "Fined £xx for non attendance.",
    "Attended xx times that term.",
    "Mother said that [quote to be added].",
    "Police called at TBC hours.",
    "Child absent for xx days (to be checked).",
    "Allocated to ???.",
    "Discussed with [name of social worker - check].",
    "Mother told the HV that she would (need to finish this).",
    "Outcome: TBC.",
    "Outcome - to be confirmed with office.",
    "Spoke to mother; outcome ??.",
    "Seen by GP (which one?).",
)
ENTRIES = (
    "The letter was headed DRAFT.",
    'The letter was headed "DRAFT - not for circulation" and was not sent.',
    "Head asked the school to check with the office.",
    "HV1 asked the school office to check this with the mother.",
    "Mother agreed to check with the GP.",
    "Date of next visit TBC.",
    "Strategy meeting to be held, date TBC.",
    "Discharge plan: follow up TBC by consultant.",
    "?NAI. Skeletal survey requested.",
    "?? fracture of left arm, X-ray arranged.",
    "Query ?? meningitis, admitted for observation.",
    "Treated for ?? chest infection.",
    "Mother asked who would insert the tube.",
    "Nurse to insert NG tube.",
    "HV to check weight next week.",
    "GP to check bloods and review in 2 weeks.",
    "Police to confirm with housing whether the tenancy had ended.",
    'School recorded "attendance to be confirmed with office" in its log.',
    'The form said "TBC" under father\'s name.',
    "Father's name was entered as TBC on the registration form.",
    "Mother said she would check (with her sister).",
    "HV1 rang the office (no reply) and left a message to check the date.",
    "Child X seen with sibling XX.",
    "Mother had chromosome test (XX), normal.",
    "Attendance 84% (checked with office).",
    "Received letter [date illegible].",
    "Attended A&E [name of hospital redacted].",
    "Told [name] to come back.",
    "Health visitor to insert details in the red book.",
    'Note on file reads: "check this with school".',
    "Welfare check with police at 10pm.",
    "Check with police found no record of the address.",
    "Checks with education made; no concerns.",
    "Check with GP surgery: not registered.",
    "Child to be seen (by GP) and weighed.",
    "Home visit, no access. To call back, date to be confirmed.",
    "Email to office: please check the date of the meeting.",
    "Who was at home?? Mother would not say.",
    'Mother texted "where r u??" to the worker.',
    "Police check this address weekly.",
    "Mother agreed to attend TB clinic.",
    "Vaccines to be checked with GP.",
    'Recorded as "xx" in the log.',
    "Appointment letter sent for 10/5 (DNA) - check with mother made by phone, she forgot.",
)


def listed(name: str) -> list[str]:
    return Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()


def told(text: str) -> bool:
    return holds_entry_note(text) or holds_gap(text, cell=True)


def test_what_was_left_open_is_known():
    """A chronology with "[check whether it was sent]" in an event was accepted in silence."""
    assert [text for text in (*NOT_FINAL, *listed("open_places.txt")) if not told(text)] == []


def test_what_was_open_then_or_was_written_by_others_is_an_entry():
    assert [text for text in (*ENTRIES, *listed("no_open_places.txt")) if told(text)] == []
