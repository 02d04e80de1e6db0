"""The configuration that the server starts with."""

from pathlib import Path

import pytest

from tresen.operations.postgres.configuration import Wishes, server_settings, write_configuration

DURABLE = Wishes(socket=Path("/somewhere"), port=5432, tcp=False, throwaway=False)


@pytest.mark.parametrize(
    ("memory", "buffers"), [(4096, "512MB"), (65536, "512MB"), (1024, "128MB"), (100, "32MB")]
)
def test_a_small_machine_gets_small_buffers(memory: int, buffers: str) -> None:
    assert server_settings(DURABLE, memory=memory)["shared_buffers"] == buffers


def test_a_shop_is_durable_and_listens_on_no_network() -> None:
    settings = server_settings(DURABLE, memory=4096)

    assert [settings[name] for name in ("fsync", "synchronous_commit", "full_page_writes")] == [
        "on",
        "on",
        "on",
    ]
    assert settings["listen_addresses"] == ""


def test_only_a_throwaway_server_may_forget() -> None:
    wishes = Wishes(socket=Path("/somewhere"), port=5432, tcp=False, throwaway=True)

    assert server_settings(wishes, memory=4096)["fsync"] == "off"


def test_values_of_statements_stay_out_of_the_log() -> None:
    settings = server_settings(DURABLE, memory=4096)

    assert settings["log_error_verbosity"] == "terse"
    assert settings["log_min_error_statement"] == "panic"
    assert settings["log_parameter_max_length_on_error"] == "0"


@pytest.mark.parametrize("tcp", [False, True])
def test_nobody_is_trusted_without_a_password(tcp: bool, tmp_path: Path) -> None:
    wishes = Wishes(socket=Path("/it's here"), port=5432, tcp=tcp, throwaway=False)

    write_configuration(tmp_path, wishes)

    admissions = (tmp_path / "pg_hba.conf").read_text().splitlines()[1:]
    assert {line.split()[-1] for line in admissions} == {"scram-sha-256"}
    assert any(line.startswith("host ") for line in admissions) is tcp
    assert "unix_socket_directories = '/it''s here'" in (tmp_path / "postgresql.conf").read_text()
