"""Made-up papers of the agencies of case N12, in order against the board's toolkit.

`papers` is what tests import. The demonstration shows some of these as Word files, which
`tools/write-docs` writes into `commands/demo/documents/`.
"""
