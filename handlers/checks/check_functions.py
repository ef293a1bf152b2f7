"""Binds each check of the registry to its function, by its name: "front sheet" is what
`check_front_sheet` looks for.

A judge names the modules that hold such functions; they run in the order of the registry, which
is the order in which a letter tells them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from config.checks import CheckSpec


def bind_check_functions(
    specs: Sequence[CheckSpec], modules: Sequence[ModuleType]
) -> dict[str, Callable[..., Any]]:
    """The function of each check that a judge runs, by the check's name. Raises LookupError for a
    check without a function, and for a function without a check: neither may go unnoticed."""
    there = {
        name: function
        for module in modules
        for name, function in vars(module).items()
        if name.startswith("check_")
    }
    wanted = {
        f"check_{spec.name.replace(' ', '_')}": spec.name
        for spec in specs
        if spec.has_check_function
    }
    if there.keys() != wanted.keys():
        raise LookupError(f"checks without their pair: {sorted(there.keys() ^ wanted.keys())}")
    return {name: there[function] for function, name in wanted.items()}
