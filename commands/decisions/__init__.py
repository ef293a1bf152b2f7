"""What a person decides, by a command or by mail: asked for, foretold, carried out, and told.

Does: `requesting.py` is what both doors have in common; `decision_prompt.py` asks at a terminal;
`effects.py` says what a decision would cause by causing it and taking it back; `grouped.py` settles
what one line of a digest told of many; the rest is what is told, shown and destroyed by it.
Trusts: that whoever asks was proven before.
Never touches: a source, a transport, or a document but as a file that is handed out.
Start at `requesting.py`.
"""
