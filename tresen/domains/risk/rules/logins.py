"""Whether a sign-in wants more than a password: never by where somebody connects from."""

from __future__ import annotations

from tresen.domains.risk.types import LoginSignals, LoginStep, LoginVerdict

FAILURES_OF_ACCOUNT = 5
FAILURES_OF_DEVICE = 10
ACCOUNTS_OF_DEVICE = 3
DEVICES_AT_ONCE = 3


def judge_login(signals: LoginSignals) -> LoginVerdict:
    """Pass, tell the owner, or ask for a second proof (factor or code by mail). Nobody is blocked.

    A device that the account knows stays free of what strangers try elsewhere: whoever guesses
    passwords cannot lock the owner out. The network is looked at by nobody here.
    """
    strong = [
        name
        for name, seen, limit in (
            ("failures_of_account", signals.failures_of_account, FAILURES_OF_ACCOUNT),
            ("failures_of_device", signals.failures_of_device, FAILURES_OF_DEVICE),
            ("accounts_of_device", signals.accounts_of_device, ACCOUNTS_OF_DEVICE),
            ("devices_at_once", signals.devices_at_once, DEVICES_AT_ONCE),
        )
        if seen >= limit
    ]
    if signals.device_is_known:
        strong = [name for name in strong if name != "failures_of_account"]
    if strong:
        return LoginVerdict(step=LoginStep.PROVE, reasons=tuple(strong))
    if signals.account_has_devices and not signals.device_is_known:
        return LoginVerdict(step=LoginStep.NOTIFY, reasons=("device_is_known",))
    return LoginVerdict(step=LoginStep.PASS)
