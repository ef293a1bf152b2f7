"""Digital signatures on documents: PDF and Word.

Does: read `check.py` first: it holds every signature on a document against its bytes and against
the authorities the board believes, and notes in `Traits` what that came to. `pdf.py` is PDF;
`word.py`, `manifest.py`, `xmldsig.py` and `relationships.py` are Word (ECMA-376 part 2, 13).
Trusts: what `intake/signatures/` trusts.
Never touches: the network, the clock; it runs in the confined worker.
Known limits: each module's.
"""
