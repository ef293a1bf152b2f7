"""What the register adds to a judgement, which the worker could not know."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from config.kind import PACK_ALSO_SENT_RULE, Kind, Kinds
from config.kind_shape import Contradiction, FormShape
from handlers.checks.form.report_day import DATE_RULE
from handlers.fields.versions import compare_versions
from handlers.findings import Clues, Finding, FindingPlace, Findings, Judgement
from handlers.in_order_parts import with_later_findings
from handlers.judging import arrival
from handlers.register.rival_versions import find_rival_versions
from handlers.register.submissions import EntryVerdict
from handlers.values.case_reference import begins_with_word, find_other_reference
from handlers.values.normalise import fold_without_spaces

ANSWER_RULE = "answer-contradicts"
SUPERSEDED_RULE = "signed-before-report"
CHANGED_RULE = "changed-since-signed"
# What is wrong with the words of a statement, which whoever signed it did not sign otherwise.
WORDING_RULES = frozenset({"statement-missing", "statement-reworded", "declaration-reworded"})
# What is asked of one return by what is known of another, which may come with it.
ABOUT_ANOTHER_RULES = frozenset({ANSWER_RULE, DATE_RULE, SUPERSEDED_RULE})
OWN_DAY_PHRASE = "the latest day that the report itself gives"
ARRIVAL_PHRASE = "the report reached us in the form in which we hold it"
MAX_VERSIONS = 2  # of a report that are looked up: whether it came again is all that is asked


@dataclass(frozen=True, slots=True)
class KnownReport:
    """What is known of the report that a form is about.

    `dated` is the latest day it gives itself, of signing or on its front sheet, `received` the day
    its latest version reached us, `versions` how many came (of those before, no more than
    MAX_VERSIONS are counted), `rules` what was found wanting in the latest, `late` whether it
    came, or is still to come, after its due date.
    """

    late: bool = False
    dated: date | None = None
    received: date | None = None
    versions: int = 0
    rules: frozenset[str] = frozenset()

    def followed_by(
        self, findings: Iterable[Finding], clues: Clues, day: date | None
    ) -> KnownReport:
        """The same report once one more version of it has come on `day`."""
        return replace(
            self,
            dated=clues.dated,
            received=day,
            versions=self.versions + 1,
            rules=frozenset(f.rule for f in findings if f.severity != "advice"),
        )


def find_contradictions(judgement: Judgement, kind: Kind, report: KnownReport) -> Iterator[Finding]:
    """What the report belies in one form, under the form's own rules."""
    if not isinstance(kind.shape, FormShape) or not kind.shape.about:
        return
    notes = Findings(kind)
    answers = dict(judgement.clues.answers)
    for contradiction in kind.shape.contradictions:
        if answers.get(contradiction.criterion) == "yes" and _belied(contradiction, report):
            notes.add(
                ANSWER_RULE,
                FindingPlace(criterion=contradiction.criterion),
                shows=contradiction.shows,
            )
    asked = any(finding.rule == DATE_RULE for finding in judgement.findings)
    if not asked and (before := signed_too_soon(judgement.clues.dated, report)):
        notes.add(DATE_RULE, before=before)
    yield from notes.collect_findings()


def _belied(contradiction: Contradiction, report: KnownReport) -> bool:
    if contradiction.late:
        return report.late
    return not report.rules.isdisjoint(contradiction.rules)


def signed_too_soon(signed: date | None, report: KnownReport | None) -> str:
    """What a form was signed before, in words: the latest day the report gives itself, or the day
    it was sent again, since whoever signed has not seen that version. "" where it was not."""
    if signed is None or report is None:
        return ""
    if report.dated is not None and signed < report.dated:
        return OWN_DAY_PHRASE
    again = report.versions > 1 and report.received is not None and signed < report.received
    return ARRIVAL_PHRASE if again else ""


@dataclass(frozen=True, slots=True)
class SentBackForm:
    """The latest version of a form that was sent back or asked about: its day of signing, the day
    on which it reached us, and what was found wanting."""

    dated: date | None
    received: date
    rules: frozenset[str]


def find_change_since_signed(
    judgement: Judgement, kind: Kind | None, before: SentBackForm | None
) -> Iterator[Finding]:
    """A statement put into the form's words after it had been signed in others. One that was signed
    on the day on which the earlier version came may have been signed again."""
    if kind is None or before is None or not kind.includes_rule(CHANGED_RULE):
        return
    signed, mended = judgement.clues.dated, before.rules & WORDING_RULES - _rules(judgement)
    if mended and signed is not None and signed == before.dated and signed < before.received:
        notes = Findings(kind)
        notes.add(CHANGED_RULE)
        yield from notes.collect_findings()


def with_date_question(judgement: Judgement, kind: Kind, report: KnownReport) -> Judgement:
    """A form as it was judged, asked about its day by what is known of its report by now."""
    asked = any(finding.rule == DATE_RULE for finding in judgement.findings)
    before = "" if asked else signed_too_soon(judgement.clues.dated, report)
    if not before or not kind.includes_rule(DATE_RULE):
        return judgement
    notes = Findings(kind)
    notes.add(DATE_RULE, before=before)
    return with_later_findings(judgement, notes.collect_findings(), kind)


def check_superseding(
    judgement: Judgement,
    kinds: Kinds,
    standing: AgencyStanding,
    reports: Mapping[str, KnownReport],
    brought: Collection[str],
) -> Iterator[Finding]:
    """What a version that is accepted, or looked at, leaves to ask; `brought` are the kinds that
    came with it, which speak for themselves."""
    if judgement.verdict not in _STANDS or judgement.kind is None:
        return
    before = standing.accepted.get(judgement.kind)
    if before is not None and judgement.verdict == "accept":
        yield from _shorter(before, judgement.clues)
    report = reports.get(judgement.kind)
    for kind in kinds.all if report is not None else ():
        vouches = isinstance(kind.shape, FormShape) and kind.shape.about == judgement.kind
        held = standing.held.get(kind.id)
        if not vouches or held is None or not kind.includes_rule(DATE_RULE) or kind.id in brought:
            continue
        if than := signed_too_soon(held.dated, report):
            yield arrival.file_finding(SUPERSEDED_RULE, form=kind.noun, before=than)


def _shorter(before: Clues, after: Clues) -> Iterator[Finding]:
    """An older copy sent by mistake is shorter, and would take entries away."""
    change = compare_versions(before, after)
    if change is None or before.rows is None or after.rows is None or after.rows >= before.rows:
        return
    if change.removed:
        yield arrival.file_finding(
            "shorter-than-before",
            after=f"{after.rows:,}",
            before=f"{before.rows:,}",
            gone=f"{change.removed:,}",
        )


# A document that broke one of these says nothing yet, so it contradicts nothing: whoever sent an
# empty chronology is told to send a nil return instead.
EMPTY_DOCUMENT_RULES = frozenset({"no-rows", "blank-template"})
_STANDS: frozenset[EntryVerdict] = frozenset({"accept", "refer"})
HELD_VERDICTS = _STANDS
ACCEPTED_VERDICTS: frozenset[EntryVerdict] = frozenset({"accept"})
SPEAKING_VERDICTS: frozenset[EntryVerdict] = _STANDS | {
    "reject"
}  # what may say something, see `says_something`
RECEIVED_VERDICTS: frozenset[EntryVerdict] = SPEAKING_VERDICTS | {
    "automatic"
}  # all that nobody holds


@dataclass(frozen=True, slots=True)
class AgencyStanding:
    """Where one agency stands in one case. Kinds are ids, words are squashed
    (`handlers/values/normalise.py`).

    `owed` are the kinds it owes, `come` those that came and said something. `others` are the
    names of the case's other agencies; `elsewhere` the references and child identifiers of other
    cases, `here` those of this one, `shapes` how the board's look; `identifier` is its child
    identifier, "" for none. `reports`
    are what is known of those that a form may be about, by kind; `sent_back`
    the latest of each kind that was sent back; `accepted` what the latest
    accepted version of each kind says of itself, `held` the latest that is accepted or waits for a
    person; `day` is the day a delivery reached us.
    """

    owed: frozenset[str] = frozenset()
    come: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    here: frozenset[str] = frozenset()
    shapes: tuple[str, ...] = ()
    identifier: str = ""
    reports: Mapping[str, KnownReport] = field(default_factory=dict)
    sent_back: Mapping[str, SentBackForm] = field(default_factory=dict)
    accepted: Mapping[str, Clues] = field(default_factory=dict)
    held: Mapping[str, Clues] = field(default_factory=dict)
    day: date | None = None


def says_something(
    kind: Kind | None, verdict: str, rules: Iterable[str], *, just_came: bool = False
) -> bool:
    """Whether a document that came says something that another could contradict. A nil return
    that was sent back does not stand, but where it only `just_came`: whoever sent both is asked
    which is right by the same letter. A chronology that was sent back shows that there is one."""
    if kind is None or not EMPTY_DOCUMENT_RULES.isdisjoint(rules):
        return False
    return verdict in _STANDS or (verdict == "reject" and (just_came or not kind.settles_pack))


def check_against_standing(
    standing: AgencyStanding, said: Sequence[Sequence[Judgement]], kinds: Kinds
) -> list[tuple[Judgement, ...]]:
    """The judgements of the documents of one delivery, with what the register adds."""
    found = [
        [with_later_findings(j, _pointers(j, standing, kinds), kinds.get(j.kind)) for j in document]
        for document in said
    ]
    come = standing.come.union(
        judgement.kind or ""
        for document in found
        for judgement in document
        if _says_now(judgement, kinds.get(judgement.kind))
    )
    reports = {**standing.reports, **dict(_brought(standing, found))}
    brought = frozenset(j.kind or "" for document in found for j in document)
    rivals = find_rival_versions(found, lambda kind: _reports(kind, standing.owed), kinds)
    return [
        tuple(
            with_later_findings(
                j,
                (
                    *_contradicted(j, come, standing, kinds),
                    *_belied_standing(j, reports, kinds),
                    *find_change_since_signed(
                        j, kinds.get(j.kind), standing.sent_back.get(j.kind or "")
                    ),
                    *check_superseding(j, kinds, standing, reports, brought),
                    *rivals.get((at, j.kind), ()),
                ),
                kinds.get(j.kind),
            )
            for j in document
        )
        for at, document in enumerate(found)
    ]


def check_points_elsewhere(
    judgement: Judgement, standing: AgencyStanding, kinds: Kinds
) -> Judgement:
    """The judgement, held for what it says of itself where that is another agency's or case's."""
    return with_later_findings(
        judgement, _elsewhere(judgement, standing), kinds.get(judgement.kind)
    )


def _brought(
    standing: AgencyStanding, found: Sequence[Sequence[Judgement]]
) -> Iterator[tuple[str, KnownReport]]:
    """What is known of the reports this very delivery brings: newer than what came before."""
    for judgement in (judgement for document in found for judgement in document):
        before = standing.reports.get(judgement.kind or "")
        if before is not None and judgement.verdict != "hold":
            yield (
                judgement.kind or "",
                before.followed_by(judgement.findings, judgement.clues, standing.day),
            )


def _belied_standing(
    judgement: Judgement, reports: Mapping[str, KnownReport], kinds: Kinds
) -> Iterator[Finding]:
    """A form that says "Yes" to what the report it is about does not bear out."""
    kind = kinds.get(judgement.kind)
    if kind is not None and isinstance(kind.shape, FormShape) and kind.shape.about in reports:
        yield from find_contradictions(judgement, kind, reports[kind.shape.about])


def _rules(judgement: Judgement) -> frozenset[str]:
    return frozenset(finding.rule for finding in judgement.findings)


def _pointers(judgement: Judgement, standing: AgencyStanding, kinds: Kinds) -> Iterator[Finding]:
    """Replying to a document of another case or agency could tell one about the other."""
    kind = kinds.get(judgement.kind)
    yield from _elsewhere(judgement, standing)
    if kind is not None and kind.in_pack and kind.id not in standing.owed:
        yield arrival.file_finding("not-owed")


def _elsewhere(judgement: Judgement, standing: AgencyStanding) -> Iterator[Finding]:
    clues = judgement.clues
    if clues.agency == "other" or fold_without_spaces(clues.agency or "") in standing.others:
        yield arrival.file_finding("another-agency")
    yield from _about_the_case(clues.child_identifier or "", judgement, standing)


def _about_the_case(told: str, judgement: Judgement, standing: AgencyStanding) -> Iterator[Finding]:
    """ "N13/B" is of case N13, whose own identifier is "N13/A"; "N131" is not."""
    identifier = fold_without_spaces(told)
    if not identifier or _begins(identifier, standing.here):
        return
    if _begins(identifier, standing.elsewhere) or find_other_reference(told, standing.shapes, ()):
        yield arrival.file_finding("another-case")
    elif standing.identifier and judgement.verdict != "hold":
        unknown = arrival.file_finding("identifier-unknown")
        place = judgement.clues.identifier_place
        yield replace(unknown, where=FindingPlace(section=place or None))


def _begins(identifier: str, words: Collection[str]) -> bool:
    return any(begins_with_word(identifier, word) for word in words)


def _reports(kind: Kind, owed: frozenset[str]) -> bool:
    """Whether a return of this kind tells of involvement: any of the pack, and whatever else the
    agency owes but the small returns, which a person always looks at."""
    small = isinstance(kind.shape, FormShape) and bool(kind.shape.always)
    return kind.in_pack or (kind.id in owed and not small and not kind.settles_pack)


def _says_now(judgement: Judgement, kind: Kind | None) -> bool:
    return says_something(kind, judgement.verdict, _rules(judgement), just_came=True)


def _contradicted(
    judgement: Judgement, come: frozenset[str], standing: AgencyStanding, kinds: Kinds
) -> Iterator[Finding]:
    """A nil return and anything that tells of involvement cannot both stand, whichever is first."""
    kind = kinds.get(judgement.kind)
    if kind is None or not (kind.settles_pack or _reports(kind, standing.owed)):
        return
    if not _says_now(judgement, kind):
        return
    for nil in (k for k in kinds.all if k.settles_pack and k.includes_rule(PACK_ALSO_SENT_RULE)):
        told = {k.id for k in kinds.all if _reports(k, standing.owed)}
        against = told if kind.id == nil.id else {nil.id}
        if not against.isdisjoint(come):
            notes = Findings(nil)
            notes.add(PACK_ALSO_SENT_RULE)
            yield from notes.collect_findings()
