"""Every house rule holds, and every house rule could fail."""

import pytest

from tests.architecture import rules
from tests.architecture.source import RULES, Rule

assert rules.__doc__  # the rules register themselves as their module is read


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_our_source_keeps_the_rule(rule: Rule):
    assert rule.offences() == [], rule.reason


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_rule_can_fail(rule: Rule):
    assert list(rule.check(rule.bad)) != []
