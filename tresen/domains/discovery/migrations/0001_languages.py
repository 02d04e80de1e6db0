"""Text search for German, English and any other language.

`unaccent` folds ä to a before the stemmer, so stop words are taken out before that (the stemmer's
own list has umlauts). «für» never reaches the index, «Käse» and «Kase» meet there.
"""

from django.db import migrations

EXTENSIONS = ("unaccent", "pg_trgm", "btree_gin")

LANGUAGES = {"de": "german", "en": "english"}
WORDS = "asciiword, word, numword, hword, asciihword, numhword, hword_asciipart, hword_part, hword_numpart"

_STOP = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_ts_dict WHERE dictname = 'tresen_stop_{locale}') THEN
    CREATE TEXT SEARCH DICTIONARY tresen_stop_{locale} (
      TEMPLATE = pg_catalog.simple, STOPWORDS = {language}, ACCEPT = false);
  END IF;
END $$;
"""
_CONFIGURATION = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_ts_config WHERE cfgname = 'tresen_{locale}') THEN
    CREATE TEXT SEARCH CONFIGURATION tresen_{locale} (COPY = pg_catalog.{language});
    ALTER TEXT SEARCH CONFIGURATION tresen_{locale}
      ALTER MAPPING FOR {words} WITH {dictionaries};
  END IF;
END $$;
"""


def _steps():
    forward, backward = [], []
    for locale, language in {**LANGUAGES, "simple": "simple"}.items():
        dictionaries = f"tresen_stop_{locale}, unaccent, {language}_stem"
        if locale == "simple":
            dictionaries = "unaccent, simple"
        else:
            forward.append(_STOP.format(locale=locale, language=language))
        forward.append(
            _CONFIGURATION.format(
                locale=locale, language=language, words=WORDS, dictionaries=dictionaries
            )
        )
        backward.append(f"DROP TEXT SEARCH CONFIGURATION IF EXISTS tresen_{locale}")
        if locale != "simple":
            backward.append(f"DROP TEXT SEARCH DICTIONARY IF EXISTS tresen_stop_{locale}")
    return migrations.RunSQL(sql=forward, reverse_sql=backward)


def _extensions():
    """They stay when this is undone: they may belong to the superuser, and to others."""
    return migrations.RunSQL(
        sql=[f"CREATE EXTENSION IF NOT EXISTS {name}" for name in EXTENSIONS],
        reverse_sql=migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [_extensions(), _steps()]
