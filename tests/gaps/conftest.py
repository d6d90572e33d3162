"""One Spark session a run, and makers of every kind of frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest
from pyspark.sql import SparkSession

from tests.gaps.frames import makers
from tests.gaps.local_spark import spark_session


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    session = spark_session(tmp_path_factory.mktemp("java"))
    yield session
    session.stop()


@pytest.fixture
def make() -> Iterator[dict[str, Callable[[Any], Any]]]:
    with duckdb.connect() as connection:
        yield makers(connection)


@pytest.fixture
def make_all(make: dict[str, Callable[[Any], Any]], spark: SparkSession) -> dict[str, Callable[[Any], Any]]:
    return make | {"PySpark": spark.createDataFrame}
