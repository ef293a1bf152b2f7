"""A table of many small cases as one test, which tells every case that is not as it should be.

Thousands of one-line cases cost more to collect, pass between processes and report than to try. A
case that needs a folder, a board or a name of its own stays with `pytest.mark.parametrize`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

import pytest

Test = Callable[..., None]


def each_case(
    names: str | Sequence[str], cases: Iterable[Any], ids: Any = None
) -> Callable[[Test], Test]:
    """Takes what `pytest.mark.parametrize` takes, and tries all cases in one test.

    `ids` is taken so that the one can be put in place of the other: a case is told by its values.
    Raises ExceptionGroup with what each wrong case raised, the case as its note.
    """
    keys = [key.strip() for key in names.split(",")] if isinstance(names, str) else list(names)
    table = [_values(case, len(keys)) for case in cases]
    assert table, f"there is no case of {', '.join(keys)}"

    def all_of(test: Test) -> Test:
        @wraps(test)
        def tried(**given: Any) -> None:
            wrong = [error for case in table if (error := _wrong(test, keys, case, given))]
            if wrong:
                raise ExceptionGroup(f"{len(wrong)} of {len(table)} cases are wrong", wrong)

        known = inspect.signature(test)
        left = [each for name, each in known.parameters.items() if name not in keys]
        tried.__signature__ = known.replace(parameters=left)  # type: ignore[attr-defined]
        return tried

    return all_of


def _values(case: Any, width: int) -> tuple[Any, ...]:
    """The values of a case, which may stand in `pytest.param` or alone."""
    if isinstance(case, type(pytest.param())):
        assert not case.marks, "a case with a mark of its own is a test of its own"
        return tuple(case.values)
    return tuple(case) if width > 1 else (case,)


def _wrong(
    test: Test, keys: list[str], case: tuple[Any, ...], given: dict[str, Any]
) -> Exception | None:
    values = dict(zip(keys, case, strict=True))
    try:
        test(**given, **values)
    except Exception as error:
        if not isinstance(error, ExceptionGroup):
            error.add_note(f"The case: {values!r}")
        return error
    return None
