"""What is wrong with one record of a file, and with a file as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from tresen.foundation.refusals import Refusal
from tresen.operations.words.speaking import gettext as _


class NotOurEncoding(Refusal):
    code = "not_our_encoding"
    message = (
        "The row holds bytes that are no %(encoding)s.\n"
        "Please save the file as UTF-8, or name its encoding in the mapping (encoding = …)."
    )


class ColumnsDiffer(Refusal):
    code = "columns_differ"
    message = (
        "The row has %(found)s columns, the heading has %(expected)s.\n"
        "Please check the separator and the quotation marks of this row."
    )


class NotARecord(Refusal):
    code = "not_a_record"
    message = (
        "This is no JSON object (%(why)s).\nPlease write one object with named fields per record."
    )


class FieldTooBig(Refusal):
    code = "field_too_big"
    message = (
        "A field has %(length)s characters, %(max)s are read.\n"
        "Please shorten it, or look for a missing quotation mark."
    )


class SkuMissing(Refusal):
    code = "sku_missing"
    message = (
        "The record has no article number.\n"
        "Please fill the field that the mapping names for sku, or leave the record out."
    )


class SkuSeen(Refusal):
    code = "sku_seen"
    message = (
        "The article number %(sku)s came before in this import.\n"
        "Please keep one of the records; the first one counts."
    )


class ValueUnreadable(Refusal):
    code = "value_unreadable"
    message = (
        "«%(value)s» cannot be read as %(wanted)s.\n"
        "Please correct the value, or say in the mapping how it is written."
    )


class SameAttribute(Refusal):
    code = "same_attribute"
    message = (
        "Two fields of the record, one of them «%(field)s», become the attribute «%(attribute)s».\n"
        "Please give one of them another code in the mapping."
    )


class PriceListUnknown(Refusal):
    code = "price_list_unknown"
    message = "There is no price list «%(list)s».\nPlease open the list first, or name another one."


class PictureFileMissing(Refusal):
    code = "picture_file_missing"
    message = (
        "The picture file «%(file)s» is not in the folder of pictures.\n"
        "Please put it there and import again; addresses of pictures are not fetched."
    )


class FileUnreadable(Exception):
    """The file breaks off or cannot be understood from `line` on; what came before was read."""

    def __init__(self, *, file: str, line: int, why: str) -> None:
        self.file, self.line, self.why = file, line, why
        super().__init__(_("{file}, line {line}: {reason}", file=file, line=line, reason=why))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFault:
    """One entry of the report. `left_out` means: the record was taken, this field was not."""

    file: str
    line: int
    sku: str
    refusal: Refusal
    mapping_line: int = 0
    left_out: bool = False
