"""Digital signatures: whether one holds, whose it is, and whether anyone we trust says so.

Does: read `signature.py` for what comes out, and for what a signature is held against;
`certificate.py` for whom a certificate names, `cms.py` for a signature as mail and PDF carry it,
`decryption_key.py` for mail encrypted to the board. The extra `sig` does the arithmetic. Signed
mail is in `intake/message/smime.py`, documents are in `handlers/readers/signatures/`.
Trusts: the certificates of the authorities that the board keeps in its folder, and no others.
Never touches: the network: nobody is asked whether a certificate was withdrawn. It runs in the
confined worker.
Known limits: the day something reached us stands for the day it was signed: a signature whose
certificate has run out since is a question.
"""
