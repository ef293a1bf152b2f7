"""What the administrator answers to a digest, read as orders.

Does: `reply_text` takes away what is quoted, `grammar` reads one line, `beside` says what the other
lines cast doubt on, `reading` puts the forms of one mail together and answers in the worker;
`reply_reader` asks it there, and `standing` says whether the mail is hers and proven.
Trusts: nothing in the mail; the text of the digest, which is ours.
Never touches: the register, the clock: nothing is carried out here.
Known limits: a digest that was altered where it is quoted without any mark is asked about.
"""
