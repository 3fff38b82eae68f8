"""The exit statuses, the same for every output format; their meaning is what help, README and man page print."""

CLEAN, FOUND, USAGE, UNCHECKED, FAILURE = range(5)
INTERRUPTED, PIPE_CLOSED = 130, 141  # as a shell counts a process that a signal ended: 128 + SIGINT, 128 + SIGPIPE

MEANING = {
    CLEAN: "everything given was checked; nothing was found at the fail level",
    FOUND: "findings at or above the fail level; an unreadable file is one",
    USAGE: "a wrong option, path, configuration or policy",
    UNCHECKED: "nothing was found at the fail level, but not everything was checked",
    FAILURE: "wpmi-lint itself failed; -v shows the trace",
}
