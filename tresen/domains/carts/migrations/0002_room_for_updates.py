"""A cart is changed some six times: its page keeps room, so that the row stays where it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("carts", "0001_initial")]
    operations = [
        migrations.RunSQL(
            sql="ALTER TABLE carts_cart SET (fillfactor = 60)",
            reverse_sql="ALTER TABLE carts_cart RESET (fillfactor)",
        )
    ]
