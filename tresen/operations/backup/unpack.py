"""From the target into a folder: clusters, their log, files and keys."""

from __future__ import annotations

import json
import os
import shutil
import tarfile
from collections.abc import Sequence
from pathlib import Path

from pyrage.x25519 import Identity

from tresen.operations.backup import files
from tresen.operations.backup.envelopes import BackupDamaged, decrypt_bytes, decrypted
from tresen.operations.backup.files import unpack_files
from tresen.operations.backup.journal import Part, open_part
from tresen.operations.backup.manifests import DATA, Manifest, folder_of
from tresen.operations.backup.plan import RestorePlan
from tresen.operations.backup.target import Target
from tresen.operations.backup.verify import VERIFY_SECONDS_MAX, check_copy
from tresen.operations.machine.trouble import Trouble
from tresen.operations.postgres.account import Account
from tresen.operations.postgres.programs import run_program
from tresen.operations.words.speaking import gettext_noop as _

FOLDER_MODE = 0o700


class NotCombined(Trouble):
    """Incremental backups did not fit together."""


def unpack_cluster(
    target: Target,
    plan: RestorePlan,
    cluster: Path,
    *,
    by: Sequence[Identity],
    account: Account,
    binaries: Path,
) -> None:
    """The copied cluster, verified against the server's own list of checksums."""
    if len(plan.line) == 1:
        _unpack(target, plan.manifest, cluster, by=by)
        give(cluster, account)
    else:
        drafts = [cluster.with_name(f"{one.id}.draft") for one in plan.line]
        for manifest, draft in zip(plan.line, drafts, strict=True):
            _unpack(target, manifest, draft, by=by)
            give(draft, account)
        _combine(drafts, cluster, account=account, binaries=binaries)
        for draft in drafts:
            shutil.rmtree(draft)
    check_copy(cluster, account=account, binaries=binaries)
    cluster.joinpath("backup_manifest").unlink()


def unpack_log(
    target: Target, plan: RestorePlan, folder: Path, *, by: Sequence[Identity], account: Account
) -> int:
    """Segments as the server asks for them; returns their bytes."""
    folder.mkdir(mode=FOLDER_MODE)
    size = plan.manifest.segment_bytes
    for parts in plan.stretches:
        content = bytearray(size)
        for part in parts:
            content[part.start : part.end] = _opened(target, plan, part, by=by)
        (folder / parts[0].segment.name).write_bytes(content)
    give(folder, account)
    return size * len(plan.stretches)


def unpack_shop_files(
    target: Target, manifest: Manifest, into: Path, *, by: Sequence[Identity]
) -> int:
    """Pictures and demo books that were current at the time of the backup."""
    with target.read(manifest.files) as file:
        text = decrypt_bytes(file.read(), by=by, name=manifest.files)
    listing: dict[str, str] = json.loads(text)
    count = 0
    for pack in manifest.packs:
        with (
            target.read(pack) as file,
            decrypted(file, by=by, name=pack) as clear,
        ):
            count += unpack_files(clear, pack=pack, listing=listing, into=into)
    if missing := len(listing) - count:
        raise BackupDamaged(
            _("Of {all} files, {missing} are not in {folder}."),
            all=len(listing),
            missing=missing,
            folder=files.FOLDER,
        )
    return count


def give(folder: Path, account: Account) -> None:
    """To the account that runs the server, and to nobody else."""
    folder.chmod(FOLDER_MODE)
    if not account.drops:
        return
    for parent, folders, names in os.walk(folder):
        for name in (".", *folders, *names):
            os.chown(Path(parent, name), account.uid, account.gid, follow_symlinks=False)


def _unpack(target: Target, manifest: Manifest, folder: Path, *, by: Sequence[Identity]) -> None:
    name = f"{folder_of(manifest.id)}/{DATA}"
    folder.mkdir(mode=FOLDER_MODE)
    with (
        target.read(name) as file,
        decrypted(file, by=by, name=name) as clear,
        tarfile.open(fileobj=clear, mode="r|gz") as archive,
    ):
        archive.extractall(folder, filter="data")


def _combine(drafts: Sequence[Path], cluster: Path, *, account: Account, binaries: Path) -> None:
    told = run_program(
        [binaries / "pg_combinebackup", "--output", cluster, *drafts],
        account,
        seconds_max=VERIFY_SECONDS_MAX,
    )
    if told.returncode != 0:
        words = _("The incremental backups do not fit together: {words}")
        raise NotCombined(words, words=told.stderr[-1000:])


def _opened(target: Target, plan: RestorePlan, part: Part, *, by: Sequence[Identity]) -> bytes:
    manifest = plan.manifest
    return open_part(target, part, chain=manifest.chain, by=by, signed_by=manifest.signer)
