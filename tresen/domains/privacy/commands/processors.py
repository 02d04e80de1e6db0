"""Writes about services that process data for the shop."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from tresen.domains.privacy import models
from tresen.domains.privacy.rules.transfers import transfer_fault
from tresen.domains.privacy.types.processors import Processor
from tresen.foundation.refusals import Refusal


class TransferRefused(Refusal):
    """Data must not go there: it says what is missing (Art. 28, 44–49 GDPR)."""

    code = "transfer_refused"
    message = (
        "This service cannot be enabled: a contract or the ground for the transfer is missing."
    )


class ContractMissing(TransferRefused):
    """No contract of Art. 28."""

    code = "contract_missing"
    message = "Without a contract (Art. 28 GDPR) this service must not get data. Give its day."


class MechanismMissing(TransferRefused):
    """Outside the EEA, and nothing allows it."""

    code = "mechanism_missing"
    message = (
        "Data must not go to this country like this: choose adequacy where the Commission decided"
        " it, the Data Privacy Framework for a listed US company, or standard clauses."
    )


class ReferenceMissing(TransferRefused):
    """Clauses without an assessment, or a framework without the listing."""

    code = "reference_missing"
    message = "Name the assessment of the transfer, or the entry in the framework's list."


_REFUSALS = {
    "contract": (ContractMissing, "contract_on"),
    "mechanism": (MechanismMissing, "mechanism"),
    "reference": (ReferenceMissing, "reference"),
}


@transaction.atomic
def save_processor(*, processor: Processor) -> None:
    """Raises TransferRefused where it is to be enabled and must not be."""
    fault = transfer_fault(processor) if processor.is_enabled else ""
    if fault:
        refusal, field = _REFUSALS[fault]
        raise refusal(field=field)
    given = asdict(processor)
    code = given.pop("code")
    models.Processor.objects.update_or_create(code=code, defaults=given)
