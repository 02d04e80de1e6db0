"""Services abroad: enabled only where law lets data go there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tresen.domains.privacy import commands, models
from tresen.domains.privacy.queries.processors import list_processors
from tresen.domains.privacy.rules.transfers import transfer_fault
from tresen.domains.privacy.types.processors import Mechanism, Processor

HOST = Processor(
    code="host",
    name="Rechenzentrum",
    task="Server",
    country="DE",
    contract_on=date(2026, 1, 1),
    is_enabled=True,
)
M = Mechanism


@pytest.mark.parametrize(
    ("country", "mechanism", "reference", "fault"),
    [
        ("DE", M.NONE, "", ""),
        ("NO", M.NONE, "", ""),
        ("CH", M.ADEQUACY, "", ""),
        ("CH", M.NONE, "", "mechanism"),
        ("US", M.NONE, "", "mechanism"),
        ("US", M.ADEQUACY, "x", "mechanism"),
        ("US", M.FRAMEWORK, "", "reference"),
        ("US", M.FRAMEWORK, "DPF 1234", ""),
        ("IN", M.FRAMEWORK, "DPF 1234", "mechanism"),
        ("IN", M.CLAUSES, "", "reference"),
        ("IN", M.CLAUSES, "SCC 2026-03, TIA 7", ""),
    ],
)
def test_where_data_may_go(country: str, mechanism: Mechanism, reference: str, fault: str) -> None:
    service = replace(HOST, country=country, mechanism=mechanism, reference=reference)

    assert transfer_fault(service) == fault


@pytest.mark.django_db
def test_a_service_without_ground_cannot_be_enabled_but_noted() -> None:
    abroad = replace(HOST, country="US")
    with pytest.raises(commands.TransferRefused) as refused:
        commands.save_processor(processor=abroad)
    assert refused.value.field == "mechanism"
    assert list_processors() == []

    commands.save_processor(processor=replace(abroad, is_enabled=False))
    assert list_processors(only_enabled=True) == []
    assert len(list_processors()) == 1


@pytest.mark.django_db
def test_the_database_itself_wants_a_contract() -> None:
    commands.save_processor(processor=HOST)
    with (
        pytest.raises(IntegrityError, match="processor_enabled_has_a_contract"),
        transaction.atomic(),
    ):
        models.Processor.objects.update(contract_on=None)
