"""Who gets in, where to, and what is said to whoever does not."""

import pytest

from site_under_test import Site
from viceversa.store import links, people

PAGES = ["/", "/participant/home", "/reflection/mindset", "/pair/plan", "/coordinator/home"]
UPSTREAM = [
    "/voila/tree",
    "/voila/render/participant/home.ipynb",
    "/voila/files/participant/home.ipynb",
    "/voila/api/contents",
    "/voila/static/voila.js",
    "/voila/templates/lab/static/x",
    "/voila/api/themes/x",
    "/api/kernels",
    "/login",
]


def test_opening_a_link_signs_nobody_in_but_its_button_does(site: Site):
    visitor = site.visitor()
    link = site.link("Priya")
    page = visitor.get(link)
    assert page.status_code == 200
    assert "Hello Priya Nair" in page.text
    assert "viceversa" not in visitor.cookies
    assert visitor.get("/").status_code == 401

    visitor.sign_in(link)
    assert "Signed in as Priya Nair" in visitor.get("/").text


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(site: Site):
    visitor = site.visitor()
    cookie = visitor.sign_in(site.link("Priya")).headers.get_list("set-cookie")
    session = next(line for line in cookie if line.startswith("viceversa="))
    assert "HttpOnly" in session
    assert "SameSite=Lax" in session
    assert site.person("Priya").id not in session


def test_a_form_from_another_site_is_refused(site: Site):
    visitor = site.visitor()
    link = site.link("Priya")
    assert visitor.post(link).status_code == 403
    visitor.get(link)
    form = {"_xsrf": visitor.cookies["_xsrf"]}
    refused = visitor.post(link, data=form, headers={"Origin": "http://elsewhere.example"})
    assert refused.status_code == 404
    assert "viceversa" not in visitor.cookies


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("unknown", "We do not know this link"),
        ("expired", "too old"),
        ("revoked", "no longer works"),
    ],
)
def test_a_link_that_does_not_work_says_what_to_do(site: Site, reason: str, said: str):
    person = site.person("Priya").id
    token = links.make(site.store, person, -1 if reason == "expired" else 1)
    if reason == "revoked":
        links.make(site.store, person, 1)
    token = "x" * 32 if reason == "unknown" else token
    for answer in (site.visitor().get(f"/p/{token}"), site.visitor().send_form(f"/p/{token}")):
        assert answer.status_code == 404
        assert said in answer.text
        assert "demo@example.org" in answer.text


@pytest.mark.parametrize("page", PAGES)
def test_without_signing_in_every_page_says_how_to_get_in(site: Site, page: str):
    answer = site.visitor().get(page)
    assert answer.status_code == 401
    assert "Please open your personal link" in answer.text


@pytest.mark.parametrize("address", UPSTREAM)
def test_nothing_of_voila_and_jupyter_is_reachable_beside_our_pages(site: Site, address: str):
    assert site.visitor("Imran").get(address).status_code in (403, 404)
    assert site.visitor().get(address).status_code in (401, 404)


@pytest.mark.parametrize(
    ("name", "page", "status"),
    [
        ("Priya", "/coordinator/home", 403),
        ("Priya", "/trainer/home", 403),
        ("Priya", "/reports/participant", 403),
        ("Beverley", "/coordinator/home", 403),
        ("Priya", "/participant/nothing", 404),
        ("Priya", "/participant/../coordinator/home", 403),
        ("Priya", "/participant/%2e%2e", 404),
    ],
)
def test_a_page_that_is_not_for_this_role_is_refused(site: Site, name: str, page: str, status: int):
    answer = site.visitor(name).get(page)
    assert answer.status_code == status
    assert "<h1>" in answer.text
    assert "Signed in as" in answer.text


def test_every_answer_carries_the_headers_that_keep_a_page_to_itself(site: Site):
    visitor = site.visitor("Priya")
    for path in ("/", "/nowhere", "/coordinator/home", "/healthz", "/my-data/delete"):
        headers = visitor.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe-eval" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_what_a_visitor_adds_to_an_address_changes_neither_template_nor_theme(site: Site):
    page = site.visitor("Priya").get("/?template=lab&theme=dark&voila-template=lab")
    assert "voila.js" not in page.text
    assert 'id="vv-page"' in page.text


def test_signing_out_ends_the_session_everywhere_it_was_copied_to(site: Site):
    visitor = site.visitor("Priya")
    copied = dict(visitor.cookies)
    page = visitor.open("/")
    assert "You are signed out" in visitor.send_form("/sign-out").text
    other = site.visitor()
    other.cookies.update(copied)
    assert other.get("/").status_code == 401
    with pytest.raises(Exception, match="403"):
        other.knock(page.kernel)


def test_the_log_holds_no_link_and_no_address(site: Site):
    link = site.link("Priya")
    site.visitor().sign_in(link)
    site.visitor().post(link, headers={"Origin": "http://elsewhere.example"})
    assert link.rsplit("/", 1)[-1] not in site.log


def test_deleting_asks_for_the_word_and_then_nothing_of_the_person_is_left(site: Site):
    visitor = site.visitor("Wei-Ling")
    person = site.person("Wei-Ling")
    assert "DELETE" in visitor.get("/my-data/delete").text
    refused = visitor.send_form("/my-data/delete", typed="delete")
    assert refused.status_code == 400
    assert people.get(site.store, person.id)

    done = visitor.send_form("/my-data/delete", typed="DELETE")
    assert "Your words have been deleted" in done.text
    assert visitor.get("/").status_code == 401
    assert person.id not in {one.id for one in people.everyone(site.store)}
    assert b"Wei-Ling" not in (site.scheme.data / "viceversa.db").read_bytes()
