"""Readers: bytes of a Word file, a PDF, a picture or a workbook become a document.

Trusts nothing in a file: everything here runs in the confined worker only.
Never touches: the register, the network, the disk outside its own folder.
Begin with `word/document.py`."""
