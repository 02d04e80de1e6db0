"""The words of this domain, by noun."""

from tresen.domains.privacy.types.persons import IdentifierKind, PersonRow

__all__ = ["IdentifierKind", "PersonRow"]
