"""Markdown becomes HTML that can do no harm."""

import pytest

from viceversa.content.markdown import to_html


def test_markdown_becomes_html():
    html = to_html("Some *soft* and **strong** words.\n\n- one\n- two\n")
    assert "<em>soft</em>" in html
    assert "<strong>strong</strong>" in html
    assert html.count("<li>") == 2


def test_headings_stay_below_those_of_the_page():
    assert to_html("# Big\n\n## Less\n\n###### Least") == (
        "<h3>Big</h3>\n<h4>Less</h4>\n<h6>Least</h6>"
    )


def test_links_do_not_tell_where_one_came_from():
    assert 'rel="noopener noreferrer"' in to_html("[a](https://example.org)")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "![a](https://example.org/a.png)",
        '<a href="https://example.org" onclick="alert(1)">a</a>',
        "<style>body{display:none}</style>",
    ],
)
def test_nothing_in_it_runs_or_loads(text: str):
    html = to_html(text)
    for sign in ("<script", "<img", "<style", "<a href", 'href="javascript'):
        assert sign not in html


def test_nothing_is_nothing():
    assert to_html(None) == to_html("") == ""
