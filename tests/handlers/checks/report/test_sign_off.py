"""The signing off: two people, four things each, in the many ways they are set out."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.document import Paragraph
from tests.handlers.checks.report.conftest import table

AUTHOR = ("Author One", "Named GP", "28 May 2010", "A. One")
COMMISSIONER = ("Commissioner One", "Senior partner", "29 May 2010", "C. One")


def lines(line, *texts):
    return [line(text) for text in texts]


def test_nothing_under_signing_off_is_said_once_for_each_person(draft, line):
    draft.bodies["signing-off"] = [line("This report has been agreed.")]
    author, commissioner = draft.found("sign-off-missing")
    assert author.severity == "fault"
    assert author.where.section == "Signing Off"
    assert "report author's name, job designation, date and signature" in author.message
    assert "agency commissioner's name" in commissioner.message


@pytest.mark.parametrize(
    ("at", "new", "missing"),
    [
        (2, "", "report author's job designation."),
        (3, "Signed: A. One   Date:", "report author's date."),
        (5, "Name: ..........", "agency commissioner's name."),
        (7, "Signed....... Date: 29/5/10", "agency commissioner's signature."),
    ],
)
def test_what_is_missing_is_named_for_whom(draft, line, at, new, missing):
    body = draft.bodies["signing-off"]
    body[7] = line("Signed: CO  Date: 29/5/10")  # two typed words would state the name
    body[at] = line(new)
    (found,) = draft.judged().findings
    assert found.rule == "sign-off-missing"
    assert missing in found.message


def test_two_blocks_without_roles_are_author_then_commissioner(draft, line):
    draft.bodies["signing-off"] = lines(
        line,
        *("Signed: A. One", "Name: Author One", "Job title: Named GP", "Date: 28/5/10"),
        *("Signed: C. One", "Name: Commissioner One", "Job title: Partner", "Date: 29/5/10"),
    )
    assert draft.rules() == set()
    draft.bodies["signing-off"] = draft.bodies["signing-off"][:4]
    (found,) = draft.found("sign-off-missing")
    assert "agency commissioner's name, job designation, date and signature" in found.message


def test_all_on_one_line_is_read(draft, line):
    draft.bodies["signing-off"] = lines(
        line,
        "Signed: A. One  Name: Author One  Job title: Named GP  Date: 28 May 2010",
        "Signed: C. One  Name: Commissioner One  Job title: Partner  Date: 29 May 2010",
    )
    assert draft.rules() == set()


def test_labels_may_carry_the_role(draft, line):
    draft.bodies["signing-off"] = lines(
        line,
        *("Author's name: Author One", "Author’s job title: Named GP"),
        *("Author's signature: A. One", "Author's date: 28 May 2010"),
        *("Name of commissioner: Commissioner One", "Commissioner's position: Partner"),
        *("Signed by the commissioner: C. One", "Commissioner's date: 29 May 2010"),
    )
    assert draft.rules() == set()


def test_the_role_may_stand_in_brackets(draft, line):
    draft.bodies["signing-off"] = lines(
        line,
        *("Signed (agency commissioner): C. One", "Name: Commissioner One"),
        *("Designation: Partner", "Date: 29/5/10"),
        *("Signed (report author): .........", "Name: Author One"),
        *("Designation: Named GP", "Date: 28/5/10"),
    )
    (found,) = draft.found("sign-off-missing")
    assert "report author's signature." in found.message


def test_a_table_with_a_row_for_each_person_is_read(draft, rows):
    heading = ("", "Name", "Job designation", "Date", "Signature")
    table = (heading, ("Report author", *AUTHOR), ("Agency commissioner", *COMMISSIONER))
    draft.bodies["signing-off"] = rows(5, *table)
    assert draft.rules() == set()
    table = (heading, ("Report author", *AUTHOR), ("Agency commissioner", *COMMISSIONER[:3], ""))
    draft.bodies["signing-off"] = rows(5, *table)
    (found,) = draft.found("sign-off-missing")
    assert "agency commissioner's signature." in found.message


def test_a_table_with_a_column_for_each_person_is_read(draft, rows):
    names = zip(("Name", "Job title", "Date", "Signed"), AUTHOR, COMMISSIONER, strict=True)
    table = [("", "Author", "Commissioner"), *names]
    draft.bodies["signing-off"] = rows(5, *table)
    assert draft.rules() == set()
    draft.bodies["signing-off"] = rows(5, *table[:2], table[3], table[4])
    assert {f.message.split("'s ")[1] for f in draft.found("sign-off-missing")} == {
        "job designation."
    }


def test_a_two_column_table_of_labels_is_read(draft, rows):
    labels = ("Name", "Job title", "Date", "Signed")
    draft.bodies["signing-off"] = rows(
        5,
        ("Report author", ""),
        *zip(labels, AUTHOR, strict=True),
        ("Agency commissioner", ""),
        *zip(labels, COMMISSIONER, strict=True),
    )
    assert draft.rules() == set()


def test_a_name_beside_the_role_and_a_job_after_a_comma_are_enough(draft, line):
    draft.bodies["signing-off"] = lines(
        line,
        *("Report author: Author One, Named GP", "Signed: A. One", "Date: 28 May 2010"),
        *("Agency commissioner: Commissioner One, Partner", "Signed: C. One", "Date: 29 May 2010"),
    )
    assert draft.rules() == set()


def test_a_sign_off_under_a_heading_of_its_own_making_is_still_found(draft, line):
    draft.headings["signing-off"] = line("Agreement of the agency", bold=True)
    assert draft.rules() == {"section-unclear"}


def test_a_signature_that_is_a_picture_is_for_a_person_to_look_at(draft, line):
    body = draft.bodies["signing-off"]
    body[7] = line("Signed:      Date: 29 May 2010", picture=True)
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("sign-off-image", "question")
    assert "agency commissioner's signature" in found.message


def test_a_digital_signature_on_the_file_stands_for_one_on_the_page(draft, line):
    body = draft.bodies["signing-off"]
    body[3], body[7] = line("Date: 28 May 2010"), line("Date: 29 May 2010")
    assert draft.rules() == {"sign-off-missing"}
    draft.traits.digital_signature = True
    draft.traits.signature_doubt, draft.traits.signers = "", ("Author One",)
    assert draft.rules() == set()


@pytest.mark.parametrize("doubt", ["unchecked", "altered"])
def test_a_digital_signature_that_proves_nothing_is_a_question(draft, line, doubt):
    body = draft.bodies["signing-off"]
    body[3], body[7] = line("Date: 28 May 2010"), line("Date: 29 May 2010")
    draft.traits.digital_signature, draft.traits.signature_doubt = True, doubt
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("sign-off-unproven", "question")


@pytest.mark.parametrize("name", ["AUTHOR ONE", "Dr Author One", "Author  One, Chief Executive"])
def test_one_person_in_both_roles_is_a_question(draft, line, name):
    draft.bodies["signing-off"][5] = line(f"Name: {name}")
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("sign-off-same-person", "question")


def test_one_line_of_an_electronic_signature_gives_all_four(draft, line):
    draft.bodies["signing-off"] = lines(
        line,
        "Signed electronically by Dr Ann Green, Named GP (report author), 20 May 2010",
        "Signed electronically by Helen Marsh, Director (agency commissioner) on 24/05/2010",
    )
    assert draft.rules() == set()


def test_a_name_under_a_letters_close_is_a_typed_signature(draft, line):
    draft.bodies["signing-off"] = lines(
        line,
        *("Report author", "Yours sincerely", "Dr Ann Green", "Named GP", "20 May 2010"),
        *("Agency commissioner", "Kind regards", "Helen Marsh", "Director", "24 May 2010"),
    )
    assert draft.rules() == set()


def test_one_label_that_asks_two_things_is_not_answered_by_one(draft, line):
    body = draft.bodies["signing-off"]
    body[1:3] = [line("Name and job designation: Ann Green")]
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("sign-off-unclear", "question")
    assert "report author's job designation" in found.message


@pytest.mark.parametrize("day", ["XX May 2010", "May 2010"])
def test_a_day_of_signing_that_is_left_open_is_asked_about_as_that(draft, line, day):
    draft.bodies["signing-off"][7] = line(f"Signed: C. One     Date: {day}")
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("sign-off-unclear", "question")
    assert "commissioner's date" in found.message and "one day is needed" in found.message


@pytest.mark.parametrize("extra", ["Responsible person: C. One", "C. One"])
def test_what_no_label_claims_is_a_question_and_no_rejection(draft, line, extra):
    """Failure mode 91: "We could not read it" told as "you did not write it"."""
    body = draft.bodies["signing-off"]
    body[7] = line("Date: 29 May 2010")
    body.insert(7, line(extra))
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("sign-off-unclear", "question")
    assert "agency commissioner's signature" in found.message


def test_a_picture_anywhere_in_the_block_is_a_question(draft, line):
    """Failure mode 92: a picture beside the label is not seen."""
    body = draft.bodies["signing-off"]
    body[7] = line("Signed:      Date: 29 May 2010")
    body += [line(""), line(""), line("", picture=True)]
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("sign-off-unclear", "question")


@pytest.mark.parametrize(
    "words",
    [
        "Attested over the wire by {}, Senior partner of the surgery, 29 May 2010",
        "This was gone through and agreed in full by {}, on behalf of the practice, 29/5/10",
    ],
)
def test_a_sentence_that_ends_in_a_day_may_be_a_signing_in_words_we_do_not_know(draft, line, words):
    """Failure mode 91: it is no blank, and something in it is not explained."""
    draft.bodies["signing-off"] = lines(line, words.format("C. One"), words.format("A. One"))
    told = {(f.rule, f.severity) for f in draft.judged().findings}
    assert "sign-off-unclear" in {rule for rule, _ in told}
    assert "fault" not in {severity for _, severity in told}


def _block(draft, *lines):
    draft.bodies["signing-off"] = [Paragraph(text) for text in lines]
    return [f for f in draft.judged().findings if f.rule.startswith("sign-off")]


def test_the_day_after_signed_is_the_day_of_signing(draft):
    """Failure mode 91."""
    assert not _block(
        draft,
        "Report author: Ann Green, Named GP, signed 17 May 2010",
        "Agency commissioner: Helen Marsh, Medical Director, signed 18 May 2010",
    )


def test_a_signature_may_be_typed_after_a_mark(draft):
    assert not _block(
        draft,
        "Report author: /s/ A Green", "Ann Green, Named GP", "Dated 17 May 2010",
        "Agency commissioner: /s/ H Marsh", "Helen Marsh, Medical Director", "Dated 18 May 2010",
    )  # fmt: skip


@pytest.mark.parametrize("blank", ["", "   /    /2010", "__/__/____", "/ /", " /  / 20 "])
def test_a_day_left_blank_over_a_name_is_the_fault_and_not_the_job(draft, blank):
    """Failure mode 91: the name on the next line is taken for the day, and the job is missed."""
    (found,) = _block(
        draft,
        "I wrote this report. (Author)", f"Signed: A Green   Dated: {blank}", "Ann Green, Named GP",
        "I commissioned this report. (Commissioner)", "Signed: H Marsh   Dated: 18 May 2010",
        "Helen Marsh, Medical Director",
    )  # fmt: skip
    assert (found.rule, found.severity) == ("sign-off-missing", "fault")
    assert "report author's date." in found.message


@pytest.mark.parametrize("part", ["Signed", "Name"])
@pytest.mark.parametrize(
    "text",
    ["Yes", "X", "Vacant", "on", "by", "on behalf of Meadow Lane Surgery", "Mr/Mrs", "Sign above"],
)
def test_what_is_nobody_s_name_is_none(draft, part, text):
    parts = {"Signed": "A Green", "Name": "Ann Green", part: text}
    (found,) = _block(
        draft,
        "Report author", *(f"{label}: {value}" for label, value in parts.items()),
        "Job title: Named GP", "Date: 17 May 2010",
        "Agency commissioner", "Signed: H Marsh", "Name: Helen Marsh",
        "Job title: Medical Director", "Date: 18 May 2010",
    )  # fmt: skip
    assert (found.rule, found.severity) == ("sign-off-missing", "fault")
    assert f"report author's {'signature' if part == 'Signed' else 'name'}" in found.message


@pytest.mark.parametrize("job", ["Chief Executive", "Chief Officer", "Commissioning Manager"])
def test_a_job_stands_before_the_role_in_brackets(draft, job):
    """Failure mode 91."""
    assert not _block(
        draft,
        "Signed electronically by Ann Green, Named GP (report author), on 17 May 2010",
        f"Signed electronically by Helen Marsh, {job} (agency commissioner), on 18 May 2010",
    )


SENTENCES = (
    ("This report was written and signed by Ann Green{a}, as report author{on_a}, and signed off "
     "by Helen Marsh{c}{on_c}.",),
    ("This report was signed by Ann Green{a} (report author){on_a}, and by Helen Marsh{c} "
     "(agency commissioner){on_c}.",),
    ("Signed by Ann Green{a}, as report author{on_a}.",
     "Signed by Helen Marsh{c}, as agency commissioner{on_c}."),
    ("Signed by the report author, Ann Green{a}, {on_a}",
     "Signed by the agency commissioner, Helen Marsh{c}, {on_c}"),
    ("Written and signed by Ann Green{a}{on_a}. Approved and signed by Helen Marsh{c}{on_c}.",),
    ("I, Ann Green{a}, am the author of this report and signed it{on_a}.",
     "I, Helen Marsh{c}, commissioned this report and signed it{on_c}."),
)  # fmt: skip
SAID = {"a": ", Named GP", "on_a": " on 17 May 2010", "c": ", Director", "on_c": " on 18 May 2010"}
NAMES = {"a": "author's job", "on_a": "author's date", "c": "commissioner's job",
         "on_c": "commissioner's date"}  # fmt: skip


def test_who_signed_is_read_in_a_sentence_and_what_it_leaves_out_is_a_question(draft):
    """Failure mode 91: a question at each, whatever it said."""
    for lines in SENTENCES:
        assert not _block(draft, *(line.format(**SAID) for line in lines)), lines
        for gone, named in NAMES.items():
            said = {**SAID, gone: ""}
            (found,) = _block(draft, *(line.format(**said) for line in lines))
            assert (found.rule, found.severity) == ("sign-off-unclear", "question"), (lines, gone)
            assert named in found.message, (lines, gone)


def test_a_sentence_that_leaves_a_name_blank_is_for_a_person(draft):
    for lines in SENTENCES:
        said = [line.format(**SAID).replace("Helen Marsh", "..............") for line in lines]
        found = _block(draft, *said)
        assert {(f.rule, f.severity) for f in found} == {("sign-off-unclear", "question")}, lines


def test_of_two_sentences_that_name_no_role_the_one_left_blank_is_asked_about(draft):
    """Failure mode 91: where the first left its name blank, the second was asked about."""
    full = ("Signed by Ann Green, Named GP, on 17 May 2010.",
            "Signed by Helen Marsh, Director, on 18 May 2010.")  # fmt: skip
    assert not _block(draft, *full)
    for blank, name, person in (
        (0, "Ann Green", "report author"),
        (1, "Helen Marsh", "agency commissioner"),
    ):
        lines = list(full)
        lines[blank] = lines[blank].replace(name, "................")
        (found,) = _block(draft, *lines)
        assert (found.rule, found.severity) == ("sign-off-unclear", "question")
        assert f"the {person}'s name" in found.message


def test_a_job_after_its_label_and_a_space_is_no_label_of_a_role(draft):
    lines = ("Report author", "Name Ann Green", "Job designation Named GP", "Signed A. Green",
             "Date 17/05/2010", "Agency commissioner", "Name Paul Okafor", "Job designation {job}",
             "Signed P. Okafor", "Date 18/05/2010")  # fmt: skip
    for job in ("Chief Executive", "Chief Officer", "Director", "Medical Director"):
        assert not _block(draft, *(line.format(job=job) for line in lines)), job
    (found,) = _block(draft, *(line.format(job="") for line in lines))
    assert (found.rule, found.severity) == ("sign-off-missing", "fault")


def test_a_line_that_says_who_wrote_the_report_opens_the_author_s_block(draft):
    lines = ("This report was written by Dr Ruth Hale, {job}.",
             "Signed: R. Hale   Date: 17/05/2010",
             "The report was commissioned by Paul Okafor, Chief Executive.",
             "Signed: P. Okafor   Date: 18/05/2010")  # fmt: skip
    found = _block(draft, *(line.format(job="Named GP") for line in lines))
    assert "fault" not in {f.severity for f in found}
    assert not {f.rule for f in found if "job" in f.message}


def test_a_day_before_the_review_begins_is_no_day_of_signing_or_of_the_report(draft):
    draft.replace_front("Date: 28 May 2010", "Date: 28 May 1010")
    body = draft.bodies["signing-off"]
    draft.bodies["signing-off"] = [
        Paragraph(one.text.replace("2010", "1010")) if isinstance(one, Paragraph) else one
        for one in body
    ]
    assert draft.rules() >= {"sign-off-date", "front-sheet-date-invalid"}


@pytest.mark.parametrize("who", ["Helen Marsh, Headteacher.", "Jane Partner, Headteacher."])
def test_on_one_line_a_job_that_ends_before_a_label_is_read_and_only_what_is_missing_told(
    draft, line, who
):
    draft.bodies["signing-off"] = lines(
        line,
        "Report author: Author One, Named GP. Signed: A. One. Date: 28 May 2010",
        f"Agency commissioner: {who} Signed:                 Date:",
    )
    (found,) = draft.found("sign-off-missing")
    assert found.message == "We could not find the agency commissioner's date and signature."


BARE = (
    ("Ann Green", "Named GP", "20 May 2010", "Helen Marsh", "Director", "24 May 2010"),
    ("Ann Green", "Named GP", "20 May 2010", "Ann Green",
     "Helen Marsh", "Director", "24 May 2010", "Helen Marsh"),
    ("Ann Green, Named GP, 20 May 2010", "Helen Marsh, Director, 24 May 2010"),
)  # fmt: skip
UNSURE = (
    ("Ann Green", "Named GP", "20 May 2010"),
    ("Ann Green", "Named GP", "20 May 2010", "Helen Marsh", "Director"),
    ("Ann Green", "Named GP", "20 May 2010", "Ann Green", "Director", "24 May 2010"),
    ("Named GP", "Ann Green", "20 May 2010", "Helen Marsh", "Director", "24 May 2010"),
    (*BARE[0], "Tom Ash"),
)  # fmt: skip


def test_lines_without_labels_are_read_where_both_have_all_of_them_in_order(draft, line):
    for said in BARE:
        draft.bodies["signing-off"] = lines(line, *said)
        assert draft.rules() == set(), said
    for said in UNSURE:
        draft.bodies["signing-off"] = lines(line, *said)
        assert draft.judged().verdict != "accept", said


def test_the_lines_to_copy_are_told_with_whose_they_are(draft, line):
    del draft.bodies["signing-off"][2:4]
    told = [found.fix for found in draft.judged().findings]
    assert any('"Report author\'s job designation:"' in fix for fix in told)
    assert all(':"' in fix for fix in told)


@pytest.mark.parametrize("typed", ["pp C. One", "electronically"])
def test_a_signature_that_names_nobody_who_signed_is_a_question(draft, line, typed):
    draft.bodies["signing-off"][-1] = line(f"Signed: {typed}     Date: 29 May 2010")
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("sign-off-unclear", "question")


def test_a_name_as_above_is_nobodys(draft, line):
    draft.bodies["signing-off"] = [
        line("Report author: A. One, Named GP, 28 May 2010, signed A. One"),
        line("Agency commissioner: as above, Senior partner, 29 May 2010, signed C. Two"),
    ]
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("sign-off-unclear", "question")
    assert "name" in found.message


def test_a_report_is_as_late_as_the_last_day_it_gives_itself(draft, line):
    """Of signing or on the front sheet; a day that is still ahead is none."""
    body = draft.bodies["signing-off"]
    signed = draft.judged().clues.dated
    body[3] = line("Signed: A. One   Date: 29/5/10")
    body[7] = line("Signed: C. One   Date: 31/5/2011")
    assert signed == date(2010, 5, 29)
    draft.front = [b for b in draft.front if "28 May" not in getattr(b, "text", "")]
    assert draft.judged().clues.dated == date(2010, 5, 29)


def test_the_example_of_a_day_of_signing_is_past_on_the_day_of_the_letter(draft, line):
    draft.bodies["signing-off"][7] = line("Signed: C. One   Date: 31/5/2011")
    (found,) = draft.found("sign-off-date")
    assert found.fix == "Enter the day of signing, day first, such as 31/05/2010."


@pytest.mark.parametrize(
    "said",
    [
        "This report is signed by its author and by the officer who commissioned it.",
        "Signed by the author, Review Officer, and by the officer who commissioned it.",
        "This report has been signed by its author and by the Chief Officer who commissioned it.",
        "This report was written by its author and is signed off by the officer named below.",
        "Signed by the author, and by the senior officer who commissioned the report.",
    ],
)
@pytest.mark.parametrize("number", ["", "9.1   "])
def test_a_sentence_over_the_blanks_about_who_signs_takes_nothing_from_them(
    draft, line, number, said
):
    body = lines(
        line,
        *("Report author", "Signed: A. One", "Name: Author One", "Designation: Named GP"),
        *("Date: 28/5/10", "Agency commissioner", "Signed: C. One", "Name: Commissioner One"),
        *("Designation: Senior partner", "Date: 29/5/10"),
    )
    draft.bodies["signing-off"] = [line(number + said), *body]
    assert draft.rules() == set()
    draft.bodies["signing-off"] = [line(number + said), *body[:4], line("Date:"), *body[5:]]
    assert draft.rules() == {"sign-off-missing"}


@pytest.mark.parametrize(
    "said",
    [
        "9.1   This report has not yet been signed by its author.",
        "9.1   This report will be signed by its author and by the officer who commissioned it.",
    ],
)
def test_a_sentence_that_it_is_not_signed_yet_is_still_asked_about(draft, line, said):
    draft.bodies["signing-off"].insert(0, line(said))
    assert "not-final" in draft.rules()


@pytest.mark.parametrize("words", ["ditto", "As above", "(as above)", "same", '"', "as for author"])
@pytest.mark.parametrize("mine", ["Named GP", "28 May 2010"])
def test_a_job_or_a_day_that_points_to_another_line_is_asked_about(draft, line, mine, words):
    draft.bodies["signing-off"] = [
        line(b.text.replace(mine, words)) for b in draft.bodies["signing-off"]
    ]
    (found,) = [f for f in draft.judged().findings if f.rule.startswith("sign-off")]
    assert (found.rule, found.severity) == ("sign-off-unclear", "question")
    assert "from what stands here" in found.message


@pytest.mark.parametrize("words", ["As per IMR", "as in the report", "see front sheet"])
def test_a_job_that_points_to_another_paper_is_told_as_that(draft, line, words):
    draft.bodies["signing-off"] = [
        line(b.text.replace("Named GP", words)) for b in draft.bodies["signing-off"]
    ]
    (found,) = draft.found("sign-off-missing")
    assert "points to another place" in found.message


@pytest.mark.parametrize("corner", ["Signing off", "9. Signing Off", "Signatures"])
def test_a_table_whose_corner_is_the_heading_of_the_section_is_that_section(draft, corner):
    heads = ("Name", "Job designation", "Signature", "Date")
    people = (
        ("Report author", "Author One", "Named GP", "A. One", "28 May 2010"),
        ("Agency commissioner", "Commissioner Two", "Senior partner", "C. Two", "29 May 2010"),
    )
    del draft.headings["signing-off"]
    draft.appendix = table(7, (corner, *heads), *people)
    assert draft.judged().verdict == "accept"
    draft.appendix = [*table(7, (corner, *heads), people[0], (people[1][0], "", *people[1][2:]))]
    (found,) = (f for f in draft.judged().findings if f.severity != "advice")
    assert (found.rule, "commissioner's name" in found.message) == ("sign-off-missing", True)


def test_a_corner_above_the_other_headings_heads_nothing(draft):
    signed = table(7, ("Signatures", "Date"), ("Author One", "28 May 2010"))
    draft.front = [*draft.front, *signed]
    del draft.headings["signing-off"]
    assert draft.found("section-missing") or draft.found("section-unclear")
