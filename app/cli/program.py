"""`dateline`: the commands with their options. What they do stands in the modules beside this one.

Those modules bring spaCy, pandas, SQLAlchemy and uvicorn with them, two seconds of loading in all. They are
imported inside the commands, here and nowhere else, so that `dateline --help` and completion answer at once.
A command has as many parameters as it has options.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any, Optional

import typer
from typer.core import TyperGroup

from app.domain.errors import DatelineError

PIPE_CLOSED = 141  # as a shell tells of a program that SIGPIPE ended


class Commands(TyperGroup):
    """The commands. One whose reader goes away (`| head`) ends quietly, after it has stopped what it started."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left unwritten goes nowhere
            raise typer.Exit(PIPE_CLOSED) from None


app = typer.Typer(
    cls=Commands,
    name="dateline",
    help="Reads news, finds the dated events in it, and answers what happened when and to whom.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

AsJson = Annotated[
    Optional[bool],  # noqa: UP045 - Typer reads this at run time
    typer.Option("--json/--table", help="JSON Lines or a table. Unset: a table in a terminal, JSON Lines in a pipe."),
]
Filters = Annotated[list[str] | None, typer.Option(help="Several: repeat, or separate by commas; ! excludes.")]
Actor = Annotated[list[str] | None, typer.Option(help="A code, an id or a name: RUS, Russia, the Kremlin, Putin.")]
Kind = Annotated[list[str] | None, typer.Option(help="A kind of event: visit, refusal, ultimatum, ...")]
Stance = Annotated[
    list[str] | None,
    typer.Option(help="asserted, alleged, denied, negated, planned, conditional or all. Unset: asserted and alleged."),
]
When = Annotated[str | None, typer.Option(help="2016, 2016-04, 2016-04-15, a/b, a/.. or ../b; ends included.")]
Limit = Annotated[int, typer.Option(min=1, help="The most events.")]


def main() -> None:
    """The entry of the program. An error that the caller can mend is one line, without a traceback."""
    try:
        app()
    except DatelineError as error:
        meant = getattr(error, "did_you_mean", None)
        print(f"dateline: {error}" + (f"; did you mean {meant}?" if meant else ""), file=sys.stderr)
        sys.exit(1)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="The address to listen on. Unset: DATELINE_HOST, 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Unset: DATELINE_PORT, 8000.")] = None,
    demo: Annotated[bool, typer.Option(help="Read the demonstration corpus if the database is empty.")] = True,
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Open a browser, in a desktop's terminal.")] = True,
) -> None:
    """Start the database and the service; stop both with Ctrl-C."""
    from app.cli.serving import Wishes, serve

    serve(Wishes(host, port, demo=demo, browser=open_))


@app.command()
def ingest(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, JSON Lines; - is stdin.")],
    publisher: Annotated[str | None, typer.Option(help="For documents that do not name theirs.")] = None,
    published: Annotated[str | None, typer.Option(help="Day, month or year, for documents without a date.")] = None,
    format: Annotated[str | None, typer.Option(help="text, json, jsonl or html. Unset: told by the name.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Unset: UTF-8, UTF-16 with a mark, or Windows-1252.")] = None,
    other_keys: Annotated[bool, typer.Option("--other-keys", help="Pass over unknown keys of JSON objects.")] = False,
    as_json: AsJson = None,
) -> None:
    """Read documents and keep their events. Ends with 1 if something was refused; the rest is kept."""
    from app.cli.ingesting import Given, ingest

    raise typer.Exit(ingest(paths, Given(publisher, published, format, encoding, other_keys), as_json=as_json))


@app.command(name="import")
def import_(
    table: Annotated[str, typer.Argument(metavar="TABLE", help="Whose table it is: icews.")],
    file: Annotated[str, typer.Argument(help="The file, in UTF-8; - is stdin.")],
    link: Annotated[
        bool, typer.Option("--link", help="Join rows that tell one event, as reports are; slower (docs/analysis.md).")
    ] = False,
    as_json: AsJson = None,
) -> None:
    """Take in coded events of others; each row is kept as the words of its event. Ends with 1 if rows were refused."""
    from app.cli.importing import import_table

    raise typer.Exit(import_table(table, file, link=link, as_json=as_json))


@app.command()
def reread(
    diff: Annotated[
        Optional[tuple[str, str]],  # noqa: UP045 - Typer reads this at run time
        typer.Option(metavar="OLDER NEWER", help="Read nothing; print what these two versions read otherwise."),
    ] = None,
    as_json: AsJson = None,
) -> None:
    """Read every document anew that the present rules have not read. Stop it at any time; it goes on where it was."""
    from app.cli.rereading import read_anew, show_difference

    if diff:
        show_difference(*diff, as_json=as_json)
        return
    raise typer.Exit(read_anew(as_json=as_json))


@app.command()
def around(
    date: Annotated[str, typer.Argument(help="A day (2016-04-15), a month or a year.")],
    window: Annotated[str, typer.Option(help="How far to either side: 14d, 2w, 3m, 1y, or all.")] = "14d",
    before: Annotated[int, typer.Option(min=0, help="The most events before.")] = 20,
    after: Annotated[int, typer.Option(min=0, help="The most events after.")] = 20,
    actor: Actor = None,
    kind: Kind = None,
    modality: Stance = None,
    as_json: AsJson = None,
) -> None:
    """What happened around a day, with the distance of each event."""
    from app.cli.asking import Near, around

    filters = {"actor": actor, "kind": kind, "modality": modality}
    around(Near(date, window, before, after), filters, as_json=as_json)


dictionaries = typer.Typer(help="Your own actors: dictionaries that reading and questions use besides the program's.")
app.add_typer(dictionaries, name="actors", no_args_is_help=True)


@dictionaries.command("import")
def import_actors(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Tables, or files of PETRARCH and Phoenix.")],
) -> None:
    """Take in dictionaries of actors. Lines that cannot be read are told; a file of the same name is replaced."""
    from app.cli.dictionaries import take_in

    raise typer.Exit(take_in(files))


@dictionaries.command("list")
def list_actors() -> None:
    """The dictionaries that were taken in, with what was read of each."""
    from app.cli.dictionaries import show

    show()


@dictionaries.command("remove")
def remove_actors(name: Annotated[str, typer.Argument(help="The name of the file that was imported.")]) -> None:
    """Take a dictionary out again."""
    from app.cli.dictionaries import take_out

    take_out(name)


@app.command()
def actor(
    name: Annotated[str, typer.Argument(help="A code, an id or a name: RUS, Russia, the Kremlin, Putin.")],
    datetime: When = None,
    kind: Kind = None,
    modality: Stance = None,
    sort: Annotated[str, typer.Option(help="date, -date, -recorded or -reports.")] = "date",
    limit: Limit = 100,
    as_json: AsJson = None,
) -> None:
    """What an actor did and met with, in order."""
    from app.cli.asking import actor, one

    filters = {"kind": kind, "modality": modality}
    actor(name, filters | one(datetime=datetime, sort=sort, limit=str(limit)), as_json=as_json)


@app.command()
def events(
    datetime: When = None,
    actor: Actor = None,
    source: Filters = None,
    target: Filters = None,
    dyad: Annotated[str | None, typer.Option(help="Two actors: RUS,IRN.")] = None,
    country: Filters = None,
    kind: Kind = None,
    plover: Filters = None,
    cameo: Filters = None,
    modality: Stance = None,
    status: Filters = None,
    place: Filters = None,
    publisher: Filters = None,
    published: When = None,
    q: Annotated[str | None, typer.Option("--q", "-q", help="Words in the title or the evidence.")] = None,
    match: Annotated[str | None, typer.Option(help="possible (touches the window) or certain (lies inside).")] = None,
    min_confidence: Annotated[str | None, typer.Option(help="0 to 1.")] = None,
    min_reports: Annotated[str | None, typer.Option(help="1 or more.")] = None,
    sort: Annotated[str, typer.Option(help="date, -date, nearest, -recorded or -reports.")] = "date",
    limit: Limit = 100,
    as_json: AsJson = None,
) -> None:
    """Events by any filters, with the words they were read from."""
    from app.cli.asking import events, one

    many = {"actor": actor, "source": source, "target": target, "country": country, "kind": kind, "plover": plover}
    more = {"cameo": cameo, "modality": modality, "status": status, "place": place, "publisher": publisher}
    single = one(datetime=datetime, dyad=dyad, published=published, q=q, match=match, sort=sort, limit=str(limit))
    bounds = one(min_confidence=min_confidence, min_reports=min_reports)
    events(many | more | single | bounds, as_json=as_json)


@app.command()
def doctor(as_json: AsJson = None) -> None:
    """Look whether everything is in place. Ends with 1 if something is not; each failure says the mend."""
    from app.cli.doctor import doctor

    raise typer.Exit(doctor(as_json=as_json))


@app.command()
def sql() -> None:
    """Say how a tool that speaks SQL (psql, Metabase, Superset, Grafana) reads the same data."""
    from app.cli.sql import sql

    sql()


@app.command()
def extract() -> None:
    """Events of each text: {"doc", "published", "text"} a line in, one line a mention out."""
    from app.cli.contract import extract

    raise typer.Exit(extract(sys.stdin.buffer, sys.stdout.buffer))


@app.command()
def timex() -> None:
    """Time expressions: {"name", "dct", "text"} a line in, {"name", "timexes"} a line out."""
    from app.cli.contract import timex

    raise typer.Exit(timex(sys.stdin.buffer, sys.stdout.buffer))


@app.command()
def code() -> None:
    """PLOVER and CAMEO: {"sentence", "source", "target"} a line in, the same with its coding out."""
    from app.cli.contract import code

    raise typer.Exit(code(sys.stdin.buffer, sys.stdout.buffer))


@app.command()
def datedoc() -> None:
    """When a text was published: {"name", "text"} a line in, {"name", "candidates"} a line out, best first."""
    from app.cli.contract import datedoc

    raise typer.Exit(datedoc(sys.stdin.buffer, sys.stdout.buffer))
