"""What runs in the nursery's process: `python -I -m handlers.sandbox`, its control line on 0.

Does: takes its orders, prepares, proves its confinement, says READY or why not, and serves.
Trusts: the service that started it. Never touches: documents.
Known limits: it says nothing on stderr, where a document's text might end in a log.
"""

from __future__ import annotations

import gc
import pickle
import resource
import signal
import socket
import sys

from handlers.sandbox import child, fork_server
from handlers.sandbox.child import Prepared, prepare
from handlers.sandbox.protocol import NOT_READY, READY, places, read_part, type_name, write_parts
from handlers.sandbox.task import packages


def main() -> int:
    """Serve until the service hangs up. Returns an exit status."""
    _forget_inherited_habits()
    with socket.socket(fileno=child.CHANNEL) as control:
        prepared = _prepared(control)
        if prepared is None:
            return 1
        fork_server.serve(control, prepared)
    return 0


def _prepared(control: socket.socket) -> Prepared | None:
    try:
        prepared = prepare(pickle.loads(read_part(control.recv)))  # noqa: S301  # the service's
        gc.freeze()  # what is loaded stays shared with the children
        found = fork_server.prove(control, prepared)
    except Exception as error:  # noqa: BLE001  # whatever it is, the service has to hear of it
        why = " < ".join([type_name(error), *reversed(places(error, packages({})))])
        write_parts(control.fileno(), [NOT_READY, why.encode()])
        return None
    write_parts(control.fileno(), [READY, found.to_json()])
    return fork_server.insisting(prepared, found)


def _forget_inherited_habits() -> None:
    """Signals the service ignores or blocks would be ignored and blocked here too."""
    for number in (signal.SIGCHLD, signal.SIGXCPU, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    resource.setrlimit(resource.RLIMIT_NOFILE, (child.DESCRIPTORS, child.DESCRIPTORS))


if __name__ == "__main__":
    sys.exit(main())
