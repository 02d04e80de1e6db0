"""The menu of the command line: each verb is the name of a module, loaded when it is called.

Such a module has `declare(parser)` and `act(arguments) -> exit code`, and may import Django and
the house at its top: the frame has set Django up before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tresen.foundation.database.limits import Role
from tresen.operations.words.speaking import gettext_noop as _

Need = Literal["nothing", "django", "database"]


@dataclass(frozen=True)
class Verb:
    """`needs`: nothing; Django set up; or Django and a running database as well."""

    name: str
    module: str
    about: str
    needs: Need
    role: Role = "app"
    hidden: bool = False
    offline: frozenset[str] = frozenset()
    """First arguments for which no database is started."""
    serves: bool = False
    """It works for others, in their languages, not for whoever called it."""


DJANGO_OFFLINE = frozenset(
    {"check", "collectstatic", "compilemessages", "findstatic", "help", "makemessages", "version"}
)

VERBS: tuple[Verb, ...] = (
    Verb("run", "tresen.entrypoints.cli.run", _("Open the shop: database, web, worker"), "nothing"),
    Verb("doctor", "tresen.entrypoints.cli.doctor", _("Say what is wrong and its cure"), "nothing"),
    Verb(
        "migrate",
        "tresen.entrypoints.cli.migrate",
        _("Bring the tables up to date"),
        "database",
        role="owner",
    ),
    Verb(
        "sessions",
        "tresen.entrypoints.cli.sessions",
        _("Sign people out; whom a company's sign-in means"),
        "database",
    ),
    Verb(
        "db", "tresen.entrypoints.cli.db", _("Start, stop, see or talk to the database"), "nothing"
    ),
    Verb(
        "manage",
        "tresen.entrypoints.cli.manage",
        _("Any of Django's management commands"),
        "database",
        role="owner",
        offline=DJANGO_OFFLINE,
    ),
    Verb(
        "messages",
        "tresen.entrypoints.cli.messages",
        _("Gather the translations, name the gaps"),
        "nothing",
    ),
    Verb(
        "import", "tresen.entrypoints.cli.import_catalog", _("Take goods in from files"), "database"
    ),
    Verb(
        "export",
        "tresen.entrypoints.cli.export_catalog",
        _("Give the goods out as a file"),
        "database",
    ),
    Verb(
        "worker",
        "tresen.entrypoints.cli.worker",
        _("Do the jobs that wait"),
        "database",
        role="worker",
        serves=True,
    ),
    Verb(
        "staff", "tresen.entrypoints.cli.staff", _("Who works here, with which roles"), "database"
    ),
    Verb("jobs", "tresen.entrypoints.cli.jobs", _("See and retry what was given up"), "database"),
    Verb(
        "audit",
        "tresen.entrypoints.cli.audit",
        _("Who did what: seal, examine, give out with proofs"),
        "database",
    ),
    Verb(
        "keys",
        "tresen.entrypoints.cli.keys",
        _("The keys of people's data: see them, change them"),
        "database",
    ),
    Verb(
        "freeze",
        "tresen.entrypoints.cli.freeze",
        _("Something got out: sign everybody out, shop read-only"),
        "database",
    ),
    Verb(
        "incidents",
        "tresen.entrypoints.cli.incidents",
        _("The register of breaches: clocks, people, notices"),
        "database",
    ),
    Verb(
        "exercise",
        "tresen.entrypoints.cli.exercise",
        _("Play a breach: minutes and recall"),
        "database",
    ),
    Verb(
        "projection",
        "tresen.entrypoints.cli.projection",
        _("Lists and search: how far behind, build anew"),
        "database",
    ),
    Verb(
        "backup",
        "tresen.entrypoints.cli.backup",
        _("Take, list, check and prove backups; make keys for them"),
        "nothing",
    ),
    Verb(
        "restore",
        "tresen.entrypoints.cli.restore",
        _("Bring the shop back into a new folder, as of any moment"),
        "nothing",
    ),
    Verb("check", "tresen.entrypoints.cli.check", _("Does the data contradict itself"), "nothing"),
    Verb(
        "privacy",
        "tresen.entrypoints.cli.privacy",
        _("Requests about data, the record of processing"),
        "database",
    ),
    Verb(
        "retention",
        "tresen.entrypoints.cli.retention",
        _("What is kept how long: report, dry run, run"),
        "database",
    ),
    Verb("risk", "tresen.entrypoints.cli.risk", _("Orders to check, lists, weights"), "database"),
    Verb(
        "passwords",
        "tresen.entrypoints.cli.passwords",
        _("Passwords that attackers know: how many, add lists"),
        "django",
    ),
    Verb("web", "tresen.entrypoints.cli.web", _("The web server alone"), "nothing"),
    Verb(
        "sbom",
        "tresen.entrypoints.cli.sbom",
        _("What the shop is made of, as CycloneDX"),
        "nothing",
    ),
    Verb(
        "scripts",
        "tresen.entrypoints.cli.scripts",
        _("The scripts of our pages, and is the checkout clean"),
        "database",
    ),
    Verb(
        "prepare",
        "tresen.entrypoints.cli.prepare",
        _("Tables, files and demo goods, as `run` does first"),
        "database",
        role="owner",
        hidden=True,
        serves=True,
    ),
)


def find_verb(name: str) -> Verb | None:
    return next((verb for verb in VERBS if verb.name == name), None)
