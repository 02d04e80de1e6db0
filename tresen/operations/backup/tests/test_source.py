"""A server behind DATABASE_URL is copied where it lets us; else the operator is told what to do."""

from __future__ import annotations

from urllib.parse import quote

import psycopg
import pytest

from tresen.foundation import clock
from tresen.operations.backup.following import Following
from tresen.operations.backup.source import SourceUnfit, source_of
from tresen.operations.backup.tests.make import Bench, opened, sales, sell, wait_until
from tresen.operations.postgres.keys import read_password
from tresen.operations.postgres.layout import DATABASE, OWNER, SUPERUSER, Layout
from tresen.operations.postgres.server import using_server, wait_until_stopped

pytestmark = pytest.mark.slow


def _url(bench: Bench, role: str) -> dict[str, str]:
    layout = Layout(bench.data)
    host, password = quote(str(layout.socket), safe=""), read_password(layout, role)
    return {"DATABASE_URL": f"postgresql://{role}:{password}@/{DATABASE}?host={host}"}


def test_a_user_that_may_not_replicate_is_told_what_an_administrator_runs(bench: Bench) -> None:
    with bench.running(), pytest.raises(SourceUnfit) as told:
        source_of(bench.places, _url(bench, OWNER))

    assert f"ALTER ROLE {OWNER} REPLICATION" in str(told.value)
    assert "TRESEN_BACKUP=off" in str(told.value)


def test_a_server_of_another_version_is_left_to_its_own_means(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tresen.operations.backup.source.VERSION", 17)

    with bench.running(), pytest.raises(SourceUnfit, match="point-in-time recovery"):
        source_of(bench.places, _url(bench, SUPERUSER))


def test_a_server_that_is_away_is_said_to_be(bench: Bench) -> None:
    with bench.running():
        url = _url(bench, SUPERUSER)
    assert wait_until_stopped(bench.data)
    gone = {"DATABASE_URL": url["DATABASE_URL"].replace("host=", "host=%2Fnowhere")}

    with pytest.raises(SourceUnfit, match="cannot be reached"):
        source_of(bench.places, gone)
    with pytest.raises(SourceUnfit, match="tresen db start"):
        source_of(bench.places, {})


@pytest.mark.drill
def test_a_foreign_server_that_lets_us_comes_back_whole(bench: Bench) -> None:
    """Nothing of ours is written into it: no marker, no settings."""
    with bench.running() as shop:
        source = source_of(bench.places, _url(bench, SUPERUSER))
        following = Following(bench.places, bench.target, source=lambda: source, clock=clock.now)
        following.start()
        try:
            wait_until(lambda: following.reached() > 0)
            bench.take(following, source=source)
            sell(shop, 0, 20)
            bench.catch_up(following)
        finally:
            following.end(seconds_max=10)

    restored = bench.restore("latest")

    assert not source.is_ours
    assert restored.checked.marker is None
    with opened(restored) as copy:
        assert sales(copy) == set(range(20))


def test_the_role_that_copies_may_not_change_the_shop(bench: Bench) -> None:
    with using_server(bench.data, environ={}), bench.running() as shop:
        shop.execute("INSERT INTO sale VALUES (1, 'a')")
        with bench.source.connect() as copier:
            assert copier.execute("SELECT count(*) FROM sale").fetchone() == (1,)
            for statement in ("INSERT INTO sale VALUES (2, 'b')", "DELETE FROM sale"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    copier.execute(statement.encode())
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                copier.execute("ALTER ROLE tresen_app SUPERUSER")
