"""Numbers of requests; what people said and what we did is never rewritten."""

from django.db import migrations

from tresen.foundation.append_only import append_only, append_only_until_retention


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql="CREATE SEQUENCE privacy_request_number START 1001",
            reverse_sql="DROP SEQUENCE privacy_request_number",
        ),
        append_only("privacy_consent_text"),
        append_only_until_retention("privacy_consent_event"),
        append_only_until_retention("privacy_request_step"),
    ]
