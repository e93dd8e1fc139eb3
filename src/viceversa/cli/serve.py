"""viceversa serve"""

import csv

import click

from viceversa.cli.options import with_scheme
from viceversa.scheme import Scheme, check_scheme


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8866, show_default=True, help="The port to listen on.")
@click.option("--base-url", default="/", show_default=True, help="The path behind a proxy.")
@click.option("--https", is_flag=True, help="A proxy in front speaks HTTPS: send secure cookies.")
@click.option("--debug", is_flag=True, help="Say much more; it may show what people wrote.")
@with_scheme
def command(scheme: Scheme, host: str, port: int, base_url: str, https: bool, debug: bool) -> None:
    """Serve the workbook of a scheme until you stop it with Ctrl+C.

    Faults in the scheme's content are told at the start; only the pages that need what is broken
    cannot be shown until it is mended.
    """
    from viceversa.server.app import serve
    from viceversa.store import open_store

    for fault in check_scheme(scheme.folder):
        click.echo(str(fault), err=True)
    base_url = f"/{base_url.strip('/')}/".replace("//", "/")
    address = f"http://{host}:{port}{base_url}"

    def greet() -> None:
        click.echo(f"{scheme.name} is open at {address} (Ctrl+C stops it)")
        if scheme.demo:
            for line in personas(scheme, address):
                click.echo(line)

    serve(
        scheme,
        open_store(scheme.store_url),
        host=host,
        port=port,
        base_url=base_url,
        https=https,
        debug=debug,
        when_ready=greet,
    )


def personas(scheme: Scheme, address: str) -> list[str]:
    """Return a line for each fictional person of a demo: role, name and personal link."""
    file = scheme.data / "links.csv"
    if not file.is_file():
        return []
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    wide = max((len(row["name"]) for row in rows), default=0)
    return [
        f"{row['role']:<11}  {row['name']:<{wide}}  {address}p/{row['link'].rsplit('/', 1)[-1]}"
        for row in rows
    ]
