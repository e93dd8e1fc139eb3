"""A kernel serves the person whose page it is, and nobody else."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
import websocket

from site_under_test import Site, hear, say, states, wait_until
from viceversa.scheme import Scheme
from viceversa.store import answers
from viceversa.store.answers import Owner


def test_another_person_cannot_reach_a_kernel_in_any_way(site: Site):
    page = site.visitor("Aisha").open("/reflection/mindset")
    for stranger in (site.visitor("Graham"), site.visitor("Imran"), site.visitor()):
        with pytest.raises(websocket.WebSocketBadStatusException) as turned_away:
            stranger.knock(page.kernel)
        assert turned_away.value.status_code == 403
        assert stranger.send_form(f"/close/{page.kernel}").status_code in (401, 403)
        for path in (f"/api/kernels/{page.kernel}", f"/voila/api/shutdown/{page.kernel}"):
            assert stranger.get(path).status_code == 404
            assert stranger.send_form(path).status_code in (404, 405)
            assert stranger.delete(path).status_code in (403, 404, 405)
    assert states(page.visitor.knock(page.kernel))


def test_a_visitor_cannot_run_code(site: Site, tmp_path: Path):
    page = site.visitor("Aisha").open("/reflection/mindset")
    line = page.visitor.knock(page.kernel)
    code = f"open({str(tmp_path / 'opened')!r}, 'w')"
    say(line, "execute_request", {"code": code, "silent": False, "store_history": False})
    assert states(line)
    assert not (tmp_path / "opened").exists()


def test_a_page_holds_its_own_persons_answers_only(site: Site):
    page = site.visitor("Siân").open("/pair/plan")
    held = str(states(page.visitor.knock(page.kernel))) + page.html
    assert "I'll keep a tally" not in held, "another page's answers"
    for answer in answers.everything(
        site.store, Owner("person", site.person("Chidera").id)
    ).values():
        for one in answer.values():
            if isinstance(one.value, str) and len(one.value) > 20:
                assert one.value not in held


def test_a_widget_can_be_made_to_show_no_key_to_the_questionnaire(site: Site):
    page = site.visitor("Aisha").open("/reflection/mindset")
    held = str(states(page.visitor.knock(page.kernel)))
    assert "turned" not in held
    assert "facet" not in held


def test_a_client_that_sets_traits_changes_nothing(site: Site):
    page = site.visitor("Aisha").open("/reflection/mindset")
    line = page.visitor.knock(page.kernel)
    sheet = next(key for key, state in states(line).items() if "sections" in state["state"])
    update = {"method": "update", "state": {"answers": {"first-draft": {"value": 9}}}}
    say(line, "comm_msg", {"comm_id": sheet, "data": update})
    assert "9" not in str(states(line)[sheet]["state"]["answers"])


def test_a_meddling_client_is_told_why_and_changes_nothing(site: Site):
    person = site.person("Robert")
    page = site.visitor("Robert").open("/reflection/mindset")
    line = page.visitor.knock(page.kernel)
    sheet = next(key for key, state in states(line).items() if "sections" in state["state"])

    def save(field, value, seen_by="only-me", base=0):
        number = os.urandom(4).hex()
        message = {"id": number, "field": field, "value": value, "seen_by": seen_by, "base": base}
        content = {"method": "custom", "content": {"save": message}}
        say(line, "comm_msg", {"comm_id": sheet, "data": content})
        told = hear(line, lambda m: number in str(m["content"].get("data", {}).get("content")))
        return told["content"]["data"]["content"]

    before = answers.everything(site.store, Owner("person", person.id))
    assert "1 to 7" in save("first-draft", 8)["refused"]["why"]
    assert "1 to 7" in save("first-draft", {"$ne": 1})["refused"]["why"]
    assert "not part of the worksheet" in save("no-such-question", 1)["refused"]["why"]
    assert "cannot let these people" in save("first-draft", 3, seen_by="my-pair")["refused"]["why"]
    assert "200,000 characters" in save("does-this-fit", "x" * 200_000)["refused"]["why"]
    assert answers.everything(site.store, Owner("person", person.id)) == before

    script = "<script>alert('me')</script> & <b>bold</b>"
    assert "saved" in save("does-this-fit", script)
    home = page.visitor.open("/participant/home")
    assert "<script>alert" not in home.html
    assert "&lt;script&gt;alert" in home.html


def test_a_kernel_knows_nothing_of_the_servers_environment(site: Site):
    page = site.visitor("Aisha").open("/reflection/mindset")
    assert page.kernel
    assert site.process
    for kernel in psutil.Process(site.process.pid).children(recursive=True):
        assert "DATABASE_PASSWORD" not in kernel.environ()


def test_closing_a_page_ends_its_kernel_soon(site: Site):
    page = site.visitor("Zainab").open("/participant/home")
    before = site.kernels()
    assert page.visitor.send_form(f"/close/{page.kernel}").status_code == 204
    wait_until(lambda: site.kernels() < before, "the kernel to end", 20)


def test_when_all_places_are_taken_a_waiting_page_tries_again(demo: Scheme):
    settings = demo.folder / "scheme.yaml"
    settings.write_text(
        settings.read_text("utf-8").replace("most-pages: 60", "most-pages: 1"), "utf-8"
    )
    with Site(Scheme.open(demo.folder)) as full:
        full.visitor("Aisha").open("/participant/home")
        answer = full.visitor("Graham").get("/participant/home")
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "5"
        assert 'http-equiv="refresh"' in answer.text
        assert "You keep your place" in answer.text


def test_a_kernel_that_dies_leaves_no_socket_open_in_the_server(site: Site):
    server = psutil.Process(site.process.pid)

    def open_and_kill() -> int:
        page = site.visitor("Tomasz").open("/participant/home")
        states(page.visitor.knock(page.kernel))
        site.send_visitors_home()
        before = site.kernels()
        site.kernel_process(page.kernel).kill()
        wait_until(lambda: site.kernels() < before, "the death to be noticed")
        return server.num_fds()

    open_and_kill()
    after_one = open_and_kill()
    after_more = [open_and_kill() for _ in range(4)][-1]
    assert after_more <= after_one + 2


def test_the_server_may_open_as_many_files_as_many_pages_need():
    code = """
from resource import RLIMIT_NOFILE, getrlimit, setrlimit
hard = getrlimit(RLIMIT_NOFILE)[1]
setrlimit(RLIMIT_NOFILE, (256, hard))
from viceversa.server.app import open_many_files
open_many_files()
print(getrlimit(RLIMIT_NOFILE)[0], hard)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    soft, hard = map(int, done.stdout.split())
    assert soft == min(hard, 65_536)
