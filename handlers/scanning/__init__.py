"""Has everything looked through for viruses before the confined worker opens it.

`clamd.py` speaks with clamd, `clamd_answers.py` reads what it says, `eicar.py` is the test
virus, and `virus_scanner.py` decides: what may be opened, and whether the scanner can be relied on.
"""
