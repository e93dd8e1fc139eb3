"""A live session on a real server: the way through it."""

import re

from live_people import Guest, Trainer
from site_under_test import Site
from viceversa.store import answers, links, people
from viceversa.store.answers import Owner

# A live session needs no kernels, so none are prepared.
SERVED_WITH = {"VICEVERSA_KERNELS": "ordinary"}


def test_a_poll_goes_from_the_trainer_to_the_group_and_back(
    site: Site, trainer: Trainer, code: str
):
    group = [Guest(site, code, name) for name in ("Ada", "Ben", "", "Dan", "Eve")]
    assert group[0].seen["step"]["key"] == "welcome"
    assert group[0].seen["me"] | {"name": "Ada", "number": 1} == group[0].seen["me"]

    trainer.open_in("where-we-stand", "today")
    for guest in group:
        guest.until(lambda me: me.activity("today"), "the poll")
        assert guest.save("today", "curious")["saved"]["revision"] == 1
    trainer.until(lambda me: me.seen["activities"]["today"]["answered"] == 5, "five answers")
    counts = trainer.seen["activities"]["today"]["result"]["counts"]
    assert {one["key"]: one["n"] for one in counts}["curious"] == 5

    assert group[2].activity("today")["result"] is None
    trainer.do("show", activity="today")
    group[2].until(lambda me: me.activity("today")["result"], "the result")
    assert group[2].activity("today")["result"]["answered"] == 5
    assert group[2].activity("today")["answers"]["today"]["value"] == "curious"


def test_the_trainer_gets_the_code_the_link_and_a_square_that_says_the_same(
    site: Site, trainer: Trainer
):
    order = next(one for one in trainer.told if one["type"] == "order")
    room = order["room"]
    assert room["link"] == f"{site.address}/join/{room['code']}"
    assert room["qr"].startswith("<svg ")
    assert order["steps"][0]["notes_html"]
    page = site.visitor().get(room["link"])
    assert f'value="{room["code"]}"' in page.text
    assert "You need no account" in page.text


def test_everybody_is_back_at_their_place_after_a_restart(site: Site, trainer: Trainer, code: str):
    one, other = Guest(site, code, "Ada"), Guest(site, code)
    trainer.open_in("where-we-stand", "today")
    for guest in (one, other):
        guest.until(lambda me: me.activity("today"), "the poll")
    assert "saved" in one.save("today", "keen")
    site.restart()

    again = Trainer(site, visitor=trainer.visitor)
    again.until(lambda me: me.seen.get("room"), "the room")
    assert (again.seen["room"]["code"], again.seen["at"]) == (code, "where-we-stand")
    assert (
        again.seen["activities"]["today"] | {"open": True, "answered": 1}
        == (again.seen["activities"]["today"])
    )
    back = Guest(site, code, visitor=one.visitor)
    assert back.seen["me"]["name"] == "Ada"
    assert back.activity("today")["answers"]["today"]["value"] == "keen"
    assert "saved" in Guest(site, code, visitor=other.visitor).save("today", "doubtful")
    again.until(lambda me: me.seen["activities"]["today"]["answered"] == 2, "both answers")
    assert again.seen["joined"] == 2


def test_two_consoles_show_the_same_and_both_lead(site: Site, trainer: Trainer):
    second = Trainer(site, visitor=trainer.visitor)
    second.until(lambda me: me.seen.get("room"), "the room")
    second.do("go", step="habits")
    trainer.until(lambda me: me.seen["at"] == "habits", "the step")
    trainer.do("pad", text="Both see this", base=0)
    second.until(lambda me: me.seen["pad"]["text"] == "Both see this", "the notes")


def test_a_guest_who_comes_in_again_is_the_same_guest(site: Site, trainer: Trainer, code: str):
    guest = Guest(site, code, "Ada")
    answer = guest.visitor.send_form("/join", code=code.lower(), name="Ada L")
    assert answer.headers["location"] == f"/live/{code}"
    trainer.until(lambda me: [one["name"] for one in me.seen["guests"]] == ["Ada L"], "the name")
    assert trainer.seen["joined"] == 1


def test_the_guests_cookie_is_out_of_reach_of_scripts_and_other_sites(site: Site, code: str):
    answer = site.visitor().send_form("/join", code=code)
    cookie = next(
        one for one in answer.headers.get_list("set-cookie") if one.startswith("viceversa-guest")
    )
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert code not in cookie


def test_once_it_is_over_the_code_is_dead_and_the_guests_page_says_so(
    site: Site, trainer: Trainer, code: str
):
    guest = Guest(site, code)
    trainer.end()
    guest.until(lambda me: me.seen["room"]["ended"], "the end")
    assert guest.visitor.get(f"/live/{code}").status_code == 200
    late = site.visitor()
    late.headers["X-Forwarded-For"] = "192.0.2.9"
    assert "its code has stopped working" in late.send_form("/join", code=code).text


def test_whoever_leaves_comes_back_with_the_same_code_to_their_answers(
    site: Site, trainer: Trainer, code: str
):
    trainer.open_in("where-we-stand", "today")
    guest = Guest(site, code, "Ada")
    guest.save("today", "keen")
    left = guest.visitor.send_form(f"/live/{code}/leave")
    assert "You have left" in left.text
    assert guest.reply(lambda one: one["type"] == "gone")
    trainer.until(lambda me: not me.seen["guests"], "nobody left")
    assert guest.visitor.send_form("/join", code=code).status_code == 302
    back = Guest(site, code, visitor=guest.visitor)
    assert back.activity("today")["answers"]["today"]["value"] == "keen"
    assert back.seen["me"]["name"] == "Ada"


def test_a_guest_can_keep_their_reflections_and_becomes_somebody_in_the_scheme(
    site: Site, trainer: Trainer, code: str
):
    guest = Guest(site, code, "Nell")
    trainer.open_in("habits", "four-moments")
    guest.until(lambda me: me.activity("four-moments"), "the reflection")
    saved = guest.save("four-moments", 5, field="running-a-meeting", seen_by="only-me")
    assert "saved" in saved
    trainer.open_in("close", "one-thing")
    guest.until(lambda me: me.activity("one-thing"), "the commitment")
    guest.save("one-thing", "I will ask one person.")
    form = {"name": "Nell New", "email": "Nell.New@example.org", "role": "mentor"}

    for wrong in ({"email": "nell"}, {"role": "coordinator"}, {"name": " "}):
        refused = guest.visitor.send_form(f"/live/{code}/keep", **{**form, **wrong})
        assert refused.status_code == 400
        assert 'role="alert"' in refused.text
    taken = guest.visitor.send_form(
        f"/live/{code}/keep", **{**form, "email": site.person("Priya").email}
    )
    assert (taken.status_code, "in the scheme already" in taken.text) == (400, True)

    kept = guest.visitor.send_form(f"/live/{code}/keep", **form, also_commitment="yes")
    assert kept.status_code == 200, kept.text
    link = re.search(r'id="vv-link" href="([^"]+)"', kept.text)
    assert link
    person = people.by_email(site.store, "nell.new@example.org")
    assert person
    assert person.role == "mentor"
    assert person.id in links.came_by_themselves(site.store)
    owner = Owner("person", person.id)
    mindset = answers.current(site.store, owner, "mindset")["running-a-meeting"]
    assert (mindset.value, mindset.seen_by, mindset.by) == (5, "only-me", person.id)
    promise = answers.current(site.store, owner, "role-reversal")["commitment"]
    assert promise.value == "I will ask one person."
    visitor = site.visitor()
    visitor.sign_in(link[1])
    assert "Signed in as Nell New" in visitor.get("/my-data/delete").text

    again = guest.visitor.send_form(f"/live/{code}/keep", **{**form, "email": "n@example.org"})
    assert (again.status_code, "already" in again.text) == (400, True)


def test_without_a_place_in_the_session_there_is_nothing_to_keep(site: Site, code: str):
    form = {"name": "Eve", "email": "eve@example.org", "role": "mentee"}
    assert site.visitor().send_form(f"/live/{code}/keep", **form).status_code == 403
    assert people.by_email(site.store, "eve@example.org") is None
