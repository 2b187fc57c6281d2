"""The files of the import command: the sheet that is read, the sheet to mend beside it."""

from pathlib import Path

from vocabulary.refusals import NotPossible


def bytes_of(file: Path) -> bytes:
    """NotPossible for a file that cannot be read."""
    if file.is_dir():
        raise NotPossible("imports.cli.folder", file=file)
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise NotPossible("imports.cli.missing", file=file) from None
    except PermissionError:
        raise NotPossible("imports.cli.forbidden", file=file) from None
    except OSError as problem:
        raise NotPossible("imports.cli.no_file", file=file, problem=problem.strerror) from None


def free_name(file: Path) -> Path:
    """A name beside the file that nothing has yet: a sheet somebody is mending is never replaced."""
    wanted, times = file.with_name(f"{file.stem}-rejected.xlsx"), 1
    while wanted.exists():
        times += 1
        wanted = file.with_name(f"{file.stem}-rejected-{times}.xlsx")
    return wanted
