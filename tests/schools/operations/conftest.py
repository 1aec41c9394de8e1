"""A folder for the files of these tests, properties among them.

The real registers are no part of the project: without them their tests are not collected, for a skip fails in CI.
"""

import os

import pytest

collect_ignore = [] if "REAL_REGISTERS" in os.environ else ["test_real_loads.py"]


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("registers")
