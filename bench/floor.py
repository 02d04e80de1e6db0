"""The floor: pgbench runs one hand-written order transaction (two lines, stock, ledger, journal).

Prints JSON for the server under TRESEN_DATA: transactions a second with one client, and the
database's CPU for each, its housekeeping included: the connection has ended when it is counted.
The tables are its own and are dropped again.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from bench.common import cpu_of
from tresen.operations.postgres.address import database_settings
from tresen.operations.postgres.binaries import packaged_binaries

SECONDS = 10
TABLES = """
CREATE TABLE floor_stock (sku int PRIMARY KEY, on_hand int CHECK (on_hand >= 0));
INSERT INTO floor_stock SELECT n, 1000000000 FROM generate_series(1, 1000) n;
CREATE TABLE floor_order (id bigserial PRIMARY KEY, body text, placed_at timestamptz);
CREATE TABLE floor_line (order_id bigint, sku int, quantity int, minor bigint);
CREATE TABLE floor_ledger (order_id bigint, account text, minor bigint);
CREATE TABLE floor_journal (id bigserial PRIMARY KEY, body jsonb);
"""
SCRIPT = r"""
\set a random(1, 500)
\set b random(501, 1000)
BEGIN;
UPDATE floor_stock SET on_hand = on_hand - 1 WHERE sku IN (:a, :b);
INSERT INTO floor_order (body, placed_at) VALUES (repeat('x', 400), now()) RETURNING id \gset
INSERT INTO floor_line VALUES (:id, :a, 1, 1990), (:id, :b, 1, 490);
INSERT INTO floor_ledger VALUES
  (:id, 'receivable', 2480), (:id, 'revenue', -2084), (:id, 'tax', -396);
INSERT INTO floor_journal (body) VALUES (jsonb_build_object('order', :id::bigint));
COMMIT;
"""
DROP = "DROP TABLE IF EXISTS floor_stock, floor_order, floor_line, floor_ledger, floor_journal"


def main() -> None:
    data = Path(os.environ["TRESEN_DATA"])
    place = database_settings("owner", data=data, environ=os.environ)
    words = {
        "host": place["HOST"],
        "port": place["PORT"],
        "user": place["USER"],
        "password": place["PASSWORD"],
        "dbname": place["NAME"],
    }
    with psycopg.connect(**words, autocommit=True) as connection:
        connection.execute(DROP)
        connection.execute(TABLES)
        try:
            print(json.dumps(_run(data, words)))
        finally:
            connection.execute(DROP)


def _run(data: Path, words: dict[str, object]) -> dict[str, float]:
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(SCRIPT)
        script.flush()
        command = [
            str(packaged_binaries() / "pgbench"),
            *("-n", "-f", script.name, "-c", "1", "-M", "prepared", "-T", str(SECONDS)),
            *("-h", str(words["host"]), "-p", str(words["port"]), "-U", str(words["user"])),
            str(words["dbname"]),
        ]
        before = cpu_of(data=data)
        done = subprocess.run(
            command,
            env=os.environ | {"PGPASSWORD": str(words["password"])},
            capture_output=True,
            text=True,
            check=True,
        )
        time.sleep(1)
        spent = cpu_of(data=data) - before
    transactions = int(re.search(r"processed: (\d+)", done.stdout)[1])
    return {
        "transactions_per_second": round(transactions / SECONDS, 1),
        "database_cpu_ms": round(spent.database * 1000 / transactions, 3),
    }


if __name__ == "__main__":
    main()
