"""What came on paper: PDFs, and pictures of pages, read as a person reads them.

Does, in this order:

    pdfium        bytes         -> pages and what is on them, by pypdfium2
      glyphs        a page's text     -> words and where they stand
      shapes        its objects       -> ruling lines, squares, pictures, ink
      ballot        squares           -> boxes to tick, ticked or not
      annotations   what lies on it   -> form fields, typed notes, ink, dangers
    picture       bytes         -> the sizes of a picture's pages, before anything is decoded
    engine        a picture     -> words and ruling lines, by Tesseract (the extra `ocr`)
    page          either        -> a Page: words, rules and pictures in their places
    layout        a Page        -> paragraphs and rows
      lines         words         -> printed lines
      prose         lines         -> paragraphs
      ruling        rules         -> grids
      table         a grid        -> rows
    pdf, scan     all of it     -> `open_pdf(data)` and `open_picture(data)`, each a
                                   `handlers.document.Reading`

Trusts: nothing in the file. All of it runs in the confined worker.
Never touches: the disk, the network, the clock. JavaScript in a PDF is not even compiled in.
Known limits: what a page shows and what it says can differ; only what it says is read. Each
module lists its own.
"""
