"""What a person asks for, decided and carried out: what commands and the administrator's mails have
in common."""

from __future__ import annotations

from collections.abc import Sequence

from commands.composition.app import Application
from handlers.register.decision import Decision, DecisionRefused
from handlers.register.requests import Request, RequestRules


def request_rules(app: Application) -> RequestRules:
    return RequestRules(app.register, app.kinds, app.settings.board.zone_info)


def decide_request(app: Application, request: Request) -> tuple[Decision, ...] | DecisionRefused:
    """What it comes to as things stand."""
    return request_rules(app).decide(request, app.now().date())


def carry_out_decisions(app: Application, decisions: Sequence[Decision]) -> list[int]:
    """Into the register, and their numbers. Call inside a transaction."""
    return app.register.decisions.record_together(decisions, app.now())
