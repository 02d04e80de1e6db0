"""/de/… and /en/…: the shop's addresses."""

from __future__ import annotations

from django.urls import include, path

from tresen.entrypoints.storefront.account import by_mail
from tresen.entrypoints.storefront.cart import views as cart
from tresen.entrypoints.storefront.category import views as category
from tresen.entrypoints.storefront.check import views as check
from tresen.entrypoints.storefront.checkout import views as checkout
from tresen.entrypoints.storefront.demo_card import views as demo_card
from tresen.entrypoints.storefront.home import views as home
from tresen.entrypoints.storefront.legal import views as legal
from tresen.entrypoints.storefront.order import views as order
from tresen.entrypoints.storefront.privacy import views as privacy
from tresen.entrypoints.storefront.product import views as product
from tresen.entrypoints.storefront.safe_shopping import views as safe_shopping
from tresen.entrypoints.storefront.search import views as search
from tresen.entrypoints.storefront.transparency import views as transparency

app_name = "storefront"
urlpatterns = [
    path("", home.home, name="home"),
    path("c/<slug:slug>/", category.category, name="category"),
    path("p/<slug:slug>/", product.product, name="product"),
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggestions, name="search_suggestions"),
    path("cart/", cart.cart, name="cart"),
    path("cart/lines/", cart.lines, name="cart_lines"),
    path("cart/lines/<str:variant>/", cart.line, name="cart_line"),
    path("checkout/", checkout.checkout, name="checkout"),
    path("checkout/review/", checkout.review, name="checkout_review"),
    path("checkout/order/", checkout.order, name="checkout_order"),
    path("orders/<str:token>/", order.order, name="order"),
    path("orders/<str:token>/cancellation/", order.cancellation, name="order_cancellation"),
    path("checkout/question/", check.cart_question, name="checkout_question"),
    path("orders/<str:token>/check/", check.order_check, name="order_check"),
    path("orders/<str:token>/payment/", order.payment, name="order_payment"),
    path("orders/<str:token>/account/", by_mail.for_order, name="order_account"),
    path("account/", include("tresen.entrypoints.storefront.account.urls")),
    path("demo-card/<str:reference>/", demo_card.card, name="demo_card"),
    path("demo-card/<str:reference>/payment/", demo_card.payment, name="demo_card_payment"),
    path("demo-card/<str:reference>/departure/", demo_card.departure, name="demo_card_departure"),
    path("safe-shopping/", safe_shopping.safe_shopping, name="safe_shopping"),
    path("transparency/", transparency.transparency, name="transparency"),
    path("my-data/", privacy.my_data, name="my_data"),
    path("my-data/copies/<str:token>/", privacy.copy, name="my_data_copy"),
    path("my-data/copies/<str:token>/file/", privacy.copy_file, name="my_data_file"),
    path("my-data/confirmation/<str:token>/", privacy.confirmation, name="my_data_confirmation"),
    path("my-data/<str:token>/", privacy.page, name="my_data_page"),
    path("my-data/<str:token>/requests/", privacy.wish, name="my_data_wish"),
    path("my-data/<str:token>/switches/", privacy.switch, name="my_data_switch"),
    path("my-data/<str:token>/erasure/", privacy.erasure, name="my_data_erasure"),
    path("legal/<slug:kind>/", legal.legal, name="legal"),
]
