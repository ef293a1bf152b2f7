"""A rank or a short form before a name hides nobody, and before other words accuses nobody."""

from __future__ import annotations

import pytest

from handlers.checks.report.anonymity import PERSON_NAME, find_identifying_details
from tests.each_case import each_case

RANKS = (
    "DS", "DI", "DCI", "DSU", "PS", "PCSO", "CI", "Insp.", "Insp", "Ch Insp", "T/DS", "A/Insp",
    "A/DCI", "D/S", "Supt", "Ch Supt", "Inspector", "Detective Chief Inspector", "Det. Insp.",
    "Acting Superintendent", "Commander", "PC", "DC", "WPC", "Sgt", "SN", "S/N",
)  # fmt: skip
SHORT_FORMS = (*RANKS, "GP", "HV", "SW", "CPN", "EWO", "RMN", "A/HV", "G.P.", "X", "SSW")


@each_case("rank", RANKS)
@each_case(
    "name", ["Fairweather", "412 Fairweather", "K. Hobbs", "O'Brien", "Zoltan Brzezik", "Green"]
)
def test_a_surname_behind_a_rank_is_somebody_s(rank, name):
    text = f"The call was passed to {rank} {name}, who rang back."
    assert PERSON_NAME in find_identifying_details(text)


@each_case("rank", SHORT_FORMS)
@each_case(
    "name", ["Alan Fairweather", "Helen Marsh", "Karen Hobbs and DC2", "Karen Hobbs and GP1"]
)
def test_a_full_name_behind_a_short_form_is_somebody_s(rank, name):
    assert PERSON_NAME in find_identifying_details(f"The call was passed to {rank} {name}.")


def test_a_first_name_that_is_also_a_word_is_one_behind_a_short_form():
    assert PERSON_NAME in find_identifying_details("SN Mary Bell took the call.")


@pytest.mark.parametrize("before", ["Officer", "Commander", "Yesterday", "Custody Nurse", "Bishop"])
def test_no_word_with_a_capital_hides_a_well_known_first_name(before):
    assert PERSON_NAME in find_identifying_details(f"{before} Alan Fairweather rang.")


HONEST = """\
GP records were read, and DS found that DI had not asked.
GP 1 told PC A, DS 1234 and DS 1234A, and DI B told HV2.
DS Alpha, DI Bravo and PS One attended with CI X.
GP Records and DS Records Office were asked; the CI Team and the DI Unit were not.
PS However, nothing was said.
GP Patient Summary and EWO Core Assessment were read.
PS UPDATED LOG, DI INFORMED, then DS ATTENDED and rang.
The DI North Division and the CI Green Lane File were asked.
The NHS Trust, A&E Department and the LAC Nurse were told.
PS1 Smithson is no rank, and DS-1 neither.
GP Out of Hours Service saw Child K.
The RC Primary School and St Thomas Hospital wrote.
Officer A and Detective B came. Inspector 1 and Officer One left.
The Detective Training Programme and the Inspector General were named.
Sir Roger Moorland and Lord Alan Moorland wrote of it.
HV Victoria Road Clinic was closed.
The Officer in the case and The Officer In Charge met.
Probation Officer Report was sent. Police Officers Attended.
Officer Safety Training and Officer Duty Rota were seen.
""".splitlines()


@each_case("text", HONEST)
def test_short_forms_before_other_words_accuse_nobody(text):
    assert PERSON_NAME not in find_identifying_details(text, ("Child K",))


def test_a_surname_told_with_a_rank_is_told_wherever_it_stands_again(draft, line):
    draft.bodies["analysis"].append(line("6.9 It was Fairweather who rang."))
    assert draft.rules() == set()
    draft.bodies["summary"].append(line("4.3 DS Fairweather rang."))
    places = {found.where.section for found in draft.judged().findings}
    assert places == {"Summary of Period Covered by Chronology", "Analysis"}
