"""Rot: each object in the target against the hash that was written down for it; no key needed."""

from __future__ import annotations

from collections.abc import Iterator

from tresen.operations.backup import journal
from tresen.operations.backup.journal import list_parts
from tresen.operations.backup.keystore import find_damaged_keystores
from tresen.operations.backup.manifests import Manifest, find_damaged, list_manifests
from tresen.operations.backup.target import Target, hash_of


def find_rot(target: Target) -> list[str]:
    """Names of what is changed, cut, or missing."""
    manifests = list_manifests(target)
    found = [*find_damaged(target), *find_damaged_keystores(target)]
    found += [name for one in manifests for name in _rotten_parts(target, one)]
    found += _rotten_log(target, {one.chain: one.segment_bytes for one in manifests})
    return sorted(set(found))


def _rotten_parts(target: Target, manifest: Manifest) -> Iterator[str]:
    for part in manifest.parts:
        if not _is_sound(target, part.name, part.sha256):
            yield part.name


def _rotten_log(target: Target, sizes: dict[str, int]) -> list[str]:
    chains = {name.split("/")[1] for name in target.names(journal.FOLDER)}
    return [
        part.name
        for chain in chains
        for part in list_parts(target, chain, size=sizes.get(chain, journal.DEFAULT_BYTES))
        if not _is_sound(target, part.name, part.hash, gone_is_sound=True)
    ]


def _is_sound(target: Target, name: str, expected: str, *, gone_is_sound: bool = False) -> bool:
    """Pieces of the log are put together while we look; a gap in it is found by each restore."""
    try:
        return hash_of(target, name)[: len(expected)] == expected
    except FileNotFoundError:
        return gone_is_sound
    except OSError:
        return False
