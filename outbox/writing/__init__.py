"""Writing: what a letter is, what it may say, and how a draft and its template become bytes.

Trusts the facts it is given and the board's own templates only after they were tried
(`template_check.py`). Never touches: the network. Nothing leaves here but past
`disclosure_guard.py`. Begin with `letter.py` and `writer.py`."""
