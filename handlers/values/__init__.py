"""What a person typed, read as it was meant.

Does: `when` reads a date, `clock` a time, `age` an age, each out of what `keyboard` makes plain;
`no_value` knows what says that nothing is there yet; `fold` compares words, `halves` parts
two languages and `reference` finds a case's; `quoting` lets a short value back out
into a letter, and nothing else.
Trusts: nothing.
Never touches: documents, the register, the clock.
Known limits: each module lists its own.
"""
