"""What Django's models cannot say: JSON shapes, GTIN check digits, the tree of categories."""

from django.db import migrations


def _check(table: str, name: str, condition: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        sql=f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({condition});",
        reverse_sql=f"ALTER TABLE {table} DROP CONSTRAINT {name};",
    )


def _digit(place: int) -> str:
    return f"substr(lpad(gtin, 14, '0'), {place}, 1)::int"


_WEIGHTED = " + ".join(f"{3 if place % 2 else 1} * {_digit(place)}" for place in range(1, 15))
_GTIN = f"""CASE
    WHEN gtin = '' THEN true
    WHEN gtin ~ '^([0-9]{{8}}|[0-9]{{13,14}})$' THEN ({_WEIGHTED}) % 10 = 0
    ELSE false
END"""
_WORDS = "jsonb_typeof({0}) = 'object' AND {0} <> '{{}}'"


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]

    operations = [
        _check("catalog_variant", "variant_gtin_sound", _GTIN),
        _check(
            "catalog_variant", "variant_choices_are_pairs", "jsonb_typeof(choices) = 'object'"
        ),
        _check(
            "catalog_product",
            "product_attributes_are_pairs",
            "jsonb_typeof(attributes) = 'object'",
        ),
        _check("catalog_product_picture", "picture_has_words", _WORDS.format("alt")),
        _check("catalog_attribute", "attribute_has_words", _WORDS.format("labels")),
        _check("catalog_attribute", "attribute_code_sound", "code ~ '^[a-z0-9][a-z0-9_]*$'"),
        _check("catalog_option", "option_has_words", _WORDS.format("labels")),
        _check("catalog_option", "option_code_sound", "code ~ '^[a-z0-9][a-z0-9_]*$'"),
        _check("catalog_option_value", "option_value_has_words", _WORDS.format("labels")),
        _check("catalog_brand", "brand_code_sound", "code ~ '^[a-z0-9][a-z0-9-]*$'"),
        _check("catalog_category", "category_code_sound", "code ~ '^[a-z0-9][a-z0-9-]*$'"),
        migrations.RunSQL(
            sql=(
                "ALTER TABLE catalog_category ADD CONSTRAINT category_hangs_on_a_category"
                " FOREIGN KEY (parent_path) REFERENCES catalog_category (path)"
                " ON UPDATE CASCADE ON DELETE NO ACTION;"
                " CREATE INDEX catalog_category_below ON catalog_category (parent_path, position);"
            ),
            reverse_sql=(
                "DROP INDEX catalog_category_below;"
                " ALTER TABLE catalog_category DROP CONSTRAINT category_hangs_on_a_category;"
            ),
        ),
    ]
