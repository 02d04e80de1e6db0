"""What the parts of addresses and contacts are called, for whoever declares them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADDRESS_NAMES: Mapping[str, str | Promise] = {
    "name": _("first and last name"),
    "company": _("company"),
    "street": _("street and number"),
    "extra": _("addition to the address"),
    "postcode": _("postcode"),
    "city": _("town"),
    "region": _("region or state"),
    "country": _("country"),
}
CONTACT_NAMES: Mapping[str, str | Promise] = {
    "email": _("e-mail address"),
    "phone": _("phone number"),
}
