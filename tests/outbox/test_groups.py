"""A flood is one line: what is the same is told once, and its name is made of what is in it."""

from __future__ import annotations

from outbox.writing.groups import MAX_TOLD_SINGLY, group_alike, make_group, normalise_group_name


def test_more_than_a_handful_of_the_same_are_one_where_the_first_of_them_stood() -> None:
    things = ["b", *"a" * (MAX_TOLD_SINGLY + 1), "c", *"d" * MAX_TOLD_SINGLY, "a"]
    assert group_alike(things, lambda thing: thing) == [
        ("b",), ("a",) * (MAX_TOLD_SINGLY + 2), ("c",), *[("d",)] * MAX_TOLD_SINGLY,
    ]  # fmt: skip


def test_what_is_left_is_held_against_the_next_likeness_and_none_is_like_nothing() -> None:
    things = [*range(MAX_TOLD_SINGLY + 1), *[100] * (MAX_TOLD_SINGLY + 1), -1]
    one, other, alone = group_alike(
        things, lambda n: n if n >= 0 else None, lambda n: "small" if n >= 0 else None
    )
    assert (one, other, alone) == (
        tuple(range(MAX_TOLD_SINGLY + 1)),
        (100,) * (MAX_TOLD_SINGLY + 1),
        (-1,),
    )


def test_one_more_thing_is_another_group_and_a_name_is_known_however_it_is_typed() -> None:
    made = make_group("entries", [1, 2])
    assert made == make_group("entries", [1, 2])
    assert made.name not in (
        make_group("entries", [1, 2, 3]).name,
        make_group("letters", [1, 2]).name,
    )
    assert normalise_group_name(f" {made.name.upper().replace('-', '')} ") == made.name
