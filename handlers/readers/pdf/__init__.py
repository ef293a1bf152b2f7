"""What came on paper: PDFs, and pictures of pages, read as a person reads them.

Does, in this order:

    pdf_file      bytes         -> pages and what is on them, by pypdfium2
      actions       its objects       -> what it would do by itself when it is opened
      glyphs        a page's text     -> words and where they stand
      shapes        its objects       -> ruling lines, pictures, ink, boxes to tick
      annotations   what lies on it   -> form fields, typed notes, ink, dangers
    ocr           a picture     -> words and ruling lines, by Tesseract (the extra `ocr`), and
                                   `open_picture(data)`
    page          either        -> a Page: words, rules and pictures in their places
    text_lines    words         -> printed lines, and paragraphs
    layout        a Page        -> paragraphs and rows
    pdf           all of it     -> `open_pdf(data)`, a `handlers.document.DocumentReading`

Trusts: nothing in the file. All of it runs in the confined worker.
Never touches: the disk, the network, the clock. JavaScript in a PDF is not even compiled in.
Known limits: what a page shows and what it says can differ; only what it says is read. Each
module lists its own.
"""
