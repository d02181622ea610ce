"""Writing a folder all or nothing: a build's files come into DIR together, or DIR stays as it was."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

from kg.errors import KgError

PREFIX = ".building-"
DAY = 24 * 60 * 60.0


@contextmanager
def staged(out: Path, names: Sequence[str]) -> Iterator[Path]:
    """Yield an empty folder to write `names` (files or folders) in. When the block ends well they replace those of the
    same names in `out`; when it raises, `out` is as before. Whatever else lies in `out` is left alone.

    The folder stands within `out`, so that moving is renaming; what a build that was killed left there goes with the
    first build a day later that ends well. Raises KgError where `out` cannot be written.
    """
    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        work = Path(mkdtemp(prefix=PREFIX, dir=out))
    except FileExistsError as error:
        raise KgError(f"{out} is a file; name a folder with --out") from error
    except OSError as error:
        raise KgError(f"{out}: cannot be written: {error.strerror}; name another folder with --out") from error
    new, old = work / "new", work / "old"
    done = False
    try:
        new.mkdir()
        old.mkdir()
        yield new
        _swap(out, new, old, names)
        done = True
        _clear(out)
    finally:
        shutil.rmtree(work, ignore_errors=True)
        if made and not done:
            out.rmdir()


def _clear(out: Path) -> None:
    for left in out.glob(f"{PREFIX}*"):
        with suppress(OSError):  # another build may just have ended
            if left.stat().st_mtime < time.time() - DAY:  # a younger one may be at work
                shutil.rmtree(left)


def _swap(out: Path, new: Path, old: Path, names: Sequence[str]) -> None:
    """Move `names` from `out` to `old` and from `new` to `out`; undo all of it when one move fails."""
    moved: list[tuple[Path, Path]] = []
    try:
        for name in names:
            for source, target in ((out / name, old / name), (new / name, out / name)):
                if source.exists():
                    source.rename(target)
                    moved.append((source, target))
    except BaseException:
        for source, target in reversed(moved):
            target.rename(source)
        raise
