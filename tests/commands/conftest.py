"""What the tests of the command line share: a place for scripts, and the stories replayed once."""

from functools import cache

import pytest

from tests.helpers.command import Scripts, command
from tests.helpers.judged import judged_once
from tests.helpers.stories import story_path


@pytest.fixture(scope="module", autouse=True)
def once():
    """One signed file goes through many hands: what it holds is read once."""
    with judged_once():
        yield


@pytest.fixture
def scripts(tmp_path):
    return Scripts(tmp_path)


@pytest.fixture(scope="session")
def replayed(tmp_path_factory):
    """Replays a story by its name, once: the answer in JSON, and the folder."""

    @cache
    def replay(name):
        out = tmp_path_factory.mktemp("replayed") / name
        return command("replay", story_path(name), "--out", out, "--json"), out

    return replay
