"""Returns that are forms: blanks to fill, criteria to answer, statements that must stand.

Does: holds the judge of the form shape, one module a noun.
Trusts: the kind's TOML for every wording and severity.
Never touches: files, XML, the clock, the register.
Known limits: see `judge.py`.
"""
