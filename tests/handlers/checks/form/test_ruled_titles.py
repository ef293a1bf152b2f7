"""A title on a printed rule, after its label and a space, or beside the name below it."""

from __future__ import annotations

from tests.handlers.checks.form.specimen import judged, rules, statement

JOBS = ("Chief Executive", "Director of Nursing", "Chief Nurse")


def _title(title, **others):
    made = statement(title=title, **others)
    return {rule for rule in rules(judged("evaluation_statement", made)) if "typed" not in rule}


def test_a_title_between_its_label_and_the_rest_of_the_rule_is_entered():
    for job in JOBS:
        for label in ("Title", "Job Title", "Position"):
            for rule in ("......", "___________", "\u2026\u2026"):
                assert _title(f"{label} {job}{rule}") == set(), (label, job, rule)


def test_more_words_of_the_label_over_a_rule_are_no_title():
    for printed in ("Title......", "Title of officer......", "Title (Chief Executive)......",
                    "Title Chief Officer/Chief Executive/Director......"):  # fmt: skip
        assert "title-missing" in _title(printed) or "handwriting" in _title(printed), printed


def test_what_the_fix_asks_to_add_for_a_title_without_a_line_is_accepted():
    (found,) = [f for f in judged("evaluation_statement", statement(title="")).findings
                if f.rule == "title-missing"]  # fmt: skip
    assert '"Title: Chief Executive"' in found.fix
    assert _title("Title: Chief Executive") == set()


def test_the_name_again_and_a_job_below_an_empty_rule_is_that_person_s_title():
    name = "Name: A. Person"
    assert _title("Title..........\nA. Person, Director of Nursing", name=name) == set()
    for other in ("T. Third, Director of Nursing", "A. Person", "Director of Nursing, T. Third"):
        assert _title(f"Title..........\n{other}", name=name), other
