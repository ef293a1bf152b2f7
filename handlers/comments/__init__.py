"""The annotated copy: the agency's own Word document with a comment at each fault.

Does: read `copy.py` for the whole of it, `outline.py` for where things are in the document,
`places.py` for which paragraph a finding means, `comments.py` for the comments themselves.
Trusts: nothing in the document. It runs in the confined worker.
Never touches: a word of the text; the original.
Known limits: see each module.
"""
