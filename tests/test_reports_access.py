"""Who may read which edition of whose report."""

from itertools import product

import pytest

from viceversa.access import may_read_report

ROLES = ("mentor", "mentee", "trainer", "coordinator", "", "admin", "Coordinator")


@pytest.mark.parametrize("role", ROLES)
def test_one_reads_both_editions_of_ones_own_report(role):
    assert may_read_report("ana", role, "ana", "personal")
    assert may_read_report("ana", role, "ana", "shared")


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_the_personal_edition_of_somebody_else(role):
    assert not may_read_report("ana", role, "ben", "personal")


@pytest.mark.parametrize("role", ROLES)
def test_only_a_coordinator_reads_the_shared_edition_of_somebody_else(role):
    assert may_read_report("ana", role, "ben", "shared") == (role == "coordinator")


@pytest.mark.parametrize(
    ("viewer", "owner", "edition"),
    [*product(["ana"], ["ana", "ben"], ["", "Personal", "both"]), ("", "", "personal")],
)
def test_whatever_has_no_name_is_read_by_nobody(viewer, owner, edition):
    assert not may_read_report(viewer, "coordinator", owner, edition)


def test_a_report_of_nobody_is_read_by_nobody():
    assert not may_read_report("cora", "coordinator", "", "shared")
