"""Judging a table of dated entries, such as the chronology, row by row as it streams past."""
