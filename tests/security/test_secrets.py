"""Secrets print as `***`: not in dumps, logs, faults, the doctor's words or the settings."""

from __future__ import annotations

import io
import json
import logging
import os
import pickle
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.views.debug import ExceptionReporter

from tests.security.asking import addresses
from tresen.entrypoints.shared.logs import configure_logs
from tresen.foundation.secret import QuietText, Secret
from tresen.operations.postgres.layout import CHECKOUT

CANARY = "canary-7f3a-9b1c"
NAMES = (
    "TRESEN_STRIPE_SECRET_KEY",
    "TRESEN_STRIPE_WEBHOOK_SECRET",
    "TRESEN_METRICS_TOKEN",
    "TRESEN_SMTP_PASSWORD",
)


@pytest.mark.parametrize("secret", [Secret(CANARY), QuietText(CANARY)])
def test_no_way_of_looking_at_it_shows_it(secret: object) -> None:
    looks = [repr(secret), f"{secret!r}", repr({"key": secret}), repr([secret])]
    if isinstance(secret, Secret):
        looks += [str(secret), f"{secret}", f"{secret:>40}", "%s" % secret, "a {}".format(secret)]  # noqa: UP031, UP032
    assert [look for look in looks if CANARY in look] == []


def test_a_secret_is_neither_written_down_nor_guessed_by_the_clock() -> None:
    secret = Secret(CANARY)
    for write in (pickle.dumps, json.dumps):
        with pytest.raises(TypeError):
            write(secret)
    assert secret.reveal() == CANARY
    assert secret.is_the_same_as(CANARY)
    assert not secret.is_the_same_as("")
    assert not Secret("").is_the_same_as("")
    assert not Secret("")


def test_a_quiet_text_still_signs_as_itself() -> None:
    assert QuietText("key").encode() == b"key"
    assert QuietText("key") == "key"
    assert str(QuietText("key")) == "key"


def test_every_setting_that_holds_one_is_kept_so() -> None:
    """By its name; whoever adds one is reminded."""
    loud = [
        name
        for name in dir(settings)
        if name.isupper()
        and any(word in name for word in ("SECRET", "TOKEN", "PASSWORD", "API_KEY"))
        and name not in {"CSRF_TOKEN", "PASSWORD_HASHERS", "SECRET_KEY_FALLBACKS"}
        and isinstance(getattr(settings, name), str)
        and not isinstance(getattr(settings, name), QuietText)
        and getattr(settings, name)
    ]
    assert loud == []


def test_logs_blot_out_what_stands_under_a_secrets_name() -> None:
    out = io.StringIO()
    configure_logs(stream=out)
    try:
        extra = {"stripe_key": Secret(CANARY), "password": CANARY, "api_key": CANARY}
        logging.getLogger("canary").warning("said", extra=extra)
        try:
            raise ValueError(CANARY)  # noqa: TRY301
        except ValueError:
            logging.getLogger("canary").exception("failed")
    finally:
        configure_logs()
    assert "said" in out.getvalue()
    assert CANARY not in out.getvalue()


def test_a_faults_report_shows_no_setting_in_clear(settings) -> None:
    settings.STRIPE_SECRET_KEY = Secret(CANARY)
    settings.SECRET_KEY = QuietText(CANARY)
    secret = Secret(CANARY)
    try:
        raise RuntimeError(f"with {secret}")  # noqa: TRY301
    except RuntimeError as error:
        reporter = ExceptionReporter(RequestFactory().get("/"), *sys.exc_info())
        html, text = reporter.get_traceback_html(), reporter.get_traceback_text()
        plain = "".join(traceback.format_exception(error))
    assert CANARY not in html + text + plain


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [("manage", "diffsettings", "--all"), ("manage", "check"), ("doctor",)],
    ids=" ".join,
)
def test_what_our_programs_print_holds_none(command: tuple[str, ...], tmp_path: Path) -> None:
    environ = {**os.environ, **dict.fromkeys(NAMES, CANARY), "TRESEN_DATA": str(tmp_path / "none")}
    environ["DJANGO_SETTINGS_MODULE"] = "tresen.config.settings"
    run = [sys.executable, "-m", "tresen", *command]
    if command[0] == "manage":
        run = [sys.executable, "-m", "django", *command[1:]]
    told = subprocess.run(
        run, capture_output=True, text=True, cwd=CHECKOUT, env=environ, check=False
    )
    assert told.stdout
    assert CANARY not in told.stdout + told.stderr


def test_debugging_is_off_and_nothing_of_the_house_is_served() -> None:
    assert not settings.DEBUG
    assert "debug" not in str(settings.TEMPLATES[0]["OPTIONS"]).lower()
    browser = Client()
    for path in (
        "/.env", "/.git/config", "/static/../keys/vault.json", "/var/keys/vault.json",
        "/requirements.lock", "/pyproject.toml", "/static/.env", "/media/../keys/vault.json",
        "/admin/", "/__debug__/", "/phpinfo.php", "/server-status", "/actuator/env",
    ):  # fmt: skip
        assert browser.get(path).status_code == 404, path
    assert not [name for name in addresses() if "debug" in name or "admin" in name]


def test_no_secret_lies_in_the_repository() -> None:
    """Keys of payment services, of clouds, and private keys; those of published tests are named."""
    marks = ("sk_live_", "rk_live_", "AKIA", "-----BEGIN PRIVATE", "-----BEGIN RSA PRIVATE", "ghp_")
    told = subprocess.run(
        ["git", "ls-files"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    found = []
    for name in told.stdout.splitlines():
        path = CHECKOUT / name
        if path.suffix in {".py", ".toml", ".md", ".json", ".html", ".js", ".po", ".txt", ".lock"}:
            text = path.read_text("utf-8", "replace")
            found += [(name, mark) for mark in marks if mark in text and "tests" not in path.parts]
    assert found == []
