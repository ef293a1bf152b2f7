"""Reading mail: raw bytes in, one Message out.

Does: read `read.py` for the whole of it, `letterhead.py` for the headers alone, `message.py` for
what comes out, `parts.py` for the tree of parts, `unpack.py` for what may be a document, `smime.py`
for signed mail, `wire.py` for the way out of the worker.
Trusts: nothing that is in a mail.
Never touches: the network, the clock, files, pydantic: it runs in the confined worker.
Known limits: see each module.
"""

from intake.message.parse import open_task, read_message, unpack_task
from intake.message.smime import warm

__all__ = ["open_task", "read_message", "unpack_task", "warm"]
