"""A slip in one file of a scheme's own content takes nothing else away."""

import shutil

import pytest

from site_under_test import Site
from viceversa.scheme import Scheme

# What stands on a page in the place of a cell that failed.
BROKEN_PART = '<p class="vv-problem" role="alert">'
BROKEN = "title: Role reversal, our way\nversion: 1\n"


@pytest.fixture(scope="module")
def running_site(demo_made_once, tmp_path_factory):
    folder = shutil.copytree(demo_made_once, tmp_path_factory.mktemp("broken") / "demo")
    modules = folder / "content" / "en" / "modules"
    modules.mkdir(parents=True)
    (modules / "role-reversal.yaml").write_text(BROKEN, "utf-8")
    with Site(Scheme.open(folder)) as running:
        yield running


def test_the_server_starts_and_says_what_is_broken(site: Site):
    assert "role-reversal.yaml:1: “minutes” is missing" in site.log.replace(": minutes:", ":")


def test_only_the_page_that_needs_the_broken_file_cannot_be_shown(site: Site):
    sian = site.visitor("Siân")
    for path in ("/", "/reflection/mindset", "/awareness/home", "/awareness/confidentiality"):
        assert BROKEN_PART not in sian.open(path).html
    assert BROKEN_PART in sian.open("/awareness/role_reversal").html
