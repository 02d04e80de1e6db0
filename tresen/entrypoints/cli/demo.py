"""The demo shop is filled when the database holds no shop yet; its logins are told at the door."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection

from tresen.domains.accounts.types import Role
from tresen.domains.catalog.queries import count_products
from tresen.domains.catalog.types import MediaDraft
from tresen.domains.stores.queries import list_channels
from tresen.foundation import clock
from tresen.operations.demo.goods.loader import load_goods
from tresen.operations.words.speaking import gettext, ngettext
from tresen.workflows.listing.rebuild import rebuild_missing
from tresen.workflows.opening.draw_demo_pictures import draw_demo_pictures
from tresen.workflows.opening.open_demo_shop import Login, open_demo_shop
from tresen.workflows.opening.stock_demo_shelves import stock_demo_shelves

STAFF = (
    ("wiebke", "Wiebke Brodersen", Role.OWNER),
    ("jonas", "Jonas Petersen", Role.WAREHOUSE),
    ("antje", "Antje Hansen", Role.MANAGER),
    ("malte", "Malte Lorenzen", Role.CLERK),
    ("svea", "Svea Thomsen", Role.SUPPORT),
    ("ocke", "Ocke Ketelsen", Role.MARKETING),
    ("gesa", "Gesa Matthiesen", Role.ACCOUNTANT),
    ("hark", "Hark Nickelsen", Role.AUDITOR),
    ("birte", "Birte Carstensen", Role.DEVELOPER),
)
GREETED = 2
"""How many are told at the door; the others stand in the file."""
PASSWORD_BYTES = 9
PRIVATE = 0o600


def fill_if_empty() -> None:
    """Open the demo shop, unless there is a shop; one that was cut off while filled is finished."""
    if list_channels() and not _is_half_filled():
        return
    shop, now = load_goods(), clock.now()
    print(gettext("Opening the demo shop …"), flush=True)
    open_demo_shop(shop=shop, logins=_logins(), now=now)
    drawing = ngettext(
        "Drawing pictures of {count} product …",
        "Drawing pictures of {count} products …",
        len(shop.products),
    )
    print(drawing, flush=True)
    pictures: dict[str, Sequence[MediaDraft]] = draw_demo_pictures(shop, now=now)
    print(gettext("Filling the shelves …"), flush=True)
    stock_demo_shelves(shop=shop, pictures=pictures, now=now)
    rebuild_missing(clock=clock.now)
    _let_the_planner_know()


def _is_half_filled() -> bool:
    """The demo's channel is there and its goods are not: all goods come in one transaction."""
    return _file().exists() and count_products()[0] == 0


def _let_the_planner_know() -> None:
    """From the first request on. What is still empty stays unknown: «empty» would be believed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(relname), ', ') FROM pg_stat_user_tables"
            " WHERE schemaname = 'public' AND pg_relation_size(relid) > 0"
        )
        ((tables,),) = cursor.fetchall()
        cursor.execute(f"ANALYZE {tables}")


def demo_logins() -> list[str]:
    """Lines for the greeting."""
    if not _file().exists():
        return []
    lines = [gettext("Staff (each sets up an authenticator app at the first sign-in):")]
    lines += [
        f"  {login.username} / {login.password}   {login.name}, {login.role.value}"
        for login in list(_logins().values())[:GREETED]
    ]
    return [*lines, gettext("  one login for each other role: {file}", file=_file())]


def _logins() -> dict[str, Login]:
    """Those of this installation; one that was filled earlier knows fewer people."""
    path = _file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        passwords = {name: secrets.token_urlsafe(PASSWORD_BYTES) for name, _, _ in STAFF}
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
        with os.fdopen(descriptor, "w") as file:
            json.dump(passwords, file, indent=2)
    known: dict[str, str] = json.loads(path.read_text())
    return {
        username: Login(username=username, name=name, role=role, password=known[username])
        for username, name, role in STAFF
        if username in known
    }


def _file() -> Path:
    return Path(settings.DATA) / "demo" / "logins.json"
