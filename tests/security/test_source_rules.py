"""S16: rules that no line of the house breaks, each shown to find a planted breach."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "tresen"
Rule = Callable[[ast.AST], bool]

NETWORK = {
    "socket", "socketserver", "ssl", "http.client", "http.server", "urllib.request", "ftplib",
    "smtplib", "imaplib", "poplib", "telnetlib", "xmlrpc", "requests", "httpx", "aiohttp",
    "urllib3", "websockets", "paramiko",
}  # fmt: skip
MAY_CONNECT = {
    "tresen/foundation/http.py": "the one client",
    "tresen/foundation/addresses.py": "its guard",
    "tresen/adapters/mail/smtp.py": "the mail port",
    "tresen/operations/machine/ports.py": "is a port of this machine free",
}
WRITES_OBJECTS = {"pickle", "cPickle", "marshal", "shelve", "dill", "jsonpickle", "yaml"}
READS_XML = {"xml", "lxml", "xmltodict", "defusedxml"}
MAY_MARK_SAFE = {
    "tresen/entrypoints/shared/icons.py",
    "tresen/entrypoints/shared/templatetags/pictures.py",
    "tresen/adapters/mail/letters/enclosures.py",
}
SAFE_IN_TEMPLATES = {
    ("tresen/entrypoints/storefront/legal/page.html", "text.body_html"),
    ("tresen/entrypoints/storefront/product/page.html", "page.description"),
}
"""Both were cleaned by nh3 when they were written."""
UNDER_A_LOCK = {"tresen/domains/orders/commands.py": "the order's row is locked before"}
MAY_SKIP_CSRF = {
    "tresen/entrypoints/webhooks/payments.py": "a signature is the key to that door",
    "tresen/entrypoints/reports/views.py": "a count changes nothing of anybody",
}


def _imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def _one_of(names: set[str]) -> Rule:
    def breaks(node: ast.AST) -> bool:
        return any(name in names or name.partition(".")[0] in names for name in _imports(node))

    return breaks


def _calls(*names: str) -> Rule:
    def breaks(node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and ast.unparse(node.func) in names

    return breaks


def _with_argument(name: str, value: object) -> Rule:
    def breaks(node: ast.AST) -> bool:
        return isinstance(node, ast.Call) and any(
            keyword.arg == name
            and isinstance(keyword.value, ast.Constant)
            and keyword.value.value is value
            for keyword in node.keywords
        )

    return breaks


def _spreads_a_request(node: ast.AST) -> bool:
    """`filter(**request.GET)`: keys of strangers become columns and look-ups."""
    return isinstance(node, ast.Call) and any(
        keyword.arg is None
        and re.search(r"request\.|\.POST|\.GET|\.query", ast.unparse(keyword.value))
        for keyword in node.keywords
    )


def _reads_then_writes(node: ast.AST) -> bool:
    """`row.left -= 1; row.save()`: two at once count once."""
    if not isinstance(node, ast.FunctionDef):
        return False
    changed = {
        ast.unparse(step.target.value)
        for step in ast.walk(node)
        if isinstance(step, ast.AugAssign) and isinstance(step.target, ast.Attribute)
    }
    return any(
        isinstance(step, ast.Call)
        and isinstance(step.func, ast.Attribute)
        and step.func.attr == "save"
        and ast.unparse(step.func.value) in changed
        for step in ast.walk(node)
    )


def _formats_sql(node: ast.AST) -> bool:
    """A value written into a statement with f or %; names of ours are constants."""
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    if (
        not is_call
        or node.func.attr not in {"execute", "executemany", "raw", "extra"}
        or not node.args
    ):  # type: ignore[attr-defined]
        return False
    text = node.args[0]  # type: ignore[attr-defined]
    is_percent = isinstance(text, ast.BinOp) and isinstance(text.op, ast.Mod)
    written = ast.unparse(text)
    is_composed = "SQL(" in written  # psycopg's own, which quotes what it is given
    return is_percent or (".format(" in written and not is_composed)


def _float_money(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and ast.unparse(node.func) == "float"
        and bool(node.args)
        and bool(re.search(r"price|gross|_minor|money", ast.unparse(node.args[0])))
    )


RULES: dict[str, tuple[Rule, set[str], str, str]] = {
    "network": (
        _one_of(NETWORK), set(MAY_CONNECT), "import httpx", "from urllib.parse import quote",
    ),
    "network by parts": (
        _one_of(NETWORK), set(MAY_CONNECT), "from urllib.request import urlopen", "import json",
    ),
    "objects": (_one_of(WRITES_OBJECTS), set(), "import pickle", "import json"),
    "xml": (_one_of(READS_XML), set(), "from xml.etree import ElementTree", "import html"),
    "eval": (_calls("eval", "exec", "compile"), set(), "eval(text)", "re.compile(text)"),
    "shell": (_with_argument("shell", True), set(), "run(x, shell=True)", "run(x, shell=False)"),
    "system": (
        _calls("os.system", "os.popen", "subprocess.getoutput"), set(), "os.system(x)",
        "os.getpid()",
    ),
    "unverified": (_with_argument("verify", False), set(), "get(x, verify=False)", "get(x)"),
    "redirects": (
        _with_argument("follow_redirects", True), set(), "Client(follow_redirects=True)",
        "Client()",
    ),
    "mark_safe": (_calls("mark_safe"), MAY_MARK_SAFE, "mark_safe(x)", "escape(x)"),
    "csrf": (_one_of({"django.views.decorators.csrf"}), set(MAY_SKIP_CSRF),
             "from django.views.decorators.csrf import csrf_exempt", "import csv"),
    "spread": (_spreads_a_request, set(), "f(**request.GET.dict())", "f(**given)"),
    "read and write": (
        _reads_then_writes, set(UNDER_A_LOCK), "def f(c):\n c.left -= 1\n c.save()",
        "def f(c):\n c.save()",
    ),
    "sql": (_formats_sql, set(), "c.execute('a %s' % b)", "c.execute('a %s', (b,))"),
    "float money": (_float_money, set(), "float(price)", "float(seconds)"),
    "temporary names": (
        _calls("tempfile.mktemp"), set(), "tempfile.mktemp()", "tempfile.mkdtemp()",
    ),
    "random": (
        _calls("random.choice", "random.randint"), set(), "random.choice(x)", "secrets.choice(x)",
    ),
}  # fmt: skip


def _nodes_of(text: str) -> list[ast.AST]:
    """What rules look at: the rest of a tree is walked once, not once for each rule."""
    kinds = (ast.Import, ast.ImportFrom, ast.Call, ast.FunctionDef)
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, kinds)]


def _sources() -> Iterator[tuple[str, list[ast.AST]]]:
    for path in sorted(HOUSE.rglob("*.py")):
        name = str(path.relative_to(ROOT))
        if "/tests/" not in name and "/migrations/" not in name:
            yield name, _nodes_of(path.read_text("utf-8"))


NODES = dict(_sources())


@pytest.mark.parametrize("name", sorted(RULES))
def test_no_line_of_the_house_breaks_the_rule(name: str) -> None:
    rule, allowed, _, _ = RULES[name]
    breaches = [
        f"{file}:{getattr(node, 'lineno', 0)}"
        for file, nodes in NODES.items()
        if file not in allowed
        for node in nodes
        if rule(node)
    ]
    assert breaches == []


@pytest.mark.parametrize("name", sorted(RULES))
def test_the_rule_finds_a_planted_breach_and_leaves_the_rest_alone(name: str) -> None:
    """Control."""
    rule, _, bad, good = RULES[name]
    assert any(rule(node) for node in _nodes_of(bad))
    assert not any(rule(node) for node in _nodes_of(good))


def test_what_is_allowed_is_still_needed() -> None:
    """An exception that nobody needs any more is a door left open."""
    for rule, allowed, _, _ in RULES.values():
        used = {file for file in allowed if any(rule(node) for node in NODES[file])}
        assert allowed <= used, allowed - used


def test_templates_show_unescaped_only_what_was_cleaned_on_the_way_in() -> None:
    found = {
        (str(path.relative_to(ROOT)), match.group(1))
        for path in HOUSE.rglob("*.html")
        for match in re.finditer(r"{{\s*([\w.]+)\s*\|\s*safe\b", path.read_text("utf-8"))
    }
    assert found == SAFE_IN_TEMPLATES
    off = [
        str(path)
        for path in HOUSE.rglob("*.html")
        if re.search(r"autoescape\s+off|\|\s*safeseq|{%\s*debug", path.read_text("utf-8"))
    ]
    assert off == []
