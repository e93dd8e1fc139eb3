"""Forked kernels behave as ordinary ones do, and share nothing but what was imported."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory

from viceversa import forking
from viceversa.forking import Nursery
from viceversa.forking.kernel import arguments
from viceversa.forking.provisioner import ForkedProvisioner

pytestmark = pytest.mark.skipif(not forking.available(), reason="forked on Linux only")
PATIENCE = 30


@pytest.fixture(autouse=True)
def forked(monkeypatch: pytest.MonkeyPatch):
    factory = KernelProvisionerFactory.instance()
    monkeypatch.setattr(factory, "default_provisioner_name", "forked-provisioner")


@pytest.fixture
def kernel(tmp_path: Path):
    """Start kernels with `kernel()`; each gives what a piece of code prints."""
    running: list[Running] = []

    def start(**options) -> "Running":
        running.append(Running(tmp_path / f"kernel-{len(running)}.json", **options))
        return running[-1]

    yield start
    for one in running:
        one.end()


class Running:
    def __init__(self, connection: Path, **options):
        self.manager = KernelManager(
            kernel_name="python3", transport="ipc", connection_file=str(connection)
        )
        self.manager.start_kernel(
            extra_arguments=["--HistoryManager.enabled=False"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **options,
        )
        self.connect()

    def connect(self) -> None:
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(PATIENCE)

    @property
    def process(self) -> psutil.Process:
        assert isinstance(self.manager.provisioner, ForkedProvisioner)
        return psutil.Process(self.manager.provisioner.pid)

    def says(self, code: str) -> str:
        printed = []

        def note(message):
            if message["msg_type"] == "stream":
                printed.append(message["content"]["text"])
            assert message["msg_type"] != "error", message["content"]

        self.client.execute_interactive(
            textwrap.dedent(code), output_hook=note, timeout=PATIENCE, store_history=False
        )
        return "".join(printed).strip()

    def end(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()


def wait_until(true, what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.02)


def test_two_kernels_forked_one_after_the_other_share_nothing(kernel):
    first, second = kernel(), kernel()
    draw = """
        import os, random, tempfile, uuid
        print(random.random(), uuid.uuid4(), uuid.uuid1(), os.urandom(8).hex(), tempfile.mktemp())
    """
    one, other = first.says(draw).split(), second.says(draw).split()
    assert not set(one) & set(other)

    first.says("import os, json; os.environ['MINE'] = 'x'; json.MINE = 'x'; os.chdir('/')")
    asked = "import os, json; print(os.environ.get('MINE'), hasattr(json, 'MINE'), os.getcwd())"
    assert second.says(asked) == f"None False {Path.cwd()}"
    assert kernel().says(asked) == f"None False {Path.cwd()}"


def test_a_child_inherits_no_open_file_socket_or_thread(kernel):
    secret = Path(__file__).open()  # noqa: SIM115 - it has to stay open while the kernel starts
    try:
        process = kernel().process
    finally:
        secret.close()
    assert process.pid
    opened = {file.path for file in process.open_files()}
    assert str(Path(__file__)) not in opened
    parent = psutil.Process(Nursery.here().parent)
    assert parent.num_threads() == 1
    theirs = {line.laddr for line in parent.net_connections(kind="inet")}
    assert theirs == set()


def test_a_kernel_has_the_environment_it_was_given_and_no_other(kernel, monkeypatch):
    monkeypatch.setenv("DATABASE_PASSWORD", "do-not-tell")
    one = kernel(env={"PATH": os.environ["PATH"], "TOLD": "yes"})
    told = one.says("import os; print(sorted(os.environ))")
    assert "TOLD" in told
    assert "DATABASE_PASSWORD" not in told
    # Nor in the memory that it shares with the parent.
    assert "DATABASE_PASSWORD" not in Path(f"/proc/{one.process.pid}/environ").read_text()


def test_a_kernel_works_where_it_is_told_to(kernel, tmp_path: Path):
    assert kernel(cwd=str(tmp_path)).says("import os; print(os.getcwd())") == str(tmp_path)


def test_widgets_reach_the_browser(kernel):
    one = kernel()
    comms = []
    one.client.execute_interactive(
        "import ipywidgets; ipywidgets.IntSlider()",
        output_hook=lambda message: comms.append(message["msg_type"]),
        timeout=PATIENCE,
    )
    assert "comm_open" in comms
    told = one.says("print(get_ipython().kernel.comm_manager.targets.keys())")
    assert "jupyter.widget.control" in told


def test_an_interrupt_stops_the_cell_and_not_the_kernel(kernel):
    one = kernel()
    one.says("kept = 1")
    request = one.client.execute("import time; print('running', flush=True); time.sleep(60)")
    wait_until(lambda: "running" in str(one.client.get_iopub_msg(timeout=PATIENCE)), "the cell")
    one.manager.interrupt_kernel()
    reply = one.client.get_shell_msg(timeout=PATIENCE)
    assert reply["parent_header"]["msg_id"] == request
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    assert one.says("print(kept)") == "1"


def test_a_restarted_kernel_is_empty_and_alive(kernel):
    one = kernel()
    one.says("kept = 1")
    one.client.stop_channels()
    one.manager.restart_kernel(now=True)
    one.connect()
    assert one.says("print('kept' in globals())") == "False"


def test_a_death_is_reported_with_its_signal(kernel):
    one = kernel()
    forked = one.manager.provisioner.process
    one.process.send_signal(signal.SIGKILL)
    wait_until(lambda: not one.manager.is_alive(), "the death to be noticed")
    assert forked.poll() == -signal.SIGKILL
    assert forked.wait() == -signal.SIGKILL


def test_a_shutdown_ends_the_process_politely(kernel):
    one = kernel()
    process = one.process
    one.manager.shutdown_kernel()
    wait_until(lambda: not process.is_running(), "the process to end")


def test_when_the_parent_dies_it_is_started_again_and_no_kernel_suffers(kernel):
    one = kernel()
    one.says("kept = 1")
    first_parent = Nursery.here().parent
    os.kill(first_parent, signal.SIGKILL)
    assert kernel().says("print('new')") == "new"
    assert Nursery.here().parent != first_parent
    assert one.says("print(kept)") == "1"
    one.process.send_signal(signal.SIGKILL)
    wait_until(lambda: not one.manager.is_alive(), "the death of the old parent's child")


def test_when_the_process_that_asked_is_killed_nothing_is_left_behind(tmp_path: Path):
    code = f"""
        import sys, time
        from jupyter_client.manager import KernelManager
        manager = KernelManager(transport="ipc", connection_file={str(tmp_path / "k.json")!r})
        manager.start_kernel()
        client = manager.client(); client.start_channels(); client.wait_for_ready({PATIENCE})
        print(manager.provisioner.pid, flush=True)
        time.sleep(60)
    """
    environment = {**os.environ, "JUPYTER_DEFAULT_PROVISIONER_NAME": "forked-provisioner"}
    command = [sys.executable, "-c", textwrap.dedent(code)]
    asking = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert asking.stdout
    with asking.stdout:
        kernel = psutil.Process(int(asking.stdout.readline()))
        parent = kernel.parent()
        asking.kill()
        asking.wait()
    wait_until(lambda: not kernel.is_running(), "the kernel to end with the one who asked for it")
    wait_until(lambda: not parent or not parent.is_running(), "the parent to end as well")


def test_many_starts_and_ends_leak_no_process_file_or_socket():
    nursery = Nursery.here()
    nursery.start()
    here, parent = psutil.Process(), psutil.Process(nursery.parent)
    env = {"PATH": os.environ["PATH"]}

    def once():
        child = nursery.fork("os:getpid", ["nothing"], env=env)
        assert child.wait(PATIENCE) == 1, "os.getpid takes no request, so the work fails"

    once()
    before = here.num_fds(), parent.num_fds(), len(parent.children())
    for _ in range(500):
        once()
    assert (here.num_fds(), parent.num_fds(), len(parent.children())) == before


def test_kernels_that_start_and_end_leave_no_file_behind(kernel, tmp_path: Path):
    here = psutil.Process()
    kernel().end()
    before = here.num_fds(), len(list(tmp_path.iterdir()))
    for _ in range(5):
        kernel().end()
    assert (here.num_fds(), len(list(tmp_path.iterdir()))) == before


def test_a_kernel_of_another_language_is_started_as_usual():
    assert arguments(["R", "--slave", "-e", "IRkernel::main()"]) is None
    assert arguments(["python", "-m", "ipykernel_launcher", "-f", "x"]) == ["-f", "x"]


def test_where_nothing_can_be_forked_an_ordinary_kernel_is_started(kernel, monkeypatch, caplog):
    monkeypatch.setattr("viceversa.forking.provisioner.available", lambda: False)
    one = kernel()
    assert one.says("print('ordinary')") == "ordinary"
    assert one.process.ppid() == os.getpid()
    assert "An ordinary kernel is started" in caplog.text


def test_preloading_what_leaves_a_thread_behind_is_refused(tmp_path: Path, monkeypatch):
    (tmp_path / "leaves_a_thread.py").write_text(
        "import threading, time\n"
        "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    nursery = Nursery(["leaves_a_thread"])
    with pytest.raises(OSError, match="could not start"):
        nursery.start()
    nursery.close()
