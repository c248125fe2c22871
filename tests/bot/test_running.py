"""What the process says of its connection."""

import io

from telegram.error import Conflict, NetworkError

from bot.running import note_polling_error


def test_a_second_poller_is_named_with_what_to_do(log_lines: io.StringIO) -> None:
    note_polling_error(Conflict("terminated by other getUpdates request"))
    (line,) = log_lines.getvalue().splitlines()
    assert "another process fetches updates with this token too" in line
    assert "WEBHOOK_URL" in line


def test_a_lost_connection_is_a_line(log_lines: io.StringIO) -> None:
    note_polling_error(NetworkError("no route"))
    (line,) = log_lines.getvalue().splitlines()
    assert "updates could not be fetched" in line
