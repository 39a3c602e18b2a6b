"""By hand: the dumps of a range of dates are read again, as one night."""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import DAG, Param

from nightdesk_job import DEFAULTS, NightdeskOperator
from nightdesk_notices import notify_failure

with DAG(
    dag_id="nightdesk_backfill",
    description="Reads the dumps of a range of dates again and publishes what they change.",
    doc_md="""For dumps that were delivered late or anew. The figures stay as of the latest date that the warehouse knows, and `kpi_restatement` lists what changed in
periods that were complete. Audits stop it as they stop a night; nothing of it is seen before it is published. Clearing it is safe.""",
    schedule=None,
    catchup=False,
    max_active_runs=1,
    default_args={**DEFAULTS, "on_failure_callback": notify_failure},
    params={
        "from": Param(type="string", format="date", description="First date."),
        "to": Param(type="string", format="date", description="Last date."),
        "accept_volume": Param(False, type="boolean", description="Publish although dumps are far smaller or larger than before."),
    },
    tags=["nightdesk"],
) as dag:
    NightdeskOperator(
        task_id="backfill",
        command="{{ ['backfill', '--from', params['from'], '--to', params['to']] + (['--accept-volume'] if params.accept_volume else []) }}",
        execution_timeout=timedelta(hours=12),
    )
