"""/staff/…: the back office. Every address but signing in lies behind the door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from tresen.entrypoints.backoffice.approvals.urls import urlpatterns as approvals
from tresen.entrypoints.backoffice.backups import views as backups
from tresen.entrypoints.backoffice.kit.urls import urlpatterns as kit
from tresen.entrypoints.backoffice.orders import views as orders
from tresen.entrypoints.backoffice.payments import views as payments
from tresen.entrypoints.backoffice.privacy.urls import urlpatterns as privacy
from tresen.entrypoints.backoffice.products import views as products
from tresen.entrypoints.backoffice.risk import views as risk
from tresen.entrypoints.backoffice.signin.guard import guarded
from tresen.entrypoints.backoffice.staffing import joining
from tresen.entrypoints.backoffice.staffing import views as staffing
from tresen.entrypoints.backoffice.stock import views as stock
from tresen.entrypoints.backoffice.today import views as today
from tresen.entrypoints.backoffice.trust.urls import urlpatterns as trust

_behind_the_door: list[URLPattern | URLResolver] = [
    path("", today.home, name="home"),
    path("today/", today.today, name="today"),
    path("profile/", include("tresen.entrypoints.backoffice.profile.urls")),
    path("orders/", orders.orders, name="orders"),
    path("orders/<str:order>/", orders.order, name="order"),
    path("orders/<str:order>/payment/", orders.payment, name="order_payment"),
    path("orders/<str:order>/shipment/", orders.shipment, name="order_shipment"),
    path("orders/<str:order>/refund/", orders.refund, name="order_refund"),
    path("orders/<str:order>/cancellation/", orders.cancellation, name="order_cancellation"),
    path(
        "orders/<str:order>/payments/<str:payment>/review/",
        payments.review,
        name="payment_review",
    ),
    path("orders/<str:order>/refunds/<str:refund>/sent/", payments.refund_sent, name="refund_sent"),
    path("products/", products.products, name="products"),
    path("products/<str:product>/", products.product, name="product"),
    path("products/<str:product>/words/", products.words, name="product_words"),
    path("products/<str:product>/prices/", products.prices, name="product_prices"),
    path("products/<str:product>/status/", products.status, name="product_status"),
    path("stock/", stock.stock, name="stock"),
    path("stock/<str:variant>/", stock.variant, name="variant_stock"),
    path("stock/<str:variant>/receipt/", stock.receipt, name="stock_receipt"),
    path("stock/<str:variant>/count/", stock.count, name="stock_count"),
    *privacy,
    path("trust/backups/", backups.backups, name="backups"),
    path("trust/backups/wishes/<str:errand>/", backups.wish, name="backups_wish"),
    path("trust/reviews/", risk.reviews, name="risk_reviews"),
    path("trust/reviews/rules/", risk.rules, name="risk_rules"),
    path("trust/reviews/<str:review>/", risk.review, name="risk_review"),
    path("trust/reviews/<str:review>/<slug:verb>/", risk.decision, name="risk_decision"),
    *trust,
    *approvals,
    path("settings/", staffing.settings, name="settings"),
    path("settings/staff/", staffing.staff, name="staff"),
    path("settings/staff/invitation/", staffing.invitation, name="invitation"),
    path("settings/staff/<str:member>/", staffing.member, name="member"),
    path("settings/staff/<str:member>/roles/", staffing.roles, name="member_roles"),
    path("settings/staff/<str:member>/leaving/", staffing.leaving, name="member_leaving"),
    path("settings/staff/<str:member>/return/", staffing.coming_back, name="member_return"),
    path("settings/staff/<str:member>/invitation/", staffing.renewal, name="member_invitation"),
    *kit,
]
urlpatterns = [
    path("account/invitation/<str:token>/", joining.invitation, name="staff_invitation"),
    path("account/", include("tresen.entrypoints.backoffice.signin.urls")),
    path("", include((guarded(_behind_the_door), "backoffice"))),
]
