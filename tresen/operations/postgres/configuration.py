"""The server's configuration files, written anew at each start."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tresen.operations.postgres.layout import BACKUP, SUPERUSER, WAITING

MIB = 1024 * 1024
SHARED_BUFFERS_MIB_MAX = 512
SHARED_BUFFERS_MIB_MIN = 32
CONNECTIONS_MAX = 100
CROWDS_MAX = 250
"""Tests let fifty knock at once, each on a connection of its own, in several workers."""
ROOMY_MIB = 2048
CGROUP_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)

SLOT_KEEPS_MAX = "4GB"
"""Of log that the backups have not taken yet: a full disk would stop every order."""

HEADER = (
    "# Written by Tresen at each start. Your own settings belong in local.conf beside this file.\n"
)


@dataclass(frozen=True)
class Wishes:
    """What one start asks for."""

    socket: Path
    port: int
    tcp: bool
    throwaway: bool
    """For tests: fast, and allowed to forget everything at a power cut."""


def memory_mib() -> int:
    """Of the machine, or of the container where that is less."""
    mib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MIB
    for path in CGROUP_LIMITS:
        try:
            limit = int(path.read_text(encoding="ascii")) // MIB
        except (OSError, ValueError):
            continue
        mib = min(mib, max(limit, SHARED_BUFFERS_MIB_MIN * 8))
    return mib


def server_settings(wishes: Wishes, *, memory: int) -> dict[str, str]:
    """postgresql.conf as a table; `memory` in MiB."""
    return {
        "listen_addresses": "127.0.0.1" if wishes.tcp else "",
        "port": str(wishes.port),
        "unix_socket_directories": str(wishes.socket),
        "unix_socket_permissions": "0700",
        "max_connections": str(CONNECTIONS_MAX),
        "password_encryption": "scram-sha-256",
        **_memory(memory),
        **_writing(throwaway=wishes.throwaway),
        **_logging(),
        "timezone": "UTC",
        "datestyle": "iso, ymd",
        "default_text_search_config": "pg_catalog.simple",
        "include_if_exists": "local.conf",
    }


def _memory(memory: int) -> dict[str, str]:
    buffers = min(SHARED_BUFFERS_MIB_MAX, max(SHARED_BUFFERS_MIB_MIN, memory // 8))
    return {
        "shared_buffers": f"{buffers}MB",
        "effective_cache_size": f"{max(buffers, memory // 2)}MB",
        "work_mem": "16MB" if memory >= ROOMY_MIB else "4MB",
        "maintenance_work_mem": f"{max(32, min(256, memory // 16))}MB",
        "max_parallel_workers_per_gather": "1",
        "random_page_cost": "1.1",
        "jit": "off",
        "autovacuum_naptime": "15s",
        "autovacuum_vacuum_scale_factor": "0.05",
        "autovacuum_analyze_scale_factor": "0.02",
    }


def _writing(*, throwaway: bool) -> dict[str, str]:
    if throwaway:
        return {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "wal_level": "minimal",
            "max_wal_senders": "0",
            "max_connections": str(CROWDS_MAX),
            "shared_buffers": "128MB",
        }
    return {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "wal_compression": "on",
        "wal_level": "replica",
        "max_wal_size": "2GB",
        "max_slot_wal_keep_size": SLOT_KEEPS_MAX,
        "summarize_wal": "on",
        "checkpoint_timeout": "10min",
    }


def _logging() -> dict[str, str]:
    """A week of files in a ring. Values of statements stay out: they may be about people."""
    return {
        "logging_collector": "on",
        "log_directory": "../log",
        "log_filename": "postgres-%a.log",
        "log_file_mode": "0600",
        "log_rotation_age": "1d",
        "log_rotation_size": "0",
        "log_truncate_on_rotation": "on",
        "log_line_prefix": "%m [%p] %q%u@%d ",
        "log_timezone": "UTC",
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "log_lock_waits": "on",
        "log_checkpoints": "off",
    }


def write_configuration(cluster: Path, wishes: Wishes) -> None:
    settings = server_settings(wishes, memory=memory_mib())
    lines = [f"{name} = {_quoted(value)}" for name, value in settings.items()]
    lines.append(f"include_if_exists = {_quoted(WAITING)}")
    (cluster / WAITING).unlink(missing_ok=True)
    _put(cluster / "postgresql.conf", HEADER + "\n".join(lines) + "\n")
    _put(cluster / "pg_hba.conf", HEADER + _admissions(tcp=wishes.tcp))


def _admissions(*, tcp: bool) -> str:
    """Everyone shows a password, on the socket too; there is no trust."""
    copying = "".join(f"local replication {name} scram-sha-256\n" for name in (SUPERUSER, BACKUP))
    local = f"{copying}local all all scram-sha-256\n"
    return local + ("host all all 127.0.0.1/32 scram-sha-256\n" if tcp else "")


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _put(path: Path, text: str) -> None:
    """Written in place: the file keeps its owner and mode."""
    path.write_text(text, encoding="utf-8")
