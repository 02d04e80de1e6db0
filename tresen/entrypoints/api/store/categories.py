"""The tree of categories."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router

from tresen.domains.catalog.queries import NoSuchCategory, category_tree, get_category
from tresen.domains.discovery.queries import shelf_counts
from tresen.entrypoints.api.store import product_words
from tresen.entrypoints.api.store.context import channel_of, locale_of
from tresen.entrypoints.api.store.problems import problem_of
from tresen.entrypoints.api.store.product_shapes import CategoriesOut, CategoryPageOut
from tresen.entrypoints.api.store.public_answers import TREE_SECONDS, public_answer
from tresen.entrypoints.api.store.shapes import ProblemOut
from tresen.entrypoints.api.store.words import Words
from tresen.foundation.refusals import Refusal

router = Router(tags=["categories"])


class Moved(Refusal):
    """The category has another address now; it is in `Location`."""

    code = "moved"
    status = 301
    message = "This category has moved to another address."


_TREE = {200: CategoriesOut, 401: ProblemOut}
_ONE = {200: CategoryPageOut, 301: ProblemOut, 401: ProblemOut, 404: ProblemOut, 422: ProblemOut}


@router.get("", response=_TREE, operation_id="listCategories", summary="The tree")
def categories(request: HttpRequest) -> HttpResponse:
    """Visible categories with the number of products on each."""
    locale = locale_of(request)
    counts = shelf_counts(channel_code=channel_of(request).code, locale=locale)
    tree = category_tree(locale=locale, only_visible=True)
    body: Words = {"items": product_words.categories(tree, counts)}
    return public_answer(request, body, seconds=TREE_SECONDS)


@router.get(
    "/{slug}",
    response=_ONE,
    operation_id="getCategory",
    url_name="getCategory",
    summary="One category",
)
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """A former address, or one of another language, answers 301 with the present one."""
    if not slug.isprintable():
        raise NoSuchCategory(field="slug")
    found = get_category(slug, locale=locale_of(request))
    present = found.category.slug
    if present != slug:
        response = problem_of(Moved(field="slug"))
        response["Location"] = reverse("store-v1:getCategory", kwargs={"slug": present})
        return response
    return public_answer(request, product_words.category(found), seconds=TREE_SECONDS)
