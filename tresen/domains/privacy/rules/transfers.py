"""May a service receive data about people in its country. Dated lists: the EEA, adequacy.

Source: Art. 44–49 GDPR; decisions of the Commission under Art. 45, as of November 2026. Those that
end are listed with their end; the United States are adequate for companies on the list of the
Data Privacy Framework only.
"""

from __future__ import annotations

from tresen.domains.privacy.types.processors import Mechanism, Processor

# fmt: off
EEA = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
    "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "IS", "LI", "NO",
})
ADEQUATE = frozenset({
    "AD", "AR", "CA", "CH", "FO", "GB", "GG", "IL", "IM", "JE", "JP", "KR", "NZ", "UY",
})
# fmt: on
FRAMEWORK_COUNTRY = "US"


def transfer_fault(processor: Processor) -> str:
    """What is missing before it may be enabled: contract, mechanism, reference; else nothing."""
    if processor.contract_on is None:
        return "contract"
    if processor.country in EEA:
        return ""
    named = bool(processor.reference.strip())
    if processor.mechanism is Mechanism.ADEQUACY:
        return "" if processor.country in ADEQUATE else "mechanism"
    if processor.mechanism is Mechanism.FRAMEWORK:
        fits = processor.country == FRAMEWORK_COUNTRY
        return ("" if named else "reference") if fits else "mechanism"
    if processor.mechanism is Mechanism.CLAUSES:
        return "" if named else "reference"
    return "mechanism"


def is_abroad(processor: Processor) -> bool:
    """Outside the European Economic Area."""
    return processor.country not in EEA
