"""A message on the clerk's desk, and what is to be done with it: decided before anything is.

Does: holds what is known of a message once it is read, and tells from it, by tables read top to
bottom, what it is when nothing is attached, whether it is a rehearsal, and what was not read. Pure.
Trusts: `Message.sender` and the other headers, which the service read for itself.
Never touches: the register, the worker.
Known limits: claims to carry a document are known by the words of `config/mail_words.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from handlers.post.attribution import Unplaced
from handlers.post.evidence import MailEvidence, Surroundings
from handlers.post.proof import is_ours
from handlers.post.small_talk import is_small_talk
from handlers.register.entry import Proof
from handlers.typed.reference import names
from intake.message.address import plus_tag
from intake.message.letterhead import Letterhead
from intake.message.message import Attachment, Message
from intake.message.own_words import claims_a_document

CHECK = "check"  # returns+check@board.example
# What the notice of a sealed message may carry, and be nothing but the notice.
OF_A_NOTICE = frozenset({"png", "jpeg", "gif", "html", "rpmsg"})
# What no return is made of: of a stranger it is no concern of the service's.
NO_RETURN = frozenset({"png", "jpeg", "gif", "tiff", "vcard", "calendar", "empty", "html"})
NOT_READ = frozenset(
    {"unreadable", "header-too-long", "too-deep", "too-many-parts", "too-big", "truncated"}
    | {"partial", "container-damaged"}
)

# Of machines' mail, what is of no concern to the service unless somebody registered sent it.
OF_OTHERS = frozenset({"absence", "auto-reply", "list", "bulk"})
# Senders of whom there is no more to say than that nobody knows them or vouches for them.
STRANGERS = frozenset(
    {"sender-unknown", "sender-unproven", "results-missing", "results-fail", "results-other"}
)

_CHECK_FIRST = re.compile(r"\s*(?:CHECK\b|check:)")


@dataclass(frozen=True, slots=True)
class Mail:
    """One message. `doubt` is why its sender is not proven, `unknown` how a note calls one nobody
    is registered under, `about` what evidence is held against, `ours` our own addresses."""

    message: Message
    doubt: str
    unknown: str
    about: Surroundings
    evidence: MailEvidence
    ours: Collection[str] = ()
    oversize: bool = False  # only its headers were fetched
    speaks_of_ours: bool = False  # it names a registered address
    report_proof: Proof = ""  # of a delivery report: what proves that it is what it says

    @property
    def documents(self) -> list[Attachment]:
        """What may be a return. The pictures and the page of a sealed-mail notice are not."""
        found = list(self.message.documents)
        notice = "sealed-link" in self.message.trouble
        return [] if notice and all(a.sniffed in OF_A_NOTICE for a in found) else found

    @property
    def registered(self) -> bool:
        """Somebody is registered under the address it gives, proven or not."""
        return bool(self.about.places)

    @property
    def by_hand(self) -> bool:
        """Somebody registered wrote it themselves, and that is proven."""
        return self.registered and not self.doubt and not self.message.automatic

    @property
    def rehearses(self) -> bool:
        """It asks for a check: nothing is to be logged. A machine's mail never does, and of one
        that was not fetched there is nothing to check."""
        if self.message.automatic or self.oversize:
            return False
        tagged = any(
            plus_tag(address).casefold() == CHECK and is_ours(address, self.ours)
            for address in self.message.recipients
        )
        return tagged or _CHECK_FIRST.match(self.message.subject) is not None

    @property
    def tells_of_held(self) -> bool:
        """A machine of the board's own wrote it, and it names a case or somebody registered."""
        domain = self.message.sender.rpartition("@")[2].casefold()
        own = {address.rpartition("@")[2] for address in self.ours}
        if self.registered or domain not in own or not self.message.automatic:
            return False
        named = any(names(self.evidence.words, r) for r in self.about.elsewhere)
        return named or self.speaks_of_ours

    @property
    def empty(self) -> Unplaced:
        """What a message without a document is."""
        return Unplaced("refer", next(reason for reason, is_so in _EMPTY if is_so(self)))

    @property
    def is_for_others(self) -> bool:
        """Mail like any other in a mailbox that people read too: from nobody registered, with
        nothing that could be a return, naming no case. It is left as it was."""
        if self.registered or self.oversize or self.not_whole:
            return False
        if any(document.sniffed not in NO_RETURN for document in self.documents):
            return False
        if self.message.automatic:
            return self.message.automatic in OF_OTHERS
        named = any(names(self.evidence.words, r) for r in self.about.elsewhere)
        return not named and (self.doubt or self.unknown) in STRANGERS

    @property
    def not_whole(self) -> bool:
        """Something in it was not read."""
        return not NOT_READ.isdisjoint(self.message.trouble)


def addressed(message: Message, head: Letterhead) -> Message:
    """The message with its headers as the service read them: no document decides who sent it,
    or that no machine did."""
    return replace(
        message,
        message_id=head.message_id,
        in_reply_to=head.in_reply_to,
        sender=head.sender,
        sender_trouble=head.sender_trouble,
        recipients=head.recipients,
        subject=head.subject,
        automatic=message.automatic or head.marked or ("" if message.brings else head.worded),
    )


_EMPTY: tuple[tuple[str, Callable[[Mail], bool]], ...] = (
    ("too-big", lambda mail: mail.oversize),
    ("not-whole", lambda mail: not NOT_READ.isdisjoint(mail.message.trouble)),
    ("sealed-waiting", lambda mail: "sealed-link" in mail.message.trouble),
    ("share-waiting", lambda mail: "share-link" in mail.message.trouble),
    ("removed-on-the-way", lambda mail: "removed" in mail.message.trouble),
    ("sealed-waiting", lambda mail: "sealed-notice" in mail.message.trouble),
    ("document-missing", lambda mail: claims_a_document(mail.message.own_words)),
    ("thanks", lambda mail: is_small_talk(mail.message.subject, mail.message.own_words)),
    ("nothing-attached", lambda mail: True),
)
