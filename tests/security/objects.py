"""What stands in the addresses of the crawl: one's own, another house's, and nothing at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from tests.risk.make import held
from tests.security.make import CANARY, PLACE_CANARY, House, Houses
from tests.security.people import LINKS, SHOP_SESSION, Person, forged_links, own_links, person_of
from tresen.domains.accounts.commands import ask_approval
from tresen.domains.accounts.commands.staffing import invite
from tresen.domains.accounts.types import ApprovalKind, Membership, Role
from tresen.domains.privacy.tests.make import words as agree
from tresen.domains.privacy.types.consents import Purpose as Consent
from tresen.domains.privacy.types.processors import Processor
from tresen.domains.privacy.types.requests import RequestKind, RequestWay
from tresen.domains.security.types.incidents import Facts, IncidentWords
from tresen.entrypoints.backoffice.privacy.rows import PREFIX
from tresen.foundation import sql
from tresen.foundation.actor import SYSTEM
from tresen.foundation.ids import inner, outer
from tresen.workflows.buying.tests.make import NOON
from tresen.workflows.guarding.handle_incident import report_incident
from tresen.workflows.trusting.holds import set_hold
from tresen.workflows.trusting.processors import set_processor
from tresen.workflows.trusting.tests.make import wish

Objects = Mapping[str, Mapping[str, str]]
ME = ("storefront:my_data_page", "storefront:my_data_wish", "storefront:my_data_switch",
      "storefront:my_data_erasure")  # fmt: skip
"""Open by a link, or as «me» for who is signed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Both houses, a person of each, and what is written in addresses."""

    houses: Houses
    me: Person
    other: Person
    objects: Objects

    @property
    def other_words(self) -> list[str]:
        """What nobody but the other person, and staff of their store, may be told."""
        house = self.houses.other
        parts = [value for name, value in self.other.parts.items() if name != "factor"]
        persons = [str(self.other.user.pk), str(self.other.subjects["person"])]
        return [CANARY, house.number, house.payment, house.refund, *parts, *persons]

    @property
    def house_words(self) -> list[str]:
        """What staff of the first store may not be told."""
        return [*self.other_words, PLACE_CANARY]


def world_of(houses: Houses) -> World:
    agree(Consent.NEWSLETTER)
    me = person_of(houses.mine, name="Erika Beispiel", invitation=_invited("inga"))
    other = person_of(houses.other, name=CANARY, invitation=_invited("ole"))
    own = {
        **_goods(houses),
        **_of_house(houses.mine),
        **_of_trust(houses, other),
        **own_links(me),
        **me.parts,
        "approval": _refund_wish(houses.mine),
    }
    foreign = {
        **_of_house(houses.other),
        **other.parts,
        "backoffice:profile_end.session": other.parts[SHOP_SESSION],
        "mfa_remove_webauthn.pk": other.parts["factor"],
        "mfa_edit_webauthn.pk": other.parts["factor"],
        "approval": _refund_wish(houses.other),
        **{name: token for name, token in own_links(other).items() if name.startswith("store-v1")},
    }
    objects = {
        "own": own,
        "foreign": foreign,
        "mixed": {"payment": houses.other.payment, "refund": houses.other.refund},
        "me": {f"{route}.token": "me" for route in ME},
        **forged_links(me, other),
    }
    assert {name.removesuffix(".token") for name in own_links(me)} == set(LINKS)
    return World(houses=houses, me=me, other=other, objects=objects)


def _goods(houses: Houses) -> dict[str, str]:
    return {
        "variant": outer("var", houses.shop.mug),
        "backoffice:product.product": _product(houses.shop.mug),
        "backoffice:product_words.product": _product(houses.shop.mug),
        "backoffice:product_prices.product": _product(houses.shop.mug),
        "backoffice:product_status.product": _product(houses.shop.mug),
        "storefront:product.slug": "becher",
        "storefront:legal.kind": "terms",
        "list_name": "orders",
    }


def _product(variant: UUID) -> str:
    found = sql.rows("SELECT product_id FROM catalog_variant WHERE id = %s", (variant,))
    return outer("prod", UUID(str(found[0][0])))


def _of_house(house: House) -> dict[str, str]:
    return {
        "order": house.token,
        "payment": house.payment,
        "refund": house.refund,
        "cart": house.cart,
    }


def _of_trust(houses: Houses, about: Person) -> dict[str, str]:
    """What belongs to the whole house: shown to who may see it for all stores, to nobody else."""
    person_id = about.subjects["person"]
    request = wish(
        person_id, RequestKind.RECTIFICATION, way=RequestWay.LETTER, words=f"{CANARY} schreibt"
    )
    hold = set_hold(
        person_id=person_id,
        retention="tax_record",
        place="FA Hamburg",
        reason=f"Prüfung {CANARY}",
        review_on=NOON.date(),
        now=NOON,
        actor=SYSTEM,
    )
    incident_id = report_incident(
        facts=Facts(aware_at=NOON), words=IncidentWords(title=CANARY), now=NOON, actor=SYSTEM
    )
    _, review = held(houses.shop)
    service = Processor(
        code="post", name="Postdienst", task="E-Mail", country="DE", contract_on=date(2026, 1, 1)
    )
    set_processor(processor=service, now=NOON, actor=SYSTEM)
    ((deed_id,),) = sql.rows("SELECT id FROM audit_deed ORDER BY id DESC LIMIT 1")
    ((member_id,),) = sql.rows("SELECT id FROM accounts_user WHERE username = 'inga'")
    return {
        "wanted": outer(PREFIX, request.id),
        "backoffice:retention_hold_end.wanted": outer("hld", hold.id),
        "incident": outer("inc", incident_id),
        "review": outer("rev", review.id),
        "verb": "release",
        "code": "post",
        "deed": outer("deed", UUID(str(deed_id))),
        "member": outer("usr", UUID(str(member_id))),
        "errand": "drill",
    }


def _refund_wish(house: House) -> str:
    """A large refund waits for a second person of that store."""
    approval_id = ask_approval(
        kind=ApprovalKind.REFUND,
        object_id=str(house.id),
        payment_id=inner("pay", house.payment),
        store_code=house.channel.store.code,
        amount_minor=100,
        currency="EUR",
        reason="goodwill",
        asked_by=uuid4(),
        now=NOON,
    )
    return outer("apr", approval_id)


def _invited(name: str) -> UUID:
    _, invitation_id = invite(
        username=name,
        display_name=name.title(),
        email=f"{name}@schapp.example",
        memberships=[Membership(Role.CLERK)],
        now=NOON,
    )
    return invitation_id
