"""Mutations of our own code: one place of a module changed so that a test ought to notice.

Does: `mutants_of` reads a module's source and returns every mutant of it, in the order of the text.
Trusts: that the source parses. Known limits: what is annotated, written into an f-string, a
docstring or a module's `if __name__` is left alone; a mutant may mean the same as the original, and
only a person can tell.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass

OTHER_COMPARISON: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
Conditional = ast.If | ast.IfExp | ast.While
LONGEST_SHOWN = 90  # characters of a change that a line of the report shows


@dataclass(frozen=True)
class Mutant:
    """One change: the bytes from `start` to `end` of the file at `path` become `after`."""

    path: str
    line: int
    start: int
    end: int
    before: str
    after: str

    def apply(self, source: bytes) -> bytes:
        return source[: self.start] + self.after.encode() + source[self.end :]

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {_shown(self.before)}  ->  {_shown(self.after)}"


def _shown(code: str) -> str:
    line = " ".join(code.split())
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 3] + "..."


def mutants_of(path: str, source: str) -> list[Mutant]:
    """Every mutant of the module at `path`, each once, in the order of the text."""
    lines = source.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    found = {}
    for node, after in _changes(ast.parse(source)):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        before = source.encode()[start:end].decode()
        found[start, end, after] = Mutant(path, node.lineno, start, end, before, after)
    return [found[key] for key in sorted(found)]


def _changes(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """Each place that is changed, with the code that takes its place."""
    for node in _code(tree):
        for other in _other_expressions(node):
            yield node, f"({ast.unparse(other)})"
        if isinstance(node, Conditional):
            yield from ((node.test, forced) for forced in _forced(node))
        elif isinstance(node, ast.comprehension):
            yield from ((test, "True") for test in node.ifs)
        elif isinstance(node, ast.FunctionDef):
            yield from _other_returns(node)
        if _is_removable(node):
            yield node, "pass"


def _code(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes of a tree but those that nothing runs, or that say where they are wrongly."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_left_alone(child):
                yield from _code(child)


def _is_left_alone(node: ast.AST) -> bool:
    if isinstance(node, ast.If):
        return "__name__" in (test := ast.unparse(node.test)) or "TYPE_CHECKING" in test
    return isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom)


def _other_expressions(node: ast.AST) -> Iterator[ast.expr]:
    """What may stand for an expression: the boundary moved, the sense turned, one more or less."""
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            other = copy(node)
            changed = OTHER_COMPARISON[type(operator)]()
            other.ops = [*node.ops[:at], changed, *node.ops[at + 1 :]]
            yield other
    elif isinstance(node, ast.BoolOp):
        other_operator = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield ast.BoolOp(other_operator, node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))


def _forced(node: Conditional) -> tuple[str, ...]:
    """Which way a condition is forced; a loop is not forced to last for ever."""
    return ("False",) if isinstance(node, ast.While) else ("True", "False")


def _other_returns(function: ast.FunctionDef) -> Iterator[tuple[ast.stmt, str]]:
    """Each `return` of a function that returns something else: nothing, or yes or no."""
    answers = function.returns is not None and ast.unparse(function.returns) == "bool"
    for node in _own_statements(function):
        if isinstance(node, ast.Return) and node.value is not None:
            said = ast.unparse(node.value)
            others = ("True", "False") if answers else ("None",)
            yield from ((node, f"return {other}") for other in others if other != said)


def _own_statements(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """All within a function but the functions within it."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            waiting.extend(ast.iter_child_nodes(node))


def _is_removable(node: ast.AST) -> bool:
    """Whether the code still runs without this statement; without a plain name it does not."""
    if isinstance(node, ast.Expr):
        return not isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Assign):
        return not any(isinstance(target, ast.Name | ast.Tuple) for target in node.targets)
    return isinstance(node, ast.AugAssign | ast.Raise | ast.Continue | ast.Break | ast.Delete)
