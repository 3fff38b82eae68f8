"""The exit statuses, the same for every output format; help, man page and README print their meaning."""

CLEAN, FOUND, USAGE, UNCHECKED, FAILURE = range(5)
INTERRUPTED, PIPE_CLOSED = 130, 141  # as a shell counts a process that a signal ended: 128 + SIGINT, 128 + SIGPIPE

MEANING = {
    CLEAN: "everything given was checked, and nothing at or above the fail level was found",
    FOUND: "findings at or above the fail level; a file that cannot be read is one",
    USAGE: "a wrong option, path, configuration or policy: the message says where and what to do",
    UNCHECKED: "nothing at or above the fail level was found, but not everything was checked",
    FAILURE: "wpmi-lint itself failed: one line, and -v for the trace",
}
