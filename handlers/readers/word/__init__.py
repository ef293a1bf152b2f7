"""Word documents (.docx, .docm) read as a person reads them, in one pass.

Does, in this order:

    package       bytes            -> a zip whose members are what they say, inflated within bounds
      zipped        its directory  -> sound or not: nothing listed twice, hidden or escaping
      compound      no zip at all  -> protected, or an old .doc
    xml           a part           -> elements, without entities, network or document type
    parts         the package      -> its parts, their types, what points to what
    hazards       parts            -> danger words, never file content
      network       a target       -> does it lead to the network
    styles        styles.xml       -> what a style makes of a paragraph (setting, look)
    story         the main part    -> paragraphs and rows as they stream by, then let go
      watch         its elements   -> tracked changes, and dangers in fields (instructions)
      table         w:tr           -> Row (plain: the same for rows of nothing but text)
      flow          a cell, a box  -> its paragraphs and tables
      scribe        w:p            -> Line -> Paragraph
      runs          w:r and kin    -> text and marks (fields, control, drawing, symbols)
    sides         the other parts  -> headers, footers, notes, comments, properties
    document      all of it        -> `open_word(data)`, a `handlers.document.Reading`

Trusts: nothing in the file.
Never touches: the disk, the network, the clock. Macros, embedded files and pictures are never
opened, only seen to be there.
Known limits: what Word computes rather than stores (automatic numbers, page breaks, fields that
were never updated) is not here. Each module lists its own.
"""
