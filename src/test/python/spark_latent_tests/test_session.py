"""The archive of classes from which a session of this machine starts."""

from __future__ import annotations

import pytest

from spark_latent import LatentError, _session


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "spark-latent"


def _written():
    (option,) = [option for option in _session._archive() if "Archive" in option]
    kind, path = option.split("=")
    return kind, path


def test_a_session_writes_the_archive_that_the_next_one_starts_from(cache):
    kind, path = _written()
    assert kind == "-XX:ArchiveClassesAtExit"
    assert path.startswith(str(cache))
    with open(path, "wb") as file:
        file.write(bytes(8))  # somebody has ended Java while it wrote
    assert _written() == (kind, path)
    with open(path, "wb") as file:
        file.write(b"archive")
    assert _written() == ("-XX:SharedArchiveFile", path)


def test_few_archives_are_kept(cache):
    for number in range(5):
        cache.mkdir(exist_ok=True)
        (cache / f"classes-{number}.jsa").write_bytes(b"other")
    _written()
    assert len(list(cache.iterdir())) == _session._ARCHIVES - 1


def test_without_a_cache_there_is_no_archive(cache):
    cache.write_text("no folder")
    assert _session._archive() == []


def test_an_archive_with_which_java_does_not_start_is_removed(tmp_path):
    class Builder:
        _options = {_session._JAVA_OPTIONS: f'"-XX:SharedArchiveFile={tmp_path}/a b.jsa" "-Xshare:auto"'}

        def getOrCreate(self):
            raise RuntimeError("[JAVA_GATEWAY_EXITED]")

    archive = tmp_path / "a b.jsa"
    archive.write_bytes(b"a part")
    with pytest.raises(LatentError, match=r"start again: .*a b\.jsa was removed"):
        _session._started(Builder())
    assert not archive.exists()
    with pytest.raises(LatentError, match="PySpark needs Java"):
        _session._started(Builder())
