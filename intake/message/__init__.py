"""Reading mail: raw bytes in, one Message out.

Does: read `parse.py` for the whole of it and for the headers alone, `message.py` for what comes
out, `mime.py` for the tree of parts, `attachments.py` for what may be a document, `smime.py` for
signed mail.
Trusts: nothing that is in a mail.
Never touches: the network, the clock, files, pydantic: it runs in the confined worker.
Known limits: see each module.
"""

from intake.message.parse import open_task, read_message, unpack_task
from intake.message.smime import warm

__all__ = ["open_task", "read_message", "unpack_task", "warm"]
