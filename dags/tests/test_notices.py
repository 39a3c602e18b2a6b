"""Who is told what, and how often."""

import json
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowRuntimeError, ErrorType
from airflow.sdk.execution_time.comms import ErrorResponse

import nightdesk_notices
from nightdesk_notices import notify_alerts, notify_failure, unheard

NIGHT = date(2026, 4, 2)


def alert(day, member="all"):
    return {
        "kpi_code": "backlog_ticket_count",
        "local_date": day,
        "breakdown_code": "all" if member == "all" else "channel",
        "member_key": member,
        "unit": "tickets",
        "value": 12.0,
        "day_before_value": 6.0,
        "weekday_median_value": 5.0,
    }


@pytest.fixture
def webhook(monkeypatch):
    """A real server that keeps what is posted."""
    posted = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            posted.append((self.headers.get("Authorization"), json.loads(body)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    connection = Connection(
        conn_id="nightdesk_webhook", conn_type="http", host=f"http://127.0.0.1:{server.server_port}/", password="token"
    )
    monkeypatch.setattr(nightdesk_notices.Connection, "get", lambda name: connection)
    yield posted
    server.shutdown()


@pytest.fixture
def variable(monkeypatch):
    stored = {}
    monkeypatch.setattr(
        nightdesk_notices.Variable, "get", lambda name, default=None, deserialize_json=False: stored.get(name, default)
    )
    monkeypatch.setattr(
        nightdesk_notices.Variable, "set", lambda name, value, serialize_json=False: stored.__setitem__(name, value)
    )
    return stored


def test_an_alert_is_told_once_however_often_its_night_runs(webhook, variable):
    notify_alerts([alert("2026-04-02")], NIGHT)
    notify_alerts([alert("2026-04-02")], NIGHT)
    assert len(webhook) == 1
    authorization, body = webhook[0]
    assert authorization == "Bearer token"
    assert body["text"] == (
        "Nightdesk: backlog_ticket_count was 12 tickets on 2026-04-02, after 6 the day before and 5 on such weekdays"
    )


def test_an_alert_that_a_late_dump_makes_of_an_older_day_is_told(webhook, variable):
    notify_alerts([alert("2026-04-02")], NIGHT)
    notify_alerts([alert("2026-04-02"), alert("2026-03-30", "chat")], NIGHT)
    assert [body["alert"]["member_key"] for _, body in webhook] == ["all", "chat"]


def test_the_first_night_does_not_tell_all_history(webhook, variable):
    notify_alerts([alert("2026-03-01"), alert("2026-04-02")], NIGHT)
    assert [body["alert"]["local_date"] for _, body in webhook] == ["2026-04-02"]


def test_what_was_told_long_ago_is_forgotten(webhook, variable):
    variable["nightdesk_notified_alerts"] = {"old": "2026-01-01"}
    notify_alerts([], NIGHT)
    assert variable["nightdesk_notified_alerts"] == {}


def test_an_alert_that_nobody_could_be_told_of_is_not_taken_as_told(monkeypatch, variable):
    dead = Connection(conn_id="nightdesk_webhook", conn_type="http", host="http://127.0.0.1:1/")
    monkeypatch.setattr(nightdesk_notices.Connection, "get", lambda name: dead)
    with pytest.raises(OSError):
        notify_alerts([alert("2026-04-02")], NIGHT)
    assert variable == {}


def test_without_a_webhook_notices_stay_in_the_log(monkeypatch, variable, caplog):
    def missing(name):
        raise AirflowRuntimeError(ErrorResponse(error=ErrorType.CONNECTION_NOT_FOUND))

    monkeypatch.setattr(nightdesk_notices.Connection, "get", missing)
    with caplog.at_level("INFO"):
        notify_alerts([alert("2026-04-02")], NIGHT)
    assert "backlog_ticket_count was 12" in caplog.text


def test_a_failure_names_dag_and_task(webhook):
    class Task:
        dag_id, task_id, run_id = "nightdesk_nightly", "facts", "manual"

    notify_failure({"task_instance": Task(), "exception": RuntimeError("facts ended with exit code 3")})
    assert webhook[0][1]["text"] == "Nightdesk: nightdesk_nightly.facts failed: facts ended with exit code 3"


def test_keys_of_alerts_are_those_of_the_table():
    assert unheard([alert("2026-04-02"), alert("2026-04-02", "chat")], {"backlog_ticket_count/2026-04-02/all/all": "2026-04-02"}, NIGHT) == [
        alert("2026-04-02", "chat")
    ]
