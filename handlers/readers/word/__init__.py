"""Word documents (.docx, .docm) read as a person reads them, in one pass.

Does, in this order:

    package       bytes            -> a zip whose members are what they say, inflated within bounds
    xml           a part           -> elements, without entities, network or document type
    parts         the package      -> its parts, their types, what points to what
    hazards       parts            -> danger words, never file content (embedded_objects)
    styles        styles.xml       -> what a style makes of a paragraph (appearance)
    body          the main part    -> paragraphs and rows as they stream by, then let go; then
                                      headers, footers, notes, comments
      tables        w:tr           -> Row (plain: the same for rows of nothing but text)
      paragraphs    w:p            -> Paragraph
      runs          w:r and kin    -> text and marks (fields, drawings, symbols)
    document      all of it        -> `open_word(data)`, a `handlers.document.DocumentReading`
    stamping      a template       -> the same with a property of ours

Trusts: nothing in the file.
Never touches: the disk, the network, the clock. Macros, embedded files and pictures are never
opened, only seen to be there.
Known limits: what Word computes rather than stores (automatic numbers, page breaks, fields that
were never updated) is not here. Each module lists its own.
"""
