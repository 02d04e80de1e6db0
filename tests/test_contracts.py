"""The import contracts hold, and each is shown to refuse a breach planted in a copy."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BREACHES = {
    "floors": ("tresen/foundation/money.py", "import tresen.domains.orders.types"),
    "storeys": ("tresen/domains/catalog/types/__init__.py", "import tresen.domains.orders.types"),
    "domain-plan": ("tresen/domains/orders/types.py", "import tresen.domains.orders.models"),
    "private-domains": (
        "tresen/domains/fulfilment/queries.py",
        "import tresen.domains.orders.models",
    ),
    "writes": ("tresen/domains/fulfilment/queries.py", "import tresen.domains.orders.commands"),
    "wiring": ("tresen/workflows/buying/place_order.py", "import tresen.adapters.payments.stripe"),
    "ports-only": ("tresen/adapters/__init__.py", "import tresen.domains.orders.queries"),
    "pure": ("tresen/domains/orders/rules.py", "import django.db"),
}


def _lint(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            str(Path(sys.executable).with_name("lint-imports")),
            "--no-cache",
            "--contract",
            contract,
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"},
    )


@pytest.mark.slow
@pytest.mark.parametrize("contract", sorted(BREACHES))
def test_a_planted_breach_is_refused(contract: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tresen", tmp_path / "tresen", ignore=_only_python)
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    place, line = BREACHES[contract]
    target = tmp_path / place
    assert target.exists(), place

    before = _lint(tmp_path, contract)
    target.write_text(target.read_text() + f"\n{line}\n")
    after = _lint(tmp_path, contract)

    assert before.returncode == 0, before.stdout + before.stderr
    assert after.returncode == 1, after.stdout + after.stderr
    assert "BROKEN" in after.stdout


def _only_python(folder: str, names: list[str]) -> set[str]:
    return {
        name for name in names if not name.endswith(".py") and not (Path(folder) / name).is_dir()
    }
