"""Three nights in containers, one of which loses its container, and a date without dumps."""

import os
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import CANARY, DATES, ROOT
from deltalake import DeltaTable

STEPS = ["stage", "facts", "kpis", "audit", "publish", "alerts"]


def night(dag, date):
    """A run of the DAG: the state of each task, and its tries."""
    run = dag.test(run_conf={"date": date})
    tasks = sorted(run.get_task_instances(), key=lambda task: STEPS.index(task.task_id))
    with (Path(os.environ["AIRFLOW_HOME"]).parent / "nights.txt").open("a") as lines:
        for task in tasks:
            lines.write(f"{date} {task.task_id:8} {task.state:16} try {task.try_number}  {task.duration or 0:5.1f} s\n")
    return run.state, {task.task_id: (task.state, task.try_number) for task in tasks}


class Watch(threading.Thread):
    """Does something once to a container that runs a command."""

    def __init__(self, engine, command, then):
        super().__init__(daemon=True)
        self.engine, self.command, self.then = engine, command, then
        self.found = None

    def run(self):
        while self.found is None:
            for container in self.engine.containers.list(filters={"label": "nightdesk=job"}):
                if container.attrs["Config"]["Cmd"][0] == self.command:
                    self.found = self.then(container)
            time.sleep(0.2)


def inspected(container):
    """What a live container is allowed, and what it does when it tries more."""
    container.reload()
    time.sleep(2)
    tried = {
        "user": container.exec_run("id -u").output.decode().strip(),
        "root": container.exec_run("touch /nobody").exit_code,
        "scratch": container.exec_run("touch /scratch/somebody").exit_code,
        "status": container.exec_run("cat /proc/1/status").output.decode(),
        "flags": container.exec_run(["sh", "-c", "cat /proc/[0-9]*/cmdline"]).output.decode().replace("\0", " "),
    }
    return container.attrs, tried


@pytest.fixture(scope="module", autouse=True)
def patient(nightly):
    """Not five minutes between two tries, but longer than the lease of a container that was killed lasts."""
    for task in nightly.tasks:
        task.retry_delay = timedelta(seconds=12)


def test_the_first_night_runs_confined(nightly, engine, desk):
    watch = Watch(engine, "facts", inspected)
    watch.start()
    state, tasks = night(nightly, DATES[0])
    assert state == "success"
    assert tasks == {step: ("success", 1) for step in STEPS}
    attributes, tried = watch.found
    host = attributes["HostConfig"]
    assert attributes["Config"]["User"] == "10001:10001"
    assert tried["user"] == "10001"
    assert host["ReadonlyRootfs"] is True and tried["root"] != 0 and tried["scratch"] == 0
    assert host["CapDrop"] == ["ALL"] and "CapEff:\t0000000000000000" in tried["status"]
    assert "NoNewPrivs:\t1" in tried["status"]
    assert host["Memory"] == 3 * 1024**3 and "-XX:MaxRAMPercentage=70" in tried["flags"]
    assert CANARY not in tried["flags"]
    assert engine.containers.list(all=True, filters={"label": "nightdesk=job"}) == []
    assert engine.volumes.list() == []


def test_a_night_whose_container_is_killed_is_tried_again_and_ends(nightly, engine, desk):
    def kill(container):
        time.sleep(6)
        container.kill()
        return True

    watch = Watch(engine, "facts", kill)
    watch.start()
    state, tasks = night(nightly, DATES[1])
    assert watch.found is True
    assert state == "success"
    assert tasks["facts"] == ("success", 2)


def test_the_tables_are_those_of_the_launcher(nightly, desk):
    state, _ = night(nightly, DATES[2])
    assert state == "success"
    expected = desk.folder / "by-launcher"
    desk.launcher(expected, "nightly", "--date", DATES[2])
    subprocess.run([sys.executable, ROOT / ".ci/same-tables", expected, desk.warehouse], check=True)


def test_a_night_that_is_cleared_changes_nothing(nightly, desk):
    before = {table.name: DeltaTable(table).version() for table in (desk.warehouse / "fact").iterdir()}
    state, _ = night(nightly, DATES[2])
    assert state == "success"
    assert {table.name: DeltaTable(table).version() for table in (desk.warehouse / "fact").iterdir()} == before


def test_a_missing_dump_ends_red_without_another_try(nightly, engine, desk):
    (desk.raw / "desk/message/dt=2026-03-23").mkdir(parents=True)
    (desk.raw / "desk/message/dt=2026-03-23/part.jsonl").write_text("")
    state, tasks = night(nightly, "2026-03-23")
    assert state == "failed"
    assert tasks["stage"] == ("failed", 1)
    assert tasks["publish"][0] == "upstream_failed"


def test_a_container_that_is_told_to_end_does_so_in_time_and_gives_the_lease_back(engine, desk):
    warehouse = desk.new_warehouse("told")
    container = desk.container(engine, warehouse, "nightly", "--date", DATES[2])
    try:
        assert any(b"facts: as of" in line for line in container.logs(stream=True))
        held = desk.status(engine, warehouse)
        assert "lease      nightdesk nightly on nightdesk " in held, held
        begin = time.monotonic()
        container.stop(timeout=30)
        assert time.monotonic() - begin < 10
        assert container.wait()["StatusCode"] == 143
    finally:
        container.remove(force=True, v=True)
    left = desk.status(engine, warehouse)
    assert "lease      free" in left, left
