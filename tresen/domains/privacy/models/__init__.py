"""Tables of this domain, by noun. Private: others ask the queries."""

from __future__ import annotations

from tresen.domains.privacy.models.consents import ConsentEvent, ConsentText, OptIn, Suppression
from tresen.domains.privacy.models.persons import Identifier, Person
from tresen.domains.privacy.models.processors import Processor
from tresen.domains.privacy.models.requests import Export, Request, RequestStep
from tresen.domains.privacy.models.retention import Finding, Hold, Run

__all__ = [
    "ConsentEvent",
    "ConsentText",
    "Export",
    "Finding",
    "Hold",
    "Identifier",
    "OptIn",
    "Person",
    "Processor",
    "Request",
    "RequestStep",
    "Run",
    "Suppression",
]
