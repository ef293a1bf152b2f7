"""The confined worker: the one place where a document or a mail from outside is opened.

    the service          the nursery                 one child for each document
    client.Worker  ---   nursery.Nursery   --fork->  child.answer
      `- zygote.Zygote     preloaded once              confined, reads, works, replies, ends

Does: read `client` for what the service calls, `task` for what may be asked, `nursery` and
`child` for what happens then, and `confine` for the table of what a child is forbidden.
Trusts: what comes from the service. What comes from a child is bounded and checked.
Never touches: the register, the network, keys, the clock.
Known limits: Linux 5.3 or newer. All children of one nursery share its memory layout, so what
a hostile document learns about addresses could help the next one.
"""
