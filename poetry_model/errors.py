"""Everything this package raises on purpose, one tree."""


class PoetryModelError(Exception):
    """The root: catch this to catch all of them."""


class BadRequest(PoetryModelError):
    """A request that cannot be served as it stands.

    `argument` names the part of the request, `reason` is a stable code for
    translation, and the message says in English what would be accepted.
    """

    def __init__(self, argument: str, reason: str, message: str) -> None:
        super().__init__(message)
        self.argument = argument
        self.reason = reason


class NoCharacterFits(PoetryModelError):
    """Every character is masked at one place of a poem (counted from 1)."""

    def __init__(self, form: str, line: int, position: int) -> None:
        super().__init__(f"no character fits {form}, line {line}, position {position}")
        self.form, self.line, self.position = form, line, position


class WeightsError(PoetryModelError):
    """Weights that are missing, damaged or of another shape than their config."""


class CorpusError(PoetryModelError):
    """The corpus cannot be fetched, read or prepared."""


class MissingPackage(PoetryModelError):
    """A package that this command needs and the installation left out."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(f"{package} is not installed: pip install 'poetry-bot[{extra}]'")
        self.package, self.extra = package, extra
