"""Which outside services this installation uses."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.module_loading import import_string

from tresen.adapters.anchors.folder import FolderPlace
from tresen.adapters.mail.folder import FolderCarrier
from tresen.adapters.mail.smtp import MailServer, SmtpCarrier
from tresen.adapters.payments.bank_transfer import BankTransfer
from tresen.adapters.payments.demo.books import DemoBooks
from tresen.adapters.payments.demo.card import DemoCard
from tresen.adapters.payments.demo.desk import DemoDesk
from tresen.adapters.payments.pay_in_store import PayInStore
from tresen.adapters.scanning.clamav import ClamAv
from tresen.domains.catalog.ports import SCANNERS
from tresen.domains.conversations.ports import CARRIERS, MAIL
from tresen.domains.payments.ports import demo_desks, providers
from tresen.domains.payments.types import Method
from tresen.domains.security.ports import ANCHORS
from tresen.foundation import clock
from tresen.foundation.http import Client
from tresen.foundation.vault.sealing import sign

DEMO_CARD_PAGE = "/{locale}/demo-card/{reference}/"
IMPLICIT_TLS_PORT = 465
"""RFC 8314: TLS from the first byte, without asking for it."""
STRIPE_PROVIDER = "tresen.adapters.payments.stripe.provider.StripeProvider"
"""Loaded by name, and only where it is switched on: its library takes most of a second."""


def wire() -> None:
    """Fill the shelves. Called once, when Django is ready."""
    _wire_payments()
    _wire_mail()
    ANCHORS.put("folder", FolderPlace(Path(settings.AUDIT_ANCHOR_FOLDER)))
    if settings.CLAMAV:
        SCANNERS.put("clamav", ClamAv(settings.CLAMAV))


def _wire_payments() -> None:
    providers.put(Method.BANK_TRANSFER, BankTransfer())
    providers.put(Method.PAY_IN_STORE, PayInStore())
    if settings.DEMO_PAYMENTS:
        books = DemoBooks(settings.DEMO_CARD_BOOKS)
        card = DemoCard(books=books, secret=demo_secret, page=DEMO_CARD_PAGE, clock=clock.now)
        providers.put(Method.DEMO_CARD, card)
        demo_desks.put(Method.DEMO_CARD, DemoDesk(books=books, secret=demo_secret))
    if settings.STRIPE_SECRET_KEY:
        base = settings.STRIPE_API_BASE
        provider = import_string(STRIPE_PROVIDER)(
            secret_key=settings.STRIPE_SECRET_KEY.reveal(),
            webhook_secret=settings.STRIPE_WEBHOOK_SECRET.reveal(),
            base=base,
            client=Client(allowed=_local_hosts(base)),
        )
        providers.put(Method.STRIPE, provider)


def demo_secret() -> bytes:
    """Asked for each time: it changes with the signing key."""
    return sign("notices", purpose="demo card")


def _wire_mail() -> None:
    """A mail server where one is named, else a folder that mail programs can open."""
    if not settings.EMAIL_HOST:
        CARRIERS.put(MAIL, FolderCarrier(settings.MAIL_OUTBOX))
        return
    starttls = "starttls" if settings.EMAIL_USE_TLS else "none"
    server = MailServer(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        user=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        security="tls" if settings.EMAIL_PORT == IMPLICIT_TLS_PORT else starttls,
    )
    CARRIERS.put(MAIL, SmtpCarrier(server))


def _local_hosts(*addresses: str) -> tuple[str, ...]:
    """Hosts that the operator named without TLS: stand-ins on their own machine."""
    found = [urlsplit(address) for address in addresses]
    return tuple(address.netloc for address in found if address.scheme == "http")
