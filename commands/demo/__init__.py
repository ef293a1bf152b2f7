"""The demonstration: a made-up board, a made-up case, and the documents its agencies send.

Does: holds the makers of those documents. `papers` is what the rest of the demonstration imports.
Trusts: the text beside it in `text/`, which is part of the product.
Never touches: a real register, mailbox or folder.
Known limits: one case only, N12, told by five agencies; see `stories.py`.
"""
