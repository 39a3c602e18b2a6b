"""What the scheduler sees."""

import importlib
import re
import subprocess
from datetime import timedelta
from pathlib import Path

import pendulum
import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk.exceptions import AirflowFailException
from airflow.serialization.encoders import coerce_to_core_timetable
from airflow.timetables.base import DataInterval, TimeRestriction

import nightdesk_nightly
from nightdesk_job import IMAGE, NightdeskOperator
from nightdesk_nightly import NIGHT, night_date
from nightdesk_notices import notify_failure
from nightdesk_tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
STEPS = ["stage", "facts", "kpis", "audit", "publish", "alerts"]


@pytest.fixture(scope="module")
def bag():
    found = DagBag(dag_folder=str(ROOT / "dags"))
    assert found.import_errors == {}
    return found


@pytest.fixture(scope="module")
def nightly(bag):
    return bag.dags["nightdesk_nightly"]


def tasks(bag):
    return [task for dag in bag.dags.values() for task in dag.tasks]


def test_there_are_three_dags(bag):
    assert sorted(bag.dags) == ["nightdesk_backfill", "nightdesk_maintain", "nightdesk_nightly"]


def test_every_dag_runs_once_at_a_time_and_says_what_to_do(bag):
    for dag in bag.dags.values():
        assert dag.max_active_runs == 1
        assert dag.catchup is False
        assert len(dag.doc_md) > 100
        assert "nightdesk" in dag.tags


def test_the_steps_of_a_night_come_one_after_the_other(nightly):
    assert [task.task_id for task in nightly.topological_sort()] == STEPS
    for before, after in zip(STEPS, STEPS[1:]):
        assert nightly.get_task(after).upstream_task_ids == {before}


@pytest.fixture
def berlin(monkeypatch):
    """The nightly DAG as it is where the reporting zone is Berlin's."""
    monkeypatch.setenv("NIGHTDESK_ZONE", "Europe/Berlin")
    yield importlib.reload(nightdesk_nightly)
    monkeypatch.undo()
    importlib.reload(nightdesk_nightly)


def test_every_night_has_a_day_also_that_without_a_two_o_clock(berlin):
    timetable = coerce_to_core_timetable(berlin.dag.timetable)
    interval = DataInterval(pendulum.datetime(2026, 3, 27, 1), pendulum.datetime(2026, 3, 28, 1))
    nights = []
    for _ in range(3):
        run = timetable.next_dagrun_info(
            last_automated_data_interval=interval, restriction=TimeRestriction(earliest=None, latest=None, catchup=True)
        )
        interval = run.data_interval
        nights.append((run.run_after.isoformat(), berlin.night_date({}, interval.start)))
    assert nights == [
        ("2026-03-29T01:00:00+00:00", "2026-03-28"),
        ("2026-03-30T00:00:00+00:00", "2026-03-29"),
        ("2026-03-31T00:00:00+00:00", "2026-03-30"),
    ]


def test_every_task_is_patient_bounded_and_alone(bag):
    for task in tasks(bag):
        assert task.retries >= 2
        assert task.retry_exponential_backoff
        assert timedelta(minutes=1) <= task.execution_timeout <= timedelta(hours=12)
        assert task.pool == "nightdesk"
        assert notify_failure in task.on_failure_callback


def test_every_container_is_confined_and_leaves_nothing(bag):
    for task in tasks(bag):
        assert isinstance(task, NightdeskOperator)
        assert task.mount_tmp_dir is False
        assert task.auto_remove == "force"
        assert re.fullmatch(r"\d+:\d+", task.user) and not task.user.startswith("0:")
        assert task.mem_limit
        assert task.retrieve_output is False
        # Only the answers of `alerts` are read, and its execute gives none on.
        assert task.do_xcom_push is (task.task_id == "alerts")


def test_no_secret_is_in_what_airflow_shows(bag):
    for task in tasks(bag):
        assert task.environment == {}
        assert task._private_environment == {}


def test_the_image_is_pinned_to_the_version_of_the_sources():
    version = re.search("<version>(.+?)</version>", (ROOT / "pom.xml").read_text())[1]
    assert IMAGE == f"nightdesk:{version}"


def test_publish_alone_tells_of_tables_and_of_all_that_the_jar_lists(nightly):
    listed = subprocess.run([ROOT / "nightdesk", "tables"], capture_output=True, text=True, check=True).stdout
    names = [line.split(":")[0] for line in listed.splitlines()]
    assert list(TABLES) == [name for name in names if not name.startswith("operations/")]
    assert [asset.name for asset in nightly.get_task("publish").outlets] == [f"nightdesk/{name}" for name in TABLES]
    assert all(not nightly.get_task(step).outlets for step in STEPS if step != "publish")


def test_the_date_is_the_local_day_on_which_the_interval_begins(monkeypatch):
    monkeypatch.setattr("nightdesk_nightly.ZONE", "Asia/Tokyo")
    # 02:00 of 21 March in Tokyo.
    start = pendulum.datetime(2026, 3, 20, 17)
    assert night_date({"date": None}, start) == "2026-03-21"


def test_a_given_date_goes_before_that_of_the_run():
    assert night_date({"date": "2026-03-20"}, pendulum.datetime(2026, 4, 1)) == "2026-03-20"


def test_a_run_without_any_date_fails_at_once():
    with pytest.raises(AirflowFailException, match="no logical date"):
        night_date({"date": None}, None)


def test_a_date_that_is_none_is_refused():
    with pytest.raises(ValueError):
        night_date({"date": "2026-13-01"}, None)


def test_only_stage_names_the_date_and_alerts_ask_for_it(nightly):
    assert nightly.get_task("stage").command == ["stage", "--date", NIGHT]
    assert nightly.get_task("alerts").night == NIGHT
    for step in ("facts", "kpis", "publish"):
        assert nightly.get_task(step).command == [step]
