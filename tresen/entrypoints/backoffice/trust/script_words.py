"""What each script of the inventory is for, and what watches are called, for people."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tresen.entrypoints.backoffice.kit.types import Words
from tresen.workflows.watching.watch_scripts import NAME

WATCHES: Mapping[str, Words] = {NAME: _("The checkout, from outside")}
PURPOSES: Mapping[str, Words] = {
    "js/theme.js": _(
        "Shows the light or dark look that was chosen on this device before the first paint."
    ),
    "vendor/htmx/htmx.min.js": _(
        "Renews parts of a page without loading it whole: prices in the checkout, lists, "
        "suggestions."
    ),
    "js/storefront.js": _(
        "Cleans what htmx puts in, announces changes to screen readers, keeps a form from "
        "being sent twice, gallery, search, filters."
    ),
    "js/backoffice.js": _(
        "The back office: the same cleaning and announcing, lists by keyboard, palette, "
        "unsaved changes, charts."
    ),
    "vendor/uplot/uPlot.iife.min.js": _("Draws the charts of reports in the back office."),
    "js/passkeys.js": _(
        "Hands a page's options to the device that holds a passkey, and the device's answer "
        "to the form."
    ),
    "js/work.js": _(
        "Solves the small sum that crowds of strangers are asked for, and goes on with what "
        "was typed."
    ),
}
