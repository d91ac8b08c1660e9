"""Commands as a user types them, in this process."""

from __future__ import annotations

from click.testing import CliRunner, Result

from terminsplan.cli import cli
from terminsplan.exits import Exit


def typed(*arguments: object) -> Result:
    """No command of the suite may end as a bug does."""
    result = CliRunner().invoke(cli, [str(a) for a in arguments], prog_name="terminsplan")
    if result.exit_code == Exit.BUG:
        raise AssertionError(f"{arguments} ended as a bug") from result.exception
    return result
