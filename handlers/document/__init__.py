"""What a document is made of, whatever program wrote it.

Does, in this order:

    block         what every reader yields and every judge hears
    strip         blocks         -> runs of printed lines, and the cell that comes next
    label         a line         -> the labels of blanks in it
    blank         both           -> what was entered against each label
    stamp         a property     -> the template it was issued as
    digests       what it says   -> eight bytes an entry (versions: what changed since the last)

Trusts: nothing in a document.
Never touches: files, XML, the register.
Known limits: each module lists its own.
"""
