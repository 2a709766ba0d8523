from __future__ import annotations

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("funnel", "0006_blindness_and_scheduling"),
    ]

    operations = [
        migrations.AddField(
            model_name="handoff",
            name="asked_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="handoff",
            name="paused_minutes",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
