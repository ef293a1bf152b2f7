"""The confined worker: the one place where a document or a mail from outside is opened.

    client.py      in the service: starts the fork server, and asks it about each document
    process.py     in the service: the fork server's process, and the lines to it
    fork_server.py the process with everything loaded, that forks one child for each document
    child.py       one child: confined, it reads, works, replies and ends
    task.py        what may be asked; protocol.py: in which form, checked on the way out
    confine.py     what a child gives up (landlock.py, seccomp.py); self_test.py tries it

Trusts: what comes from the service. What comes from a child is bounded and checked.
Never touches: the register, the network, keys, the clock.
Known limits: Linux 5.3 or newer. All children of one fork server share its memory layout, so what
a hostile document learns about addresses could help the next one.
"""
