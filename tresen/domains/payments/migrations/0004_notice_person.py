"""Whose message of a payment service it is, once that is known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_giving_back")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="person_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(person_id__isnull=False),
                fields=["person_id"],
                name="payments_notice_of_person",
            ),
        ),
    ]
