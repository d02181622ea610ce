"""Every command and every piece of Python in the documents runs, in a clean folder, as a reader would run it.

The two make commands make an environment of their own; .ci/run runs them.
"""

import os
import re
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")} - {ROOT / "README.zh.md"})
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGE = """茶陵县云岭村建成乡村图书馆

本报讯（记者王小明）12月19日，茶陵县县长张建国领办云岭助学行动。

云岭乡村图书馆项目位于茶陵县，由云岭建设有限公司承建，总投资1.2亿元。
"""


def blocks(document: Path) -> list[tuple[str, str]]:
    found = BLOCK.findall(document.read_text(encoding="utf-8"))
    return [(language, text) for language, text in found]


@pytest.mark.parametrize("document", [d for d in DOCUMENTS if blocks(d)], ids=lambda path: str(path.relative_to(ROOT)))
def test_the_documents_commands_run(document: Path, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "page.txt").write_text(PAGE, encoding="utf-8")
    scripts = sysconfig.get_path("scripts")
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}", "KG_LANG": "en"}
    for language, text in blocks(document):
        commands = [text] if language == "python" else [line for line in text.splitlines() if line.strip()]
        for command in commands:
            if command.startswith("make "):
                continue
            if command.startswith("kg serve"):
                starts_to_serve(command.split(), tmp_path, environment)
                continue
            program = [sys.executable, "-c", command] if language == "python" else ["sh", "-ec", command]
            done = subprocess.run(program, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8")
            assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"


def starts_to_serve(command: list[str], folder: Path, environment: dict[str, str]) -> None:
    """The server runs until it is told to stop; it must say where it serves, on any free port."""
    if "--port" in command:
        command[command.index("--port") + 1] = "0"
    server = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, encoding="utf-8")
    try:
        assert server.stdout is not None
        assert "http://127.0.0.1:" in server.stdout.readline()
    finally:
        server.terminate()
        server.communicate()


def test_both_readmes_show_the_same_commands() -> None:
    """So those of one need not run again."""
    assert blocks(ROOT / "README.md") == blocks(ROOT / "README.zh.md")


def test_the_lock_is_complete_and_names_no_registry() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock and "--index" not in lock and "--find-links" not in lock
    locked = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    wanted = [re.split("[>=<]", entry)[0] for entry in [*project["dependencies"], *extras["notebook"], *extras["dev"]]]
    assert not {name for name in wanted if not name.startswith("xianzhi")} - locked, "run make lock"
