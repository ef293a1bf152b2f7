"""Answers: each letter is derived from what the register says, written once, sent till it arrives.

    due_letters   asks the rooms below what is owed to anyone, and queues what is new
    due           what is owed for what came: answers, decisions, receipts
    chasing       reminders, chasers and escalations, and what keeps them from going (suppression)
    digest        the administrator's one letter a day; the matrix is drawn in case_matrix
    health        from when on the service is not well, for the digest and for a monitor
    orders        what digests asked, and what the answers to them ordered
    writing       a draft -> the words of a letter, past the guard
    sending       the queue, what may leave now (gate), transports, what came back
    alerts        tells the operator when mail is what does not work
    samples       made-up letters, to look at, and to try the guard on

Trusts: the register and the spool, which it reads only.
Never touches: documents; a letter's bytes once they are queued.
Begin with `due_letters.py`, `due/answers.py` and `writing/writer.py`. `schema/` is what the queue
remembers.
"""
