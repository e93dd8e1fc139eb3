"""The command `viceversa`: one module here for each of its commands."""

from importlib import import_module

import click

from viceversa.errors import Trouble

# In the order in which somebody who runs a scheme meets them. Each is a module here that holds
# a `command`; it imports what is slow to import only when it runs.
COMMANDS = (
    "new",
    "check",
    "people",
    "links",
    "serve",
    "report",
    "paper",
    "rehearse",
    "demo",
    "schema",
)


class Commands(click.Group):
    """Finds a command in its module, and tells a Trouble in plain sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        return import_module(f"{__name__}.{cmd_name}").command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except Trouble as trouble:
            click.echo(str(trouble), err=True)
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="viceversa")
def main() -> None:
    """Run a reverse mentoring scheme: its worksheets, its people and their reports."""
