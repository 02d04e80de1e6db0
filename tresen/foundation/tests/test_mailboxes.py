"""One mailbox is found however it is typed; two are never taken for one."""

from __future__ import annotations

import unicodedata

import pytest

from tresen.foundation.mailboxes import mailbox_of


@pytest.mark.parametrize(
    "typed",
    [
        "erika@example.com",
        " erika@example.com\r\n",
        "Erika@Example.COM",
        "ERIKA@EXAMPLE.COM",
    ],
)
def test_spaces_and_case_do_not_matter(typed: str) -> None:
    assert mailbox_of(typed) == "erika@example.com"


def test_the_unicode_form_and_the_case_of_a_domain_do_not_matter() -> None:
    typed = "joerg@bücher.example"
    assert mailbox_of(unicodedata.normalize("NFD", typed)) == typed
    assert mailbox_of("joerg@BÜCHER.example") == typed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("strasse@example.com", "straße@example.com"),
        ("kelvin@example.com", "\N{KELVIN SIGN}elvin@example.com"),
        ("erika@example.com", "еrika@example.com"),  # a Cyrillic е
        ("erika@example.com", "ｅrika@example.com"),
        ("fi@example.com", "ﬁ@example.com"),
        ("ivan@example.com", "ıvan@example.com"),
        ("i@example.com", "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}@example.com"),
        ("erika@example.com", "erika\u200b@example.com"),
        ("erika@example.com", "e rika@example.com"),
        ("erika@example.com", "erika\N{NO-BREAK SPACE}@example.com"),
        ("erika@example.com", "e.rika@example.com"),
        ("erika@example.com", "erika+shop@example.com"),
        ("erika@example.com", "erika@example.com."),
        ("erika@example.com", "erika@example.com\x00"),
        ("a@strasse.example", "a@straße.example"),
    ],
)
def test_two_mailboxes_stay_two(one: str, other: str) -> None:
    assert mailbox_of(one) != mailbox_of(other)


@pytest.mark.parametrize("typed", ["strasse@example.com", "kelvin@example.com", "fi@example.com"])
def test_folding_and_compatibility_forms_would_merge_people(typed: str) -> None:
    """The control: what is often used instead takes two people for one."""
    twins = {"strasse": "straße", "kelvin": "\N{KELVIN SIGN}elvin", "fi": "ﬁ"}
    twin = twins[typed.partition("@")[0]] + "@example.com"
    assert unicodedata.normalize("NFKC", twin).casefold() == typed
    assert mailbox_of(twin) != typed
