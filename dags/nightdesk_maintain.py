"""Every Sunday: small files become larger ones, and files that no kept publication needs are deleted."""

from __future__ import annotations

import os
from datetime import timedelta

import pendulum
from airflow.sdk import DAG, CronTriggerTimetable

from nightdesk_job import DEFAULTS, NightdeskOperator
from nightdesk_notices import notify_failure

ZONE = os.environ.get("NIGHTDESK_ZONE", "UTC")

with DAG(
    dag_id="nightdesk_maintain",
    description="Compacts the tables of the support warehouse and deletes what no kept publication needs.",
    doc_md="""Never deletes what a publication of the last 30 days needs. It waits for the night, and the night for it: both take the one slot of the pool
`nightdesk`. A run that fails may be cleared at any time; the tables say the same before and after.""",
    schedule=CronTriggerTimetable("0 12 * * 0", timezone=ZONE),
    start_date=pendulum.datetime(2026, 1, 1, tz=ZONE),
    catchup=False,
    max_active_runs=1,
    default_args={**DEFAULTS, "on_failure_callback": notify_failure},
    tags=["nightdesk"],
) as dag:
    NightdeskOperator(task_id="maintain", command=["maintain"], execution_timeout=timedelta(hours=6))
