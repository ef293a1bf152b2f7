"""Judging a table of dated entries, such as the chronology, row by row as it streams past.

`table_claims.py` says which tables are the kind's; `entry.py` reads a row, a date among it by
`handlers/values/dates.py`. `cell_checks.py` asks each column; `order_and_period.py` looks at all
days together; `judge.py` runs them.

Trusts: the kind's TOML for every column, wording and severity; nothing in a document.
Never touches: files, XML, the clock, the register: it runs in the confined worker. Only whole
numbers are kept of each row.
"""
