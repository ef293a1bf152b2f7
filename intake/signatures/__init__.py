"""Digital signatures: whether one holds, whose it is, and whether anyone we trust says so.

Does: read `signature.py` for what comes out, `trust.py` for what a signature is held against,
`extra.py` for the library that does the arithmetic (the extra `sig`), `cms.py` for a signature as
mail and PDF carry it, `mail.py` for signed mail. Documents are in `handlers/readers/signatures/`.
Trusts: the certificates of the authorities that the board keeps in its folder, and no others.
Never touches: the network: nobody is asked whether a certificate was withdrawn. It runs in the
confined worker.
Known limits: the day something reached us stands for the day it was signed: a signature whose
certificate has run out since is a question.
"""
