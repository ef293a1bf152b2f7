"""Writes the page about chasing, from `config/ladder.toml` and the table of silences.

What stands around the tables is written here, and is not taken from the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from config.english import count_noun, join_with_and
from config.kind_loading import load_kinds
from config.ladder import LadderStep, load_ladder
from outbox.chasing.change_requests import MENDING_DAYS
from outbox.chasing.suppression import SUPPRESSION_REASONS
from outbox.due.ladder_steps import NEAR_WORKING_DAYS
from outbox.writing.letter import LETTER_NAMES
from outbox.writing.policy import CHASING_STARTS_AT
from tools import chasing_example

_PAGE = """# Who is chased, when, and what stops it

The tables are written by `tools/write-docs` from what the service goes by: `config/ladder.toml` and
`outbox/chasing/suppression.py`.

{ladders}

## Several returns of one agency

What one reader is to hear of one agency goes into one letter, which stands for the same step of
every return that it names. So a step may seem to be left out: another letter stood for it.

- A reminder stands for one of another return that would come within {near} working days; so does
  a chaser, an answer to what came, and a letter that more time is agreed: each says what is due,
  and when. The reminder on the day itself comes all the same, unless the agency was written to that
  day.
- A chaser or an escalation names all that is late, but for what its reader was told by such a
  letter, or a later step, less than {again} working days before: of that the list in it reminds.
- What an escalation names has had its own escalation, though the day of that would come later:
  next comes the letter once more.
- Nobody is chased on two working days running: a chaser about another return waits until the second
  working day after the last one its reader had, and is one with whatever else is due to them then.
  What is at its last step (the escalation, in the ladder above) waits for nothing, nor does the
  reminder of the day on which something is due.
- Once an agency is written to every {again} working days, an escalation of another return waits
  for that letter.

An example, with the ladder above: {example_story}

| day | letter | to | asks for | stands also for |
|---|---|---|---|---|
{example}

## In any case

Working days leave out weekends, the bank holidays of `[board] holidays` and the office's own
`closures`. Nobody is written to before {hour}, nor outside office hours. A new due date
begins the ladder anew. After a long stop the first step that was missed once it was late is taken,
never several at once. A step that was told late is followed by the next as long after it as the
ladder has it. A form about a report that was given more time is due with it. An agency that was
written to hears no more that day.

After the last step that goes by itself its people are written to once more every {again} working
days (`again` in the ladder), until somebody decides, counted from the day on which they were asked
for any of it last. Such a letter is about all that is late: what the agency owes joins on common
days, whichever was due first and however long something kept it silent. Where another return comes
to a step on the day after, it waits for that day.
A reminder that is taken late, since the review was loaded late or more time was agreed, stands for
the next where that would follow within {near} working days.

A letter to the chair's office is only drafted. It is on the digest until `scr-intake letters
release ID` sends it or `scr-intake letters cancel ID` does not. Where the settings name no chair,
that step is left out.
Of one agency there is one such draft: once more is so late, it is called back for one that says it
all.

A board's own ladder is a file like ours, named by `[board] ladder` in the settings.

## What keeps a letter from being written

Chasing is silent about a return, not about an agency. The first of these that holds of a return is
on the digest, with the command that ends it:

{reasons}

What waits for you (the last four) keeps silent only what it is about: a document of one kind that
kind's return, a request for more time the returns that it names, a message those that it names. A
sealed message, a document that nobody recognised and a request that does not say for which return
could be about any, and keep silent all that the agency owes; so does a nil return that waits. What
somebody sent who is in several reviews, and that does not say for which, keeps it silent in each of
them, until `scr-intake assign` says which.
The notice of a sealed-mail service that names somebody keeps silent all that their agency owes,
until you have looked, but for five working days at most from the first of them, since anybody can
write one; no letter tells of it, to the agency or to the chair's office.
A letter about other returns says of one that is silent what waits, instead of that it is late:
"more time asked for, not yet decided", or that a person is looking at what came.
Thanks, whatever they name, and a question that names no return keep nothing silent. A document that
is no return, such as an agenda, is put away with `scr-intake assign ID --kind none`: nobody is
written to, and chasing goes on.

Each of these keeps silent until it is settled itself. Another return that comes and is accepted
does not end it: nobody knows whether that is what was sealed, or what was asked about.

A request for changes stands for the ladder's steps too: the new version is asked for {to_mend}
working days after it at the earliest, and the ladder then goes on step by step. Every letter to the
agency about it says to whom it was written what needs to be mended.

A silence that ends, by you or by itself, leaves out no step: the ladder goes on from the step that
was told last, each as long after the one before as it has it. A decision says whom it has chased
again, and when.

What waits for you never ends in a chaser. After two working days (`[schedule] ask_first_after`) it
stands first on the digest, and after five (`ask_chair_after`) a letter about it to the chair's
office is drafted, where there is one: one of each agency, about all that waits of theirs. It is
called back once you have decided. Many that are released with one command go in office hours, and
no more of them in a day than any person gets.

Somebody who is away by a note of theirs, is left in peace (`scr-intake contact pause`), or whose
mail came back, is not written to. Their colleagues are, when it is their step, and are told who is
away. Where nobody can be written to whom a step is for, since they are away or their mail came
back, whoever of the agency can be gets it, and is told for whom. A deputy whom the note names is
offered on the digest; one who is registered for the agency stands in, and is told for whom.

Just before a letter leaves, the mailboxes and the drop folder are looked at once more. One that
need not go any more is called back, and the digest says so.

`scr-intake due` shows who would be written to in the weeks to come.

## The review's own days

A case file may give `complete_by`, else six months from the decision, and `[[milestones]]`, each
with `what` and `on`: the first panel meeting, the draft report. They are on the digest, in `status`
and `case show`, and in the calendar that the digest carries; no agency is written to about them.
One whose day has passed stands first on the digest, and its review is not called in time, until
`scr-intake case milestone REF --done DATE` marks it, or the case file says `done = true` of it, or
another day, and is loaded again (`scr-intake case load`).
"""


def chasing_page_text() -> str:
    told = (reason.why[:1].upper() + reason.why[1:] for reason in SUPPRESSION_REASONS)
    ladder = load_ladder({kind.id for kind in load_kinds().all})
    return _PAGE.format(
        again=ladder.again,
        near=NEAR_WORKING_DAYS,
        to_mend=MENDING_DAYS,
        example_story=chasing_example.STORY,
        example=chasing_example.example_rows(),
        ladders="\n\n".join(_ladders()),
        hour=f"{CHASING_STARTS_AT.hour} in the morning",
        reasons="\n".join(f"{n}. {why}." for n, why in enumerate(told, 1)),
    )


def _ladders() -> Iterator[str]:
    kinds = load_kinds()
    ladder = load_ladder({kind.id for kind in kinds.all})
    yield _table("Every return", ladder.standard)
    for id, rungs in ladder.own.items():
        yield _table(f"But the {kinds[id].noun}", rungs)


def _table(title: str, rungs: Sequence[LadderStep]) -> str:
    rows = [f"| {_when(rung)} | {LETTER_NAMES[rung.letter]} | {_to(rung)} |" for rung in rungs]
    return "\n".join([f"## {title}", "", "| when | what | to |", "|---|---|---|", *rows])


def _when(rung: LadderStep) -> str:
    if rung.days == 0:
        return "the day it is due"
    side = "before it is due" if rung.days < 0 else "after it was due"
    return f"{count_noun(abs(rung.days), 'working day')} {side}"


def _to(rung: LadderStep) -> str:
    return join_with_and(
        ["the chair's office" if role == "chair" else f"the {role}" for role in rung.to]
    )
