"""Labels in a document, and what was entered against them, whatever program wrote it.

Does, in this order:

    label_meanings     words          -> what a label of them means: whose it is, what it asks for
    people             words          -> what they look like: a name, a job, a day, or no name
    drawn_lines        a blank        -> the lines printed to write on, and what a person put there
    labels             a line         -> the labels of blanks in it, and what stands against each
    labels_under_lines lines          -> labels that stand under what they name
    lines              lines          -> the blanks in them, values beside, below or above
    signed_by          a sentence     -> who is said in it to have signed
    label_column       rows           -> which of a column's labels stand under their values
    table_layout       a table        -> what each cell is: a label, a value, whose
    table_fields       a table        -> the blanks in it, in whichever layout it has
    front_matter       rows           -> which sort of list it is: versions, short forms, family ...
    fields             blocks         -> every blank, and what no label claims
    versions           two versions   -> what changed, by eight bytes an entry

Trusts: nothing in a document.
Never touches: files, XML, the register.
Known limits: each module lists its own.
"""
