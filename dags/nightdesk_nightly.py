"""The night: every day at 02:00 of the reporting zone, for the day before."""

from __future__ import annotations

import json
import os
from datetime import date, timedelta

import pendulum
from airflow.sdk.exceptions import AirflowFailException
from airflow.sdk import DAG, Asset, CronDataIntervalTimetable, Param

from nightdesk_job import DEFAULTS, NightdeskOperator
from nightdesk_notices import notify_alerts, notify_failure
from nightdesk_tables import TABLES

ZONE = os.environ.get("NIGHTDESK_ZONE", "UTC")
"""The reporting zone of nightdesk.yaml."""

DOC = """
### What runs here
One night of the support warehouse: `stage` reads the dumps up to the date, `facts` and `kpis` compute what they touch, `audit` judges it, `publish` makes it visible, `alerts` tells new rows of
`kpi_alert`. Until `publish` is done readers see the night before, whatever happens.

### When a task is red
Read the last line of its log: it names the place, the cause and the cure.

| exit code | what it means | what to do |
| --- | --- | --- |
| 1 | something broke, or another run holds the lease | it is tried again by itself; after the last try look at the log, then clear `stage` with everything behind it |
| 2 | configuration, or a step out of turn | mend `nightdesk.yaml` or the connection, clear `stage` with everything behind it |
| 3 | a dump is missing, unreadable or too bad | have it delivered, clear `stage` with everything behind it. If the entity may be missing, mark it `optional` |
| 4 | an audit failed | `nightdesk sql -e "SELECT * FROM audit_result WHERE NOT is_passed"`. Volumes that are odd and right: trigger with `accept_volume` |

Clearing is always safe: a night that is published already writes nothing, a step without a night to continue says so. In doubt clear `stage` with everything behind it.

### By hand
Trigger with a `date` (the last date of dumps to read). Without one the run's logical date counts; with neither the run fails at once. A range of old dates: DAG `nightdesk_backfill`.
"""


def night_date(params: dict, data_interval_start: pendulum.DateTime | None) -> str:
    """The date of the night: what somebody asked for, else the local day on which the interval begins."""
    if params.get("date"):
        return date.fromisoformat(params["date"]).isoformat()
    if data_interval_start is None:
        raise AirflowFailException("This run has no logical date. Trigger it again with the parameter date (YYYY-MM-DD).")
    return pendulum.instance(data_interval_start).in_timezone(ZONE).to_date_string()


class AlertsOperator(NightdeskOperator):
    """Reads the alerts of the published night and tells the new ones."""

    template_fields = (*NightdeskOperator.template_fields, "night")

    def __init__(self, *, night: str, **options) -> None:
        super().__init__(
            # Answers are read from the lines of the container here and go into no XCom.
            do_xcom_push=True,
            xcom_all=True,
            command=["sql", "--format", "json", "-e", f"SELECT * FROM kpi_alert WHERE local_date > DATE '{night}' - INTERVAL 60 DAYS"],
            **options,
        )
        self.night = night

    def execute(self, context) -> None:
        lines = super().execute(context) or []
        alerts = [json.loads(line) for line in lines if line.startswith("{")]
        notify_alerts(alerts, date.fromisoformat(self.night))


NIGHT = "{{ night_date(params, data_interval_start) }}"

with DAG(
    dag_id="nightdesk_nightly",
    description="Builds, audits and publishes one night of the support warehouse.",
    doc_md=DOC,
    schedule=CronDataIntervalTimetable("0 2 * * *", timezone=ZONE),
    start_date=pendulum.datetime(2026, 1, 1, tz=ZONE),
    catchup=False,
    max_active_runs=1,
    default_args={**DEFAULTS, "on_failure_callback": notify_failure},
    params={
        "date": Param(None, type=["null", "string"], format="date", description="Last date of dumps to read, else that of the run."),
        "accept_volume": Param(False, type="boolean", description="Publish although dumps are far smaller or larger than before."),
    },
    user_defined_macros={"night_date": night_date},
    render_template_as_native_obj=False,
    tags=["nightdesk"],
) as dag:
    stage = NightdeskOperator(task_id="stage", command=["stage", "--date", NIGHT], execution_timeout=timedelta(hours=1))
    facts = NightdeskOperator(task_id="facts", command=["facts"], execution_timeout=timedelta(hours=3))
    kpis = NightdeskOperator(task_id="kpis", command=["kpis"], execution_timeout=timedelta(hours=3))
    audit = NightdeskOperator(
        task_id="audit",
        command="{{ ['audit'] + (['--accept-volume'] if params.accept_volume else []) }}",
        execution_timeout=timedelta(hours=1),
    )
    publish = NightdeskOperator(
        task_id="publish",
        command=["publish"],
        execution_timeout=timedelta(minutes=30),
        outlets=[Asset(name=f"nightdesk/{table}", uri=f"nightdesk://warehouse/{table}") for table in TABLES],
    )
    alerts = AlertsOperator(task_id="alerts", night=NIGHT, execution_timeout=timedelta(minutes=30))
    stage >> facts >> kpis >> audit >> publish >> alerts
