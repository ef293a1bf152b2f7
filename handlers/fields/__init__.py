"""What a document is made of, whatever program wrote it.

Does, in this order:

    block         what every reader yields and every judge hears
    lexicon       words          -> what a label of them means: whose it is, what it asks for
    label         a line         -> the labels of blanks in it, and what stands against each
    hidden        counts         -> what a word processor hides, in words
    filled        what a reader of blanks yields: blanks, and what no label claims
    nobody        a value         -> why it is no name and no signature
    person        words          -> what they look like: a name, a job, a day
    line          paragraphs     -> printed lines
    under         lines          -> labels that stand under what they name
    strip         lines          -> the blanks in them, values beside, below or above
    signed_by     a sentence     -> who is said in it to have signed
    label_column  rows           -> which of a column's labels stand under their values
    footed        rows           -> values over a row of their labels
    grid          a table        -> what each cell is: a label, a value, whose
    cells         a table        -> the blanks in it, in whichever layout it has
    version_table rows           -> whether they are a table of versions, which is nobody's
    front_matter  rows           -> which sort of list it is: versions, short forms, family ...
    blank         blocks         -> every blank, and what no label claims
    stamp         a property     -> the template it was issued as
    digests       what it says   -> eight bytes an entry (versions: what changed since the last)

Trusts: nothing in a document.
Never touches: files, XML, the register.
Known limits: each module lists its own.
"""
