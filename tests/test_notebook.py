"""The notebook runs from top to bottom, and its questions have answers."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]


def test_the_first_notebook(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    notebook = nbformat.read(ROOT / "notebooks" / "first.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "outputs stay out of the repository"
    notebook.cells.append(nbformat.v4.new_code_cell("print([len(t) for t in (leads, projects, posts)])"))
    where = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=where).execute()
    assert min(map(int, notebook.cells[-1].outputs[0].text.strip("[]\n").split(","))) > 0
    assert "IFrame" in notebook.cells[-2].outputs[0].data["text/plain"]
    assert (tmp_path / "out" / "index.html").is_file()
