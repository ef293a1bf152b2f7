"""The annotated copy: the agency's own Word document with a comment at each fault.

Does: read `copy.py` for the whole of it and for the comments themselves, `places.py` for where
things are in the document and which paragraph a finding means, `request.py` for what is asked.
Trusts: nothing in the document. It runs in the confined worker.
Never touches: a word of the text; the original.
Known limits: see each module.
"""
