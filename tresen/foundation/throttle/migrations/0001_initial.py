from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Bucket',
            fields=[
                ('key', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('full_at', models.DateTimeField()),
                ('room_s', models.FloatField()),
            ],
            options={
                'db_table': 'throttle_bucket',
                'indexes': [models.Index(fields=['full_at'], name='throttle_full')],
            },
        ),
        migrations.RunSQL('ALTER TABLE throttle_bucket SET UNLOGGED', 'ALTER TABLE throttle_bucket SET LOGGED'),
    ]
