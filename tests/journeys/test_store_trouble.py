"""The store is locked or its disk is full: people are told in plain words and lose nothing."""

import sqlite3
import sys

import psutil
import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("store_trouble")]

KEPT_HERE = "Not saved yet, kept on this device"


def test_words_wait_on_the_device_while_something_else_holds_the_store(arrive, site):
    mina = arrive("Mina").sign_in()
    mina.open("reflection/flexibility")
    other = sqlite3.connect(site.store.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    mina.write("flexibility", "take-a-risk-story", "While it was locked.")
    field = mina.page.locator("[data-field=take-a-risk-story]")
    expect(field).to_contain_text("could not be saved just now", timeout=20_000)
    mina.sees_status(KEPT_HERE)
    assert str(site.scheme.folder) not in mina.page.content()
    other.execute("ROLLBACK")
    other.close()
    mina.wait_until_kept("flexibility", take_a_risk_story="While it was locked.")
    mina.sees_status("Saved")
    expect(field).not_to_contain_text("could not be saved")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits another process's files")
def test_words_wait_on_the_device_while_there_is_no_room_on_the_disk(arrive, site):
    mina = arrive("Mina").sign_in()
    mina.open("reflection/flexibility")
    kernel = psutil.Process(mina.kernel_process().pid)
    before = kernel.rlimit(psutil.RLIMIT_FSIZE)
    kernel.rlimit(psutil.RLIMIT_FSIZE, (0, before[1]))
    mina.write("flexibility", "drop-something-story", "No room for this.")
    field = mina.page.locator("[data-field=drop-something-story]")
    expect(field).to_contain_text("Nothing is lost", timeout=20_000)
    mina.sees_status(KEPT_HERE)
    mina.see_no_barriers()
    assert str(site.scheme.folder) not in mina.page.content()
    mina.page.reload()
    mina.wait_until_ready()
    mina.wait_until_kept("flexibility", drop_something_story="No room for this.")
    mina.sees_status("Saved")
