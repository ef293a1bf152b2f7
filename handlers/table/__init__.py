"""Judging a table of dated entries, such as the chronology, row by row as it streams past."""

from handlers.table.judge import TableJudge

__all__ = ["TableJudge"]
