"""Records are read one by one from every kind of file, and a bad one spoils only itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.workflows.supplying.catalog_files import json_records
from tresen.workflows.supplying.catalog_files.faults import FileUnreadable
from tresen.workflows.supplying.catalog_files.records import Reading
from tresen.workflows.supplying.catalog_files.tests import make

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
ROWS = st.lists(st.dictionaries(st.text(max_size=8), JSON, max_size=4), max_size=8)


def codes(found: list[make.Record]) -> list[str]:
    return [record.wrong.code if record.wrong else "" for record in found]


@given(rows=ROWS, chunk=st.integers(1, 7), indent=st.sampled_from([None, 1]))
def test_an_array_is_read_alike_wherever_the_chunks_end(
    rows: list[dict[str, object]], chunk: int, indent: int | None
) -> None:
    text = json.dumps(rows, indent=indent, ensure_ascii=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_records, "CHUNK", chunk)
        found = make.records(text)

    assert [dict(record.data) for record in found] == rows


@given(rows=ROWS)
def test_one_object_per_line_is_read_as_it_was_written(rows: list[dict[str, object]]) -> None:
    text = "\n".join(json.dumps(row) for row in rows) + "\n"

    found = make.records(text, kind="jsonl")

    assert [dict(record.data) for record in found] == rows
    assert [record.line for record in found] == list(range(1, len(rows) + 1))


def test_lines_are_counted_in_arrays_and_between_objects() -> None:
    array = make.records('[\n {"a": 1},\n\n {"a":\n 2}, {"a": 3}\n]')
    loose = make.records('{"a": 1}\n\n{"a": 2}')

    assert [record.line for record in array] == [2, 4, 5]
    assert [record.line for record in loose] == [1, 3]


def test_an_array_inside_an_object_is_found_by_its_name() -> None:
    text = '{"version": 2, "products" : [{"a": 1}, {"a": 2}], "more": []}'

    found = make.records(text, reading=Reading(records="products"))

    assert [record.data for record in found] == [{"a": 1}, {"a": 2}]
    with pytest.raises(FileUnreadable, match="no list named «goods»"):
        make.records(text, reading=Reading(records="goods"))


def test_what_is_no_object_is_refused_alone() -> None:
    assert codes(make.records('[{"a": 1}, 3, "x", null, [1], {"a": 2}]')) == [
        "",
        *["not_a_record"] * 4,
        "",
    ]


def test_a_line_that_is_no_json_is_refused_alone() -> None:
    text = '{"a": 1}\n{"a": \n\n"x"\n{"a": NaN}\n' + "[" * 100_000 + "\n" + '{"a": 1e999}\n{"a": 2}'

    assert codes(make.records(text, kind="jsonl")) == [
        "",
        "not_a_record",
        "not_a_record",
        "",
        "not_a_record",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[{"a": 1},\n{"a": 2}', 2),
        ('[{"a": 1},\n{"a" 2}]', 2),
        ('[{"a": 1}\n,\n{"a": "never closed', 3),
        ("no json", 1),
        ("[" + "[" * 100_000, 1),
        ('[{"a": ' + "9" * 5_000 + "}]", 1),
    ],
)
def test_an_array_that_breaks_off_says_where(text: str, line: int) -> None:
    with pytest.raises(FileUnreadable) as broken:
        make.records(text)

    assert (broken.value.file, broken.value.line) == ("goods", line)


def test_bytes_that_are_no_utf8_are_refused_with_their_record_only() -> None:
    array = b'[{"a": "gut"}, {"a": "K\xfcche"}, {"a": "auch gut"}]'
    lines = b'{"a": "gut"}\n{"a": "K\xfcche"}\n{"a": "auch gut"}'
    table = b"a;b\ngut;1\nK\xfcche;2\nauch gut;3"

    for content, kind in ((array, "json"), (lines, "jsonl"), (table, "csv")):
        assert codes(make.records(content, kind=kind)) == ["", "not_our_encoding", ""]
    in_latin = make.records(table, kind="csv", reading=Reading(encoding="cp1252"))
    assert [record.data["a"] for record in in_latin] == ["gut", "Küche", "auch gut"]


def test_a_record_that_never_ends_does_not_fill_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(json_records, "RECORD_LENGTH_MAX", 1_000)
    monkeypatch.setattr(json_records, "CHUNK", 100)
    huge = '{"a": "' + "x" * 5_000 + '"}'

    with pytest.raises(FileUnreadable, match="longer than 1000"):
        make.records(f"[{huge}]")
    assert codes(make.records(f'{huge}\n{{"a": 1}}', kind="jsonl")) == ["field_too_big", ""]


def test_a_table_is_read_with_its_own_separator_and_quotes() -> None:
    for separator in ",;\t|":
        text = f'sku{separator}name\nA{separator}"Tee{separator}kanne ""gut"""\n\nB{separator}x\n'
        found = make.records(text, kind="csv")
        assert [record.data for record in found] == [
            {"sku": "A", "name": f'Tee{separator}kanne "gut"'},
            {"sku": "B", "name": "x"},
        ]
        assert [record.line for record in found] == [2, 4]


def test_a_cell_with_lines_counts_them() -> None:
    found = make.records('\ufeffsku,text\nA,"eins\nzwei"\nB,x\n', kind="csv")

    assert [(record.line, record.data) for record in found] == [
        (2, {"sku": "A", "text": "eins\nzwei"}),
        (4, {"sku": "B", "text": "x"}),
    ]


def test_a_row_with_too_many_or_too_few_cells_is_refused_alone() -> None:
    found = make.records("a,b\n1,2\n1\n1,2,3\n1,2\n", kind="csv")

    assert codes(found) == ["", "columns_differ", "columns_differ", ""]
    assert found[1].wrong is not None
    assert found[1].wrong.params == {"found": 1, "expected": 2}


def test_a_huge_cell_is_refused_and_the_rest_is_read() -> None:
    found = make.records(f"a,b\n1,{'x' * 1_000_001}\n1,2\n", kind="csv")

    assert codes(found) == ["field_too_big", ""]


def test_two_columns_of_one_name_are_refused_and_nul_bytes_dropped() -> None:
    with pytest.raises(FileUnreadable, match="two columns are named 'a'"):
        make.records("a,b,a\n1,2,3\n", kind="csv")
    assert make.records("a\nx\0y\n", kind="csv")[0].data == {"a": "xy"}


@pytest.mark.parametrize("kind", ["json", "jsonl", "csv"])
def test_an_empty_file_has_no_records(kind: str) -> None:
    assert make.records("", kind=kind) == []


def test_files_are_opened_as_they_are_packed(tmp_path: Path) -> None:
    row = b'[{"a": 1}]'
    packed = make.zip_file(tmp_path, {"b.jsonl": b'{"a": 2}', "a.json": row, "read.me": b"?"})
    files = [
        make.json_file(tmp_path, [{"a": 1}]),
        make.gz_file(tmp_path, row),
        packed,
    ]

    names = [[(name, record.data["a"]) for name, record in make.file_records(f)] for f in files]

    assert names == [
        [("goods.json", 1)],
        [("goods.json.gz", 1)],
        [("goods.zip/a.json", 1), ("goods.zip/b.jsonl", 2)],
    ]


def test_a_file_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    broken = {
        "x.zip": (b"no archive", "no archive"),
        "x.json.gz": (make.gz_file(tmp_path, b'[{"a": 1}]').read_bytes()[:-9], "broken"),
        "y.csv.gz": (b"no gzip at all", "broken"),
        "x.pdf": (b"%PDF", "«.pdf» is not one of"),
    }
    for name, (content, why) in broken.items():
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(FileUnreadable, match=why):
            make.file_records(path)
    with pytest.raises(FileUnreadable, match="no CSV or JSON file inside"):
        make.file_records(make.zip_file(tmp_path, {"read.me": b"?"}, name="empty.zip"))
