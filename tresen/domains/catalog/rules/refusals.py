"""Why something is not taken into the catalogue.

Each `message` is two lines: the reason, then what to do about it; `parted` gives both.
"""

from __future__ import annotations

from tresen.foundation.refusals import Refusal


def parted(text: str) -> tuple[str, str]:
    """Reason and remedy of a message, translated or not."""
    reason, _, remedy = text.partition("\n")
    return reason, remedy


class TextMissing(Refusal):
    code = "text_missing"
    message = "This text is missing.\nPlease fill it in."


class TextTooLong(Refusal):
    code = "text_too_long"
    message = "The text has %(length)s characters, %(max)s are allowed.\nPlease shorten it."


class TooMany(Refusal):
    code = "too_many"
    message = "There are %(count)s entries, %(max)s are allowed.\nPlease leave some out."


class CodeUnsound(Refusal):
    code = "code_unsound"
    message = (
        "«%(value)s» cannot be a code.\n"
        "Please use small letters a to z, digits and hyphens (in attributes and options: "
        "underscores), beginning with a letter or digit."
    )


class SkuUnsound(Refusal):
    code = "sku_unsound"
    message = (
        "«%(value)s» cannot be an article number.\n"
        "Please use 1 to 64 characters without spaces at the ends and without control characters."
    )


class GtinUnsound(Refusal):
    code = "gtin_unsound"
    message = (
        "«%(value)s» is no GTIN (EAN, UPC): the number of digits or the check digit is wrong.\n"
        "Please compare it with the bar code, or leave it empty."
    )


class CountryUnknown(Refusal):
    code = "country_unknown"
    message = (
        "«%(value)s» is no country.\n"
        "Please use the two letters of ISO 3166-1 (such as DE) or the country's usual name."
    )


class TariffCodeUnsound(Refusal):
    code = "tariff_code_unsound"
    message = (
        "«%(value)s» is no tariff code.\n"
        "Please use 6 to 10 digits (Harmonized System, Combined Nomenclature)."
    )


class MeasureUnsound(Refusal):
    code = "measure_unsound"
    message = (
        "%(value)s is not possible here.\nPlease enter a whole number from %(min)s to %(max)s."
    )


class ContentUnsound(Refusal):
    code = "content_unsound"
    message = (
        "The net content is incomplete or not above zero.\n"
        "Please give an amount and one of the units g, ml, m, m2, or neither."
    )


class ValueHasWrongKind(Refusal):
    code = "value_has_wrong_kind"
    message = (
        "«%(value)s» does not fit the attribute «%(attribute)s», which is of the kind %(kind)s.\n"
        "Please correct the value, or give this field another attribute code in the mapping."
    )


class AttributeUnknown(Refusal):
    code = "attribute_unknown"
    message = (
        "There is no attribute with the code «%(attribute)s».\n"
        "Please create the attribute first, or correct the code."
    )


class ChoiceUnknown(Refusal):
    code = "choice_unknown"
    message = (
        "«%(value)s» is none of the values of «%(attribute)s».\n"
        "Please add the value to the attribute or option first, or correct it."
    )


class KindFixed(Refusal):
    code = "kind_fixed"
    status = 409
    message = (
        "The attribute «%(attribute)s» is of the kind %(kind)s, and products have such values.\n"
        "Please use another code for the new kind."
    )


class RevisionOutdated(Refusal):
    code = "revision_outdated"
    status = 409
    message = (
        "Someone else has changed this product in the meantime.\n"
        "Please compare both versions and save again."
    )


class BrandUnknown(Refusal):
    code = "brand_unknown"
    message = "There is no brand with the code «%(brand)s».\nPlease create the brand first."


class CategoryUnknown(Refusal):
    code = "category_unknown"
    message = "There is no category «%(category)s».\nPlease create the category first."


class OptionUnknown(Refusal):
    code = "option_unknown"
    message = "There is no option with the code «%(option)s».\nPlease create the option first."


class ChannelUnknown(Refusal):
    code = "channel_unknown"
    message = "There is no channel «%(channel)s».\nPlease open the channel first."


class PictureUnknown(Refusal):
    code = "picture_unknown"
    message = "The picture «%(picture)s» is not here.\nPlease upload the picture first."


class VariantMissing(Refusal):
    code = "variant_missing"
    message = "The product has no variant.\nPlease add at least one article number."


class VariantUnknown(Refusal):
    code = "variant_unknown"
    message = (
        "The product has no variant with the article number %(sku)s.\n"
        "Please correct the number, or add the variant."
    )


class ChoicesTwice(Refusal):
    code = "choices_twice"
    message = (
        "Two variants of the product have the same options (%(choices)s).\n"
        "Please give each variant its own combination."
    )


class ChoicesIncomplete(Refusal):
    code = "choices_incomplete"
    message = (
        "The variant does not say exactly one value for each option of the product.\n"
        "Please choose a value for: %(options)s."
    )


class SkuTaken(Refusal):
    code = "sku_taken"
    status = 409
    message = (
        "The article number %(sku)s already belongs to the product %(product)s.\n"
        "Please use another number, or change that product."
    )


class SkuTwice(Refusal):
    code = "sku_twice"
    status = 409
    message = (
        "The article number %(sku)s occurs more than once.\n"
        "Please keep one of the rows, or give each its own number."
    )


class CodeTaken(Refusal):
    code = "code_taken"
    status = 409
    message = "The code %(value)s is already in use.\nPlease choose another one."


class SlugTaken(Refusal):
    code = "slug_taken"
    status = 409
    message = "The address «%(slug)s» is already in use.\nPlease choose another one."


class AltMissing(Refusal):
    code = "alt_missing"
    message = (
        "A picture has no description in the language %(locale)s.\n"
        "Please say in a few words what it shows: people who cannot see it rely on that."
    )


class PictureUnreadable(Refusal):
    code = "picture_unreadable"
    message = "This file is no picture that we can read.\nPlease use JPEG, PNG, WebP, AVIF or GIF."


class PictureTooBig(Refusal):
    code = "picture_too_big"
    status = 413
    message = (
        "The picture is too big.\n"
        "Please use at most %(megabytes)s MB and %(megapixels)s megapixels."
    )


class NotActive(Refusal):
    code = "product_not_active"
    status = 409
    message = "The product is a draft or archived.\nPlease set it active before publishing it."


class WordsMissing(Refusal):
    code = "product_words_missing"
    status = 409
    message = (
        "The product has no name in any language of the channel (%(locales)s).\n"
        "Please add a name in one of them."
    )


class WindowUnsound(Refusal):
    code = "window_unsound"
    message = "The end lies before the beginning.\nPlease choose a later end."


class MoveIntoItself(Refusal):
    code = "move_into_itself"
    status = 409
    message = "A category cannot lie below itself.\nPlease choose another place."


class FileInfected(Refusal):
    code = "file_infected"
    message = "The virus scanner found something in this file, so that it is not taken in."
