"""How problems are worded: where, in the file's own words, and never what was written there."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, ValidationError

from config.user_file import (
    InvalidUserFile,
    Port,
    Problem,
    StrictDate,
    StrictModel,
    TimeOfDay,
    YesOrNo,
    validation_problems,
)
from tests.each_case import each_case


class One(StrictModel):
    kind: Literal["one"]
    words: str = Field("x", min_length=1)


class Two(StrictModel):
    kind: Literal["two"]


class Everything(StrictModel):
    text: str = "x"
    day: StrictDate = date(2010, 1, 1)
    clock: TimeOfDay = time(8)
    yes: YesOrNo = True
    port: Port = 1
    number: float = Field(1.0, ge=0)
    choice: Literal["a", "b"] = "a"
    many: tuple[One, ...] = ()
    either: tuple[Annotated[One | Two, Field(discriminator="kind")], ...] = ()
    some: tuple[int, ...] = Field((1,), min_length=1)
    table: dict[str, int] = Field(default_factory=dict)


def told(raw: object, model: type[BaseModel] = Everything) -> list[str]:
    with pytest.raises(ValidationError) as why:
        model.model_validate(raw)
    return [str(problem) for problem in validation_problems(why.value, unsaid=("one", "two"))]


@each_case(
    ("raw", "sentence"),
    [
        ({"text": 3}, "text: should be text in quotes"),
        ({"day": "soon"}, "day: should be a date, such as 2010-04-16 (no quotes)"),
        ({"clock": 8}, "clock: should be a time, such as 08:00:00 (no quotes)"),
        ({"yes": "yes"}, "yes: should be true or false"),
        ({"port": "993"}, "port: should be a whole number"),
        ({"port": 0}, "port: should be 1 or more"),
        ({"number": "x"}, "number: should be a number"),
        ({"number": -1}, "number: should be 0 or more"),
        ({"choice": "c"}, "choice: should be 'a' or 'b'"),
        ({"many": 3}, "many: should be a list in [ ]"),
        ({"many": [3]}, "many 1: should be a table of keys"),
        ({"many": [{"kind": "one"}, {}]}, "many 2, kind is missing"),
        ({"many": [{"kind": "one", "words": ""}]}, "many 1, words: should not be empty"),
        ({"either": [{"kind": "six"}]}, "either 1, kind: should be 'one' or 'two'"),
        ({"either": [{}]}, "either 1, kind is missing"),
        ({"either": [{"kind": "one", "words": 3}]}, "either 1, words: should be text in quotes"),
        ({"some": []}, "some: should have at least one entry"),
        ({"table": 3}, "table: should be a table of keys"),
        ({"other": 3}, "other is not a known key"),
        ({"\x1b[2J": 3}, "a key that cannot be printed is not a known key"),
    ],
)
def test_each_slip_has_a_sentence_and_a_place_counted_from_one(raw: object, sentence: str) -> None:
    assert told(raw) == [sentence]


VALUES = st.one_of(
    st.text("QXZ", min_size=4).map(lambda word: f"secret{word}"),
    st.integers(10**9, 10**12),
    st.lists(st.just("secretQXZ"), min_size=1),
    st.dictionaries(st.just("kind"), st.just("secretQXZ"), min_size=1),
)


@given(st.sampled_from(sorted(set(Everything.model_fields) - {"text", "number"})), VALUES)
def test_no_value_is_ever_repeated(key: str, value: object) -> None:
    try:
        Everything.model_validate({key: value})
    except ValidationError as why:
        sentences = " ".join(map(str, validation_problems(why)))
        assert "secret" not in sentences
        assert str(value) not in sentences
        assert "is not understood" not in sentences


def test_a_refusal_is_a_headline_and_a_list_of_whole_sentences() -> None:
    refused = InvalidUserFile(
        "It cannot be used.", [Problem("a, b", "is missing"), Problem("", "why")]
    )
    assert str(refused) == "It cannot be used.\n  - a, b is missing.\n  - why."


def test_a_prefix_comes_first() -> None:
    with pytest.raises(ValidationError) as why:
        Everything.model_validate({"port": 0})
    (problem,) = validation_problems(why.value, "a.toml, shape")
    assert problem.place == "a.toml, shape, port"
