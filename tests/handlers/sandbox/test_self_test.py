"""Trials and the sentences made of them, as `doctor` will say them."""

from __future__ import annotations

from handlers.sandbox.self_test import Confinement, ConfinementTrial, ProtectionLayer


def test_an_unconfined_process_is_found_out(alone):
    """A report that cannot say no is worth nothing."""
    printed = alone(
        [], "print([t.deed for t in trials.run_trials(WorkerLimits()) if not t.refused])\n"
    )
    assert printed[-1].startswith("['open a file', 'write a file', ")
    assert "'start another process', 'signal another process'" in printed[-1]
    assert "'take more memory than it is given'" in printed[-1]


def test_an_answer_that_is_no_refusal_proves_nothing(alone):
    code = "print(trials._refused(lambda _: os.stat('/no/such/file'), WorkerLimits()))\n"
    assert alone([], code) == ["False"]


def test_what_is_not_in_force_is_said_and_not_left_out():
    found = Confinement(
        (
            ProtectionLayer("Limits", True, "1024 MB"),
            ProtectionLayer("Landlock", False, "Function not implemented"),
        ),
        (ConfinementTrial("open a file", False), ConfinementTrial("use the network", True)),
    )
    assert found.report_sentences() == (
        "A document being read COULD open a file: nothing here prevents it.",
        "A document being read cannot use the network (tried, and refused).",
        "Limits: in force (1024 MB).",
        "Landlock: NOT in force (Function not implemented).",
    )
    assert not found.all_refused
    assert found.missing_layers == ("Landlock",)
    assert found.is_in_force("Limits")
    assert not found.is_in_force("Landlock")


def test_a_confinement_nobody_tried_does_not_hold():
    assert not Confinement((ProtectionLayer("Limits", True),), ()).all_refused


def test_it_crosses_the_control_line():
    found = Confinement(
        (ProtectionLayer("Limits", True, "x"),), (ConfinementTrial("open a file", True),)
    )
    assert Confinement.from_json(found.to_json()) == found
