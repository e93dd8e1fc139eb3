"""What a meddling client cannot do in a live session on a real server."""

import json

import httpx
import pytest
import websocket

from live_people import Guest, Trainer, dial
from site_under_test import Site

TURNED_AWAY = "Handshake status 403"
# A live session needs no kernels, so none are prepared.
SERVED_WITH = {"VICEVERSA_KERNELS": "ordinary"}


def test_what_a_guest_writes_into_the_form_is_shown_as_text(
    site: Site, trainer: Trainer, code: str
):
    wrong = site.visitor().send_form("/join", code='"><script>', name="<b>Ada</b>")
    assert "<script>" not in wrong.text.replace("<script type", "")
    assert "<b>Ada" not in wrong.text
    guest = Guest(site, code, "<b>Ada</b> " + "x" * 500)
    assert guest.seen["me"]["name"] == ("<b>Ada</b> " + "x" * 500)[:60]
    assert "<b>Ada" not in guest.visitor.get(f"/live/{code}").text


def test_without_a_place_in_the_session_its_page_leads_to_the_form(site: Site, code: str):
    answer = site.visitor().get(f"/live/{code}")
    assert (answer.status_code, answer.headers["location"]) == (302, f"/join/{code}")
    assert site.visitor().get("/live/ZZZZZZ").headers["location"] == "/join/ZZZZZZ"


@pytest.mark.parametrize("cookie", [None, "x" * 32, "' OR 1=1 --"])
def test_without_a_guests_cookie_there_is_no_line(site: Site, code: str, cookie: str | None):
    visitor = site.visitor()
    if cookie:
        visitor.cookies.set("viceversa-guest", cookie, domain="127.0.0.1")
    with pytest.raises(websocket.WebSocketBadStatusException, match=TURNED_AWAY):
        dial(visitor, f"/live/{code}/line")


def test_a_guest_of_one_session_is_none_of_another(site: Site, trainer: Trainer, code: str):
    guest = Guest(site, code)
    other = Trainer(site, "Imran")
    second = other.begin("awareness-45")
    for _ in ("while theirs is open", "when theirs is over"):
        with pytest.raises(websocket.WebSocketBadStatusException, match=TURNED_AWAY):
            dial(guest.visitor, f"/live/{second}/line")
        page = guest.visitor.get(f"/live/{second}")
        assert page.headers["location"] == f"/join/{second}"
        trainer.end()
    other.end()


@pytest.mark.parametrize("who", [None, "guest", "Priya", "Margaret"])
def test_nobody_but_a_trainer_gets_to_the_console(site: Site, code: str, who: str | None):
    visitor = site.visitor(who if who in ("Priya", "Margaret") else None)
    if who == "guest":
        assert visitor.send_form("/join", code=code).status_code == 302
    with pytest.raises(websocket.WebSocketBadStatusException, match=r"Handshake status 40[13]"):
        dial(visitor, "/live/console")


def test_a_trainer_neither_sees_nor_leads_the_session_of_another(site: Site, trainer: Trainer):
    room = trainer.seen["room"]["id"]
    other = Trainer(site, "Imran")
    lobby = other.reply(lambda one: one["type"] == "lobby")
    assert lobby["orders"][0]["before_html"]
    assert room not in {one["id"] for one in lobby["rooms"]}
    for command in ("enter", "forget"):
        assert other.do(command, room=room)["type"] == "refused"
    for command in ("go", "open", "show", "pad", "end", "remove"):
        assert other.do(command, step="close", text="mine")["type"] == "refused"
    assert trainer.do("go", step="habits")["type"] == "done"


def test_a_trainer_who_signs_out_leads_no_more(site: Site, trainer: Trainer):
    second = Trainer(site)
    second.reply(lambda one: one["type"] == "order")
    assert "signed out" in second.visitor.send_form("/sign-out").text
    second.say(type="go", id="1", step="close")
    assert "not signed in" in second.reply(lambda one: one["type"] == "gone")["why"]
    assert trainer.seen["at"] == "welcome"
    trainer.do("go", step="habits")
    trainer.until(lambda me: me.seen["at"] == "habits", "the step")


def test_a_page_of_another_site_gets_no_line(site: Site, trainer: Trainer, code: str):
    guest = Guest(site, code)
    for visitor, path in (
        (guest.visitor, f"/live/{code}/line"),
        (trainer.visitor, "/live/console"),
    ):
        for origin in ("http://elsewhere.example", f"http://127.0.0.1.example:{site.port}", "null"):
            with pytest.raises(websocket.WebSocketBadStatusException, match=TURNED_AWAY):
                dial(visitor, path, origin=origin)


def test_a_form_of_another_site_brings_nobody_in(site: Site, code: str):
    visitor = site.visitor()
    assert visitor.post("/join", data={"code": code}).status_code == 403
    visitor.get("/join")
    form = {"_xsrf": visitor.cookies["_xsrf"], "code": code}
    foreign = visitor.post("/join", data=form, headers={"Origin": "http://elsewhere.example"})
    assert foreign.status_code in (403, 404)
    assert "viceversa-guest" not in visitor.cookies


@pytest.mark.parametrize(
    "message",
    [
        "",
        "{",
        "[]",
        "null",
        '"save"',
        '{"type": 7}',
        "[" * 5000,
        '{"type":"end","id":"1"}',
        b"\x00",
    ],
    ids=lambda message: repr(message)[:12],
)
def test_a_broken_message_is_answered_in_a_sentence(site: Site, code: str, message: str | bytes):
    guest = Guest(site, code)
    if isinstance(message, bytes):
        guest.line.send_binary(message)
    else:
        guest.line.send(message)
    assert guest.reply(lambda one: one["type"] == "refused")["why"].endswith(".")
    guest.say(type="alive")
    assert guest.reply(lambda one: one["type"] == "alive")


def test_a_huge_message_ends_the_line_and_harms_nobody(site: Site, trainer: Trainer, code: str):
    guest, other = Guest(site, code), Guest(site, code)
    guest.line.send(json.dumps({"type": "name", "name": "x" * 40_000}))
    with pytest.raises((websocket.WebSocketException, ConnectionError)):
        guest.until(lambda me: False)
    trainer.open_in("where-we-stand", "today")
    other.until(lambda me: me.activity("today"), "the poll")
    assert Guest(site, code, visitor=guest.visitor).activity("today")


def test_a_flood_of_messages_is_slowed_and_no_answer_is_lost(
    site: Site, trainer: Trainer, code: str
):
    trainer.open_in("where-we-stand", "today")
    guest = Guest(site, code)
    for _ in range(60):
        guest.say(type="name", name="Ada")
    heard = [guest.reply(lambda one: one["type"] in ("done", "refused")) for _ in range(60)]
    assert [one["type"] for one in heard].count("done") <= 20
    assert "Wait a moment" in heard[-1]["why"]
    assert "Wait a moment" in guest.save("today", "keen")["unsaved"]["why"]


def test_guessing_codes_is_stopped_and_says_when_to_go_on(site: Site, code: str):
    visitor = site.visitor()
    # Behind a proxy on this machine, each visitor has an address of their own.
    visitor.headers["X-Forwarded-For"] = "10.0.0.1, 192.0.2.7"
    typo = visitor.send_form("/join", code="HELLO!")
    assert (typo.status_code, "no 0 or 1" in typo.text) == (400, True)
    inside = site.visitor()
    inside.headers["X-Forwarded-For"] = "192.0.2.7"
    assert inside.send_form("/join", code=code).status_code == 302
    for number in range(60):
        wrong = visitor.send_form("/join", code=f"ZZZZZ{2 + number % 8}")
        assert wrong.status_code == 404
        assert "No open session has this code" in wrong.text
    for guess in (code, "ZZZZZZ"):
        stopped = visitor.send_form("/join", code=guess)
        assert stopped.status_code == 429
        assert "Wait a minute" in stopped.text
        assert stopped.headers["retry-after"] == "60"
    elsewhere = site.visitor()
    elsewhere.headers["X-Forwarded-For"] = "10.0.0.1, 192.0.2.8"
    assert elsewhere.send_form("/join", code=code).status_code == 302
    assert inside.send_form("/join", code=code).status_code == 302, "who is in comes in again"


def test_sixty_people_of_one_office_come_in_at_once_and_a_crowd_of_robots_does_not(
    site: Site, code: str
):
    def come_in() -> int:
        visitor.cookies.delete("viceversa-guest") if "viceversa-guest" in visitor.cookies else None
        return visitor.send_form("/join", code=code).status_code

    visitor = site.visitor()
    visitor.headers["X-Forwarded-For"] = "192.0.2.60"
    came = [come_in() for _ in range(130)]
    assert came[:60] == [302] * 60
    assert came[-1] == 429


def test_a_cookie_of_a_session_that_is_over_does_not_tell_which_codes_are_in_use(
    site: Site, trainer: Trainer, code: str
):
    guest = Guest(site, code)
    trainer.end()
    other = Trainer(site, "Imran")
    in_use = other.begin("awareness-45")
    for asked in (in_use, "ZZZZZZ"):
        page = guest.visitor.get(f"/live/{asked}")
        assert (page.status_code, page.headers.get("location")) == (302, f"/join/{asked}")
        assert guest.visitor.send_form(f"/live/{asked}/keep").status_code == 403
        with pytest.raises(websocket.WebSocketBadStatusException, match=TURNED_AWAY):
            dial(guest.visitor, f"/live/{asked}/line")
    assert guest.visitor.get(f"/live/{code}").status_code == 200
    site.restart()
    assert guest.visitor.get(f"/live/{code}").status_code == 200
    Trainer(site, "Imran", visitor=other.visitor).end()


def test_a_form_of_more_than_a_megabyte_is_not_even_read(site: Site):
    visitor = site.visitor()
    assert "no 0 or 1" in visitor.send_form("/join", code="x" * 900_000).text
    try:
        answer = visitor.send_form("/join", code="x" * 1_100_000).text
    except httpx.TransportError:
        answer = ""
    assert answer == ""


def test_whoever_is_taken_out_is_told_so_and_gets_no_line(site: Site, trainer: Trainer, code: str):
    guest = Guest(site, code, "Ada")
    trainer.until(lambda me: me.seen["guests"], "the guest")
    trainer.do("remove", guest=trainer.seen["guests"][0]["id"])
    assert "out of the session" in guest.reply(lambda one: one["type"] == "gone")["why"]
    with pytest.raises(websocket.WebSocketBadStatusException, match=TURNED_AWAY):
        dial(guest.visitor, f"/live/{code}/line")
    page = guest.visitor.get(f"/live/{code}")
    assert (page.status_code, "taken this device out" in page.text) == (403, True)


def test_whoever_was_taken_out_is_not_heard_even_where_the_line_is_slow_to_close(
    site: Site, trainer: Trainer, code: str
):
    trainer.open_in("where-we-stand", "today")
    out, stays = Guest(site, code, "Ada"), Guest(site, code, "Ben")
    trainer.until(lambda me: len(me.seen["guests"]) == 2, "both guests")
    ada = next(one["id"] for one in trainer.seen["guests"] if one["name"] == "Ada")
    trainer.do("remove", guest=ada)
    # This client has not read that it is out, so it does not hang up either.
    out.say(type="name", id="1", name="Still Here")
    with pytest.raises((websocket.WebSocketException, ConnectionError)):
        out.until(lambda me: False)
    assert [one["type"] for one in out.told] == ["gone"]
    assert "saved" in stays.save("today", "keen")


def test_a_page_that_floods_and_does_not_listen_is_not_read_any_further(
    site: Site, trainer: Trainer, code: str
):
    guest = Guest(site, code)
    guest.line.sock.settimeout(3)
    small = json.dumps({"type": "x", "id": "y" * 90})

    def flood() -> None:
        for _ in range(400_000):
            guest.line.send(small)

    with pytest.raises((websocket.WebSocketTimeoutException, TimeoutError, BlockingIOError)):
        flood()
    trainer.open_in("habits", "four-moments")
    assert Guest(site, code).seen["step"]["key"] == "habits"


def test_the_log_holds_no_code_no_name_and_no_words(site: Site, trainer: Trainer, code: str):
    guest = Guest(site, code, "Unusual Name")
    trainer.open_in("where-we-stand", "easier")
    guest.until(lambda me: me.activity("easier"), "the words")
    guest.save("easier", ["an unusual word"])
    assert not [one for one in (code, "Unusual Name", "an unusual word") if one in site.log]
