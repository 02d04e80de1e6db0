"""Every place a root key can be kept keeps the same promises."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from tresen.adapters.keys.key_server import KeyServerRoot
from tresen.adapters.keys.local import CredentialRoot, FileRoot
from tresen.config.keys import root_key_of
from tresen.foundation.http import Answer, Call
from tresen.foundation.vault.root import CannotRenew, RootKey, RootTrouble
from tresen.foundation.vault.wrapping import CannotUnwrap, unwrap, wrap

SECRET = bytes(range(32))
TOKEN = "tresen-test"
MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)


class TransitStandIn:
    """As much of a key server as its published interface says, with real encryption."""

    def __init__(self) -> None:
        self.versions = {1: os.urandom(32)}
        self.oldest = 1
        self.calls: list[Call] = []

    def send(self, call: Call) -> Answer:
        self.calls.append(call)
        if call.headers["X-Vault-Token"] != "s.token":
            return Answer(status=403, headers={}, content=b'{"errors":["permission denied"]}')
        path = call.url.partition("/v1/transit/")[2]
        body = json.loads(call.content) if call.content else {}
        return self._act(path, body)

    def _act(self, path: str, body: Mapping[str, str | int]) -> Answer:
        newest = max(self.versions)
        label = base64.b64decode(str(body.get("associated_data", "")))
        if path == "encrypt/shop":
            clear = base64.b64decode(str(body["plaintext"]))
            text = base64.b64encode(wrap(clear, key=self.versions[newest], label=label)).decode()
            return _ok({"ciphertext": f"vault:v{newest}:{text}"})
        if path == "decrypt/shop":
            _, version, text = str(body["ciphertext"]).split(":")
            number = int(version[1:])
            if number < self.oldest:
                return Answer(status=400, headers={}, content=b'{"errors":["too old"]}')
            try:
                clear = unwrap(base64.b64decode(text), key=self.versions[number], label=label)
            except CannotUnwrap:
                return Answer(status=400, headers={}, content=b'{"errors":["failed"]}')
            return _ok({"plaintext": base64.b64encode(clear).decode()})
        if path == "keys/shop/rotate":
            self.versions[newest + 1] = os.urandom(32)
        elif path == "keys/shop/config":
            self.oldest = int(body["min_decryption_version"])
        elif path == "keys/shop":
            return _ok({"latest_version": newest})
        return Answer(status=204, headers={}, content=b"")


def _ok(data: Mapping[str, object]) -> Answer:
    return Answer(status=200, headers={}, content=json.dumps({"data": data}).encode())


def _file(tmp_path: Path) -> RootKey:
    return FileRoot(tmp_path / "root.key")


def _key_server(_tmp_path: Path) -> RootKey:
    return KeyServerRoot(
        address="https://keys.example/", token="s.token", key="shop", mount="transit",
        client=TransitStandIn(),  # type: ignore[arg-type]
    )  # fmt: skip


def _security_module(tmp_path: Path) -> RootKey:
    module = next((path for path in MODULES if Path(path).exists()), None)
    tool = shutil.which("softhsm2-util")
    if module is None or tool is None:
        pytest.skip("SoftHSM is not on this machine (Debian: softhsm2)")
    if not any(Path(os.environ["SOFTHSM2_CONF"]).parent.joinpath("tokens").iterdir()):
        words = ["--free", "--label", TOKEN, "--pin", "1234", "--so-pin", "5678"]
        subprocess.run([tool, "--init-token", *words], check=True, capture_output=True)
    asked = f"pkcs11:{module}?token={TOKEN}&label={tmp_path.name}"
    return root_key_of({"TRESEN_ROOT_KEY": asked, "TRESEN_ROOT_KEY_PIN": "1234"}, data=tmp_path)


@pytest.fixture(scope="module", autouse=True)
def _software_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The library reads its configuration once per process."""
    folder = tmp_path_factory.mktemp("softhsm")
    folder.joinpath("tokens").mkdir()
    folder.joinpath("softhsm.conf").write_text(
        f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm.conf")
    yield
    if before is None:
        del os.environ["SOFTHSM2_CONF"]
    else:
        os.environ["SOFTHSM2_CONF"] = before


@pytest.fixture(params=[_file, _key_server, _security_module], ids=["file", "transit", "pkcs11"])
def root(request: pytest.FixtureRequest, tmp_path: Path) -> RootKey:
    make: Callable[[Path], RootKey] = request.param
    return make(tmp_path)


def test_what_was_wrapped_opens_for_its_label_only(root: RootKey) -> None:
    wrapped = root.wrap(SECRET, label="tresen kek 1")

    assert SECRET.hex() not in wrapped
    assert root.unwrap(wrapped, label="tresen kek 1") == SECRET
    with pytest.raises(RootTrouble):
        root.unwrap(wrapped, label="tresen kek 2")


def test_after_a_renewal_both_open_until_the_old_one_is_forgotten(root: RootKey) -> None:
    old = root.wrap(SECRET, label="k")
    root.renew()
    new = root.wrap(SECRET, label="k")

    assert root.unwrap(old, label="k") == root.unwrap(new, label="k") == SECRET
    root.forget_old()
    assert root.unwrap(new, label="k") == SECRET
    with pytest.raises(RootTrouble):
        root.unwrap(old, label="k")


def test_a_changed_text_does_not_open(root: RootKey) -> None:
    wrapped = root.wrap(SECRET, label="k")
    head, _, body = wrapped.rpartition(":")
    raw = bytearray(base64.b64decode(body))
    raw[-1] ^= 1

    with pytest.raises(RootTrouble):
        root.unwrap(f"{head}:{base64.b64encode(raw).decode()}", label="k")


def test_a_credential_from_outside_is_changed_outside() -> None:
    old, new = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))
    before = CredentialRoot(old, source="the variable")
    wrapped = before.wrap(SECRET, label="k")

    with pytest.raises(CannotRenew, match="Put a new one in front"):
        before.renew()
    between = CredentialRoot(f"{new},{old}", source="the variable")
    between.renew()
    assert between.unwrap(wrapped, label="k") == SECRET
    rewrapped = between.wrap(SECRET, label="k")
    assert CredentialRoot(new, source="the variable").unwrap(rewrapped, label="k") == SECRET
    with pytest.raises(RootTrouble, match="is not here"):
        CredentialRoot(new, source="the variable").unwrap(wrapped, label="k")


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"TRESEN_ROOT_KEY": "paper"}, "there are credential, env, file, pkcs11, transit"),
        ({"TRESEN_ROOT_KEY": "env"}, "is empty"),
        (
            {"TRESEN_ROOT_KEY": "env", "TRESEN_ROOT_KEY_VALUE": "short"},
            "not base64|5 bytes|3 bytes",
        ),
        ({"TRESEN_ROOT_KEY": "env", "TRESEN_ROOT_KEY_VALUE": "c2hvcnQ="}, "5 bytes; 32 are needed"),
        ({"TRESEN_ROOT_KEY": "credential:root"}, "LoadCredential=root"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_with_its_remedy(
    environ: Mapping[str, str], words: str, tmp_path: Path
) -> None:
    with pytest.raises(RootTrouble, match=words):
        root_key_of({"CREDENTIALS_DIRECTORY": str(tmp_path), **environ}, data=tmp_path)


def test_a_credential_of_the_service_manager_is_read(tmp_path: Path) -> None:
    (tmp_path / "root").write_text(base64.b64encode(SECRET).decode())

    made = root_key_of(
        {"TRESEN_ROOT_KEY": "credential:root", "CREDENTIALS_DIRECTORY": str(tmp_path)},
        data=tmp_path,
    )

    assert made.unwrap(made.wrap(SECRET, label="k"), label="k") == SECRET


def test_a_key_server_that_refuses_is_told_in_words() -> None:
    root = KeyServerRoot(
        address="https://keys.example", token="wrong", key="shop", mount="transit",
        client=TransitStandIn(),  # type: ignore[arg-type]
    )  # fmt: skip
    with pytest.raises(RootTrouble, match=r"status 403\. Check the token's policy"):
        root.wrap(SECRET, label="k")
