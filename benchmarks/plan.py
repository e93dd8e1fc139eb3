"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """Numbers of people and reports, and seconds; the defaults are those of the full run."""

    people: int = 100
    stock: int = 20
    rounds: int = 3
    reports: int = 100
    stock_reports: int = 5
    many: int = 1000
    saving: int = 30
    idle: int = 60
    cycles: int = 500
    guests: int = 100


QUICK = Plan(
    people=8,
    stock=3,
    rounds=1,
    reports=10,
    stock_reports=2,
    many=60,
    saving=8,
    idle=10,
    cycles=30,
    guests=12,
)
