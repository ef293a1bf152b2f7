"""Spreadsheets (.xlsx), read far enough to tell what they are.

    workbook   bytes             -> `open_workbook(data)`, a `handlers.document.block.Reading`
      cells    a row of a sheet  -> the texts of its cells, each in its column
      strings  sharedStrings.xml -> the texts that cells only point to

Trusts: nothing in the file. All of it runs in the confined worker.
Never touches: formulas, macros, links; only what was saved as shown.
Known limits: each module lists its own.
"""
