"""Word documents (.docx, .docm) read as a person reads them, in one pass.

Does, in this order:

    package      bytes          -> a zip whose members can be trusted to be what they say
    zipped       .                 (how the zip is put together; nothing listed twice or hidden)
    compound     .                 (not a zip but an OLE file: protected, or an old .doc)
    xml          a part         -> parsed without entities, network or document type
    parts        the package    -> its parts, their types, what points to what
    hazards      parts, fields  -> danger words, never file content
    styles       styles.xml     -> what a style makes of a paragraph
    story        the main part  -> elements as they stream by; rows let go once read
    table        w:tr           -> Row          flow       a cell's content -> Paragraph, tables
    scribe       w:p            -> Line -> Paragraph
    sides        the rest       -> headers, footers, notes, comments, properties
    document     all of it      -> `open_word(data)`, a `handlers.block.Reading`

Trusts: nothing in the file.
Never touches: the disk, the network, the clock. Macros, embedded files and pictures are never
opened, only seen to be there.
Known limits: what Word computes rather than stores (automatic numbers, page breaks, fields that
were never updated) is not here. Each module lists its own.
"""
