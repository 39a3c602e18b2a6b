"""Runs commands of the image ``nightdesk`` in containers of their own.

What differs between deployments is not in here: the image and its memory come from the environment of Airflow, everything
else from the connection ``nightdesk`` (see README.md).
"""

from __future__ import annotations

import os
from datetime import timedelta

from airflow.sdk.exceptions import AirflowFailException
from airflow.providers.docker.exceptions import DockerContainerFailedException
from airflow.providers.docker.operators.docker import DockerOperator
from airflow.sdk import Connection
from docker.types import Mount

CONNECTION = "nightdesk"
POOL = "nightdesk"
"""One slot: whatever writes to the warehouse waits for whoever does."""

IMAGE = os.environ.get("NIGHTDESK_IMAGE", "nightdesk:0.1.0")
MEMORY = os.environ.get("NIGHTDESK_CONTAINER_MEMORY", "4g")
"""Limit of a container. The JVM takes 70 % of it as its heap."""

USER = "10001:10001"
CONFIG = "/etc/nightdesk/nightdesk.yaml"
SCRATCH = "/scratch"

WHAT_RETRYING_DOES_NOT_CURE = {
    2: "The configuration is wrong, or a step came out of turn: the log says which. Correct it, then clear `stage` with everything behind it.",
    3: "A dump is missing, unreadable or too bad. Have it delivered or mended, then clear `stage` with everything behind it.",
    4: "An audit failed, and nothing was published: readers see the night before. The log names rule, table and segment.",
}
"""By exit code of the command; any other failure is tried again."""

CONFINED = {
    "read_only": True,
    "cap_drop": ["ALL"],
    "security_opt": ["no-new-privileges:true"],
    "pids_limit": 2048,
}
"""What a container may not; the operator has no parameters for it."""

DEFAULTS = {
    "owner": "support-analytics",
    "pool": POOL,
    "retries": 3,
    "retry_delay": timedelta(minutes=5),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(hours=1),
}


class _Client:
    """Docker's client as the operator uses it: containers are confined and leave no volume, and their exit code is kept."""

    def __init__(self, client):
        self._client = client
        self.exit_code: int | None = None

    def __getattr__(self, name):
        return getattr(self._client, name)

    def create_host_config(self, **options):
        return self._client.create_host_config(**options, **CONFINED)

    def wait(self, *args, **options):
        result = self._client.wait(*args, **options)
        self.exit_code = result["StatusCode"]
        return result

    def remove_container(self, container, **options):
        return self._client.remove_container(container, v=True, **options)


class NightdeskOperator(DockerOperator):
    """A command of the job.

    :param command: its words, as for the launcher
    """

    def __init__(self, *, command: list[str], **options) -> None:
        super().__init__(
            image=IMAGE,
            command=command,
            user=USER,
            mem_limit=MEMORY,
            mount_tmp_dir=False,
            auto_remove="force",
            do_xcom_push=options.pop("do_xcom_push", False),
            labels={"nightdesk": "job"},
            **options,
        )
        self._client: _Client | None = None

    @property
    def cli(self):
        if self._client is None:
            self._client = _Client(super().cli)
        return self._client

    def execute(self, context):
        deployment = Connection.get(CONNECTION)
        self._configure(deployment)
        try:
            return super().execute(context)
        except DockerContainerFailedException as failure:
            cure = WHAT_RETRYING_DOES_NOT_CURE.get(self.cli.exit_code)
            if cure is None:
                raise
            raise AirflowFailException(f"{self.task_id} ended with exit code {self.cli.exit_code}. {cure}") from failure

    def _configure(self, deployment) -> None:
        """What the connection says; secrets go where neither the UI nor the log shows them."""
        extra = deployment.extra_dejson
        missing = [name for name in ("raw", "warehouse", "config") if not extra.get(name)]
        if missing:
            raise AirflowFailException(
                f"The connection {CONNECTION} lacks {', '.join(missing)} in its extra. See dags/README.md for what belongs there."
            )
        self.environment = {
            "NIGHTDESK_RAW": extra["raw"],
            "NIGHTDESK_WAREHOUSE": extra["warehouse"],
        }
        self._private_environment = dict(extra.get("private_environment", {}))
        if deployment.login:
            self._private_environment["AWS_ACCESS_KEY_ID"] = deployment.login
            self._private_environment["AWS_SECRET_ACCESS_KEY"] = deployment.password
        self.network_mode = extra.get("network")
        if self.network_mode == "none":
            # Otherwise not even its own name leads anywhere, which logs complain of.
            self.hostname = "nightdesk"
            self.extra_hosts = {"nightdesk": "127.0.0.1"}
        self.mounts = [
            Mount(target=SCRATCH, source=None, type="volume"),
            Mount(target=CONFIG, source=extra["config"], type="bind", read_only=True),
        ]
        # Dumps and tables on a disk of the machine that runs Docker, at the same path in the container.
        if extra["raw"].startswith("/"):
            self.mounts.append(Mount(target=extra["raw"], source=extra["raw"], type="bind", read_only=True))
        if extra["warehouse"].startswith("/"):
            self.mounts.append(Mount(target=extra["warehouse"], source=extra["warehouse"], type="bind"))
