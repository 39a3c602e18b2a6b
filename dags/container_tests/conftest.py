"""A real Airflow of its own (SQLite), the real engine behind DOCKER_HOST, and a desk of a few tickets."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import docker
import pytest

ROOT = Path(__file__).resolve().parents[2]
DAGS = ROOT / "dags"
DATES = ["2026-03-20", "2026-03-21", "2026-03-22"]
ENTITIES = ["ticket", "ticket_event", "message", "agent"]
CANARY = "a-canary-that-nobody-may-print"
OWNER = 10001

sys.path.insert(0, str(DAGS))
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
os.environ["AIRFLOW__CORE__DAGS_FOLDER"] = str(DAGS)


class Desk:
    """Dumps of the first dates of the story, a configuration, and warehouses beside them."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.raw = folder / "raw"
        self.warehouse = self.new_warehouse("warehouse")
        self.config = folder / "nightdesk.yaml"
        self.config.write_text(
            """
max-rejected-ratio: 0.5
lease: {heartbeat: PT1S, timeout: PT10S}
reporting: {zone: Europe/Berlin, currency: EUR}
sources:
  desk:
    type: canonical
    entities: {ticket: {}, ticket_event: {}, message: {optional: true}, agent: {optional: true}}
"""
        )
        for date in DATES:
            self.deliver(date)

    def new_warehouse(self, name: str) -> Path:
        """An empty folder that containers may write to."""
        warehouse = self.folder / name
        warehouse.mkdir()
        os.chown(warehouse, OWNER, OWNER)
        return warehouse

    def deliver(self, date: str) -> None:
        for entity in ENTITIES:
            source = ROOT / "fixtures/nightly/raw/helpdesk" / entity / f"dt={date}"
            if source.exists():
                shutil.copytree(source, self.raw / "desk" / entity / f"dt={date}")

    def launcher(self, warehouse: Path, *words: str) -> None:
        """The same command without a container."""
        subprocess.run(
            [ROOT / "nightdesk", *words, "--config", self.config, "--raw", self.raw, "--warehouse", warehouse],
            env={**os.environ, "NIGHTDESK_HASH_SALT": CANARY},
            check=True,
        )

    def container(self, engine, warehouse: Path, *words: str):
        """A command in a container, without Airflow."""
        return engine.containers.run(
            os.environ["NIGHTDESK_IMAGE"],
            [*words, "--config", str(self.config), "--raw", str(self.raw), "--warehouse", str(warehouse)],
            detach=True,
            read_only=True,
            network_mode="none",
            hostname="nightdesk",
            extra_hosts={"nightdesk": "127.0.0.1"},
            mem_limit="3g",
            environment={"NIGHTDESK_HASH_SALT": CANARY},
            volumes={str(self.folder): {"bind": str(self.folder), "mode": "rw"}},
        )

    def status(self, engine, warehouse: Path) -> str:
        container = self.container(engine, warehouse, "status")
        try:
            container.wait()
            return container.logs().decode()
        finally:
            container.remove(force=True, v=True)


@pytest.fixture(scope="session")
def desk(tmp_path_factory):
    # Not below pytest's own folder, which is closed to other users.
    folder = Path(os.environ["AIRFLOW_HOME"]).parent / "desk"
    folder.mkdir(mode=0o755)
    return Desk(folder)


@pytest.fixture(scope="session")
def engine():
    return docker.from_env()


@pytest.fixture(scope="session")
def nightly(desk):
    """The DAG, with a connection to the desk."""
    os.environ["AIRFLOW_CONN_NIGHTDESK"] = json.dumps(
        {
            "conn_type": "generic",
            "extra": {
                "raw": str(desk.raw),
                "warehouse": str(desk.warehouse),
                "config": str(desk.config),
                "network": "none",
                "private_environment": {"NIGHTDESK_HASH_SALT": CANARY},
            },
        }
    )
    subprocess.run([Path(sys.executable).parent / "airflow", "db", "migrate"], check=True, capture_output=True)
    from nightdesk_nightly import dag

    return dag
