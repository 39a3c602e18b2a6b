"""What the operator asks of Docker, and what it makes of the answer."""

import json

import pytest
from airflow.providers.docker.exceptions import DockerContainerFailedException
from airflow.providers.docker.operators.docker import DockerOperator
from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowFailException

import nightdesk_job
from nightdesk_job import NightdeskOperator

EXTRA = {"raw": "s3a://desk/raw", "warehouse": "s3a://desk/warehouse", "config": "/srv/nightdesk.yaml"}


class Docker:
    """Docker's client, as far as it is asked here."""

    def __init__(self, exit_code=0):
        self.exit_code = exit_code
        self.host_config = None
        self.removed = None

    def create_host_config(self, **options):
        self.host_config = options
        return options

    def wait(self, container):
        return {"StatusCode": self.exit_code}

    def remove_container(self, container, **options):
        self.removed = options


@pytest.fixture
def deployed(monkeypatch):
    """A step with a connection and a client that ends with a code."""

    def deploy(exit_code=0, login=None, password=None, **extra):
        connection = Connection(
            conn_id="nightdesk", conn_type="generic", login=login, password=password, extra=json.dumps({**EXTRA, **extra})
        )
        monkeypatch.setattr(nightdesk_job.Connection, "get", lambda name: connection)
        docker = Docker(exit_code)
        monkeypatch.setattr(DockerOperator, "cli", property(lambda self: docker))

        def run(self, context):
            self.cli.create_host_config(mounts=self.mounts, mem_limit=self.mem_limit)
            try:
                if self.cli.wait("c")["StatusCode"]:
                    raise DockerContainerFailedException("failed")
            finally:
                self.cli.remove_container("c", force=True)

        monkeypatch.setattr(DockerOperator, "execute", run)
        return NightdeskOperator(task_id="facts", command=["facts"]), docker

    return deploy


def test_a_container_has_a_read_only_root_no_capability_and_one_scratch_volume(deployed):
    step, docker = deployed()
    step.execute({})
    assert docker.host_config["read_only"] is True
    assert docker.host_config["cap_drop"] == ["ALL"]
    assert docker.host_config["security_opt"] == ["no-new-privileges:true"]
    assert docker.host_config["mem_limit"] == nightdesk_job.MEMORY
    written = [mount for mount in step.mounts if not mount["ReadOnly"]]
    assert [(mount["Target"], mount["Type"]) for mount in written] == [("/scratch", "volume")]
    assert docker.removed == {"v": True, "force": True}


def test_folders_of_the_machine_are_mounted_and_the_dumps_cannot_be_written(deployed):
    step, _ = deployed(raw="/data/raw", warehouse="/data/warehouse")
    step.execute({})
    assert {mount["Target"]: mount["ReadOnly"] for mount in step.mounts if mount["Type"] == "bind"} == {
        "/etc/nightdesk/nightdesk.yaml": True,
        "/data/raw": True,
        "/data/warehouse": False,
    }


def test_secrets_are_in_the_private_environment_only(deployed):
    step, _ = deployed(login="key", password="canary", private_environment={"NIGHTDESK_HASH_SALT": "grain"})
    step.execute({})
    assert step._private_environment == {
        "NIGHTDESK_HASH_SALT": "grain",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "canary",
    }
    assert step.environment == {
        "NIGHTDESK_RAW": "s3a://desk/raw",
        "NIGHTDESK_WAREHOUSE": "s3a://desk/warehouse",
    }


@pytest.mark.parametrize("code", [2, 3, 4])
def test_what_retrying_does_not_cure_is_not_retried(deployed, code):
    step, _ = deployed(exit_code=code)
    with pytest.raises(AirflowFailException, match=f"exit code {code}"):
        step.execute({})


@pytest.mark.parametrize("code", [1, 137, 143])
def test_everything_else_is_tried_again(deployed, code):
    step, _ = deployed(exit_code=code)
    with pytest.raises(DockerContainerFailedException):
        step.execute({})


@pytest.mark.parametrize("name", ["raw", "warehouse", "config"])
def test_a_connection_that_lacks_something_is_said_at_once(deployed, name):
    step, _ = deployed(**{name: ""})
    with pytest.raises(AirflowFailException, match=name):
        step.execute({})
