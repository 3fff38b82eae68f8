"""What can stop a run: the message says where and what to do."""


class UsageError(Exception):
    """Wrong options, paths or configuration: exit status 2."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help


class PolicyError(Exception):
    """A policy that cannot be used: exit status 2. `problems` are ready to print, one block each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n\n".join(problems))
        self.problems = problems
