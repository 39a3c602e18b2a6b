"""Tells people what happened: in the log, and at a webhook if the connection ``nightdesk_webhook`` exists."""

from __future__ import annotations

import json
import logging
import urllib.request
from datetime import date, timedelta

from airflow.sdk import Connection, Variable
from airflow.sdk.exceptions import AirflowRuntimeError

WEBHOOK = "nightdesk_webhook"
NOTIFIED = "nightdesk_notified_alerts"
REMEMBERED_FOR = timedelta(days=62)
"""Longer than figures of a day are restated in practice; an alert that comes again after that is told again."""

LOG = logging.getLogger(__name__)


def post(text: str, **fields) -> None:
    """Posts ``{"text": …}`` with the fields as JSON; without the connection it is only logged.

    :raises urllib.error.URLError: if the webhook does not take it
    """
    LOG.info("notice: %s", text)
    try:
        webhook = Connection.get(WEBHOOK)
    except AirflowRuntimeError:
        LOG.info("there is no connection %s, so the notice stays in this log", WEBHOOK)
        return
    headers = {"Content-Type": "application/json"}
    if webhook.password:
        headers["Authorization"] = f"Bearer {webhook.password}"
    request = urllib.request.Request(
        webhook.host, data=json.dumps({"text": text, **fields}).encode(), headers=headers, method="POST"
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        answer.read()


def notify_failure(context) -> None:
    """Callback of a task that failed for good."""
    task = context["task_instance"]
    post(
        f"Nightdesk: {task.dag_id}.{task.task_id} failed: {context.get('exception')}",
        dag_id=task.dag_id,
        task_id=task.task_id,
        run_id=task.run_id,
    )


def key(alert: dict) -> str:
    """What makes an alert one: the key of kpi_alert."""
    return "/".join(str(alert[name]) for name in ("kpi_code", "local_date", "breakdown_code", "member_key"))


def unheard(alerts: list[dict], notified: dict[str, str] | None, night: date) -> list[dict]:
    """The alerts that nobody was told of.

    :param notified: keys with the date of their alert; None before the first night, when the alerts of all history are news
        to nobody: then those of the night count
    """
    if notified is None:
        return [alert for alert in alerts if alert["local_date"] == night.isoformat()]
    return [alert for alert in alerts if key(alert) not in notified]


def notify_alerts(alerts: list[dict], night: date) -> None:
    """Tells each alert once, however often a night is run again, or fails in the middle of telling."""
    notified = Variable.get(NOTIFIED, default=None, deserialize_json=True)
    news = unheard(alerts, notified, night)
    oldest = (night - REMEMBERED_FOR).isoformat()
    known = {name: day for name, day in (notified or {}).items() if day >= oldest}
    known |= {key(alert): alert["local_date"] for alert in alerts if alert not in news}
    for alert in news:
        member = "" if alert["breakdown_code"] == "all" else f" of {alert['breakdown_code']} {alert['member_key']}"
        post(
            f"Nightdesk: {alert['kpi_code']}{member} was {alert['value']:g} {alert['unit']} on {alert['local_date']}, after "
            f"{alert['day_before_value']:g} the day before and {alert['weekday_median_value']:g} on such weekdays",
            alert=alert,
        )
        known[key(alert)] = alert["local_date"]
        Variable.set(NOTIFIED, known, serialize_json=True)
    if not news:
        Variable.set(NOTIFIED, known, serialize_json=True)
