"""The same on a local Spark, in one session: CPU of the Java process and of this one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
from pyspark.sql import DataFrame, SparkSession

import learnerfirst as lf
from tests.benchmarks.frames import native_sql
from tests.benchmarks.frames.pairs import FUNCTIONS, Pairs
from tests.benchmarks.frames.worker import COLUMNS, digest, result
from tests.gaps.local_spark import spark_session

WARM = 8  # pairs before those that count: Java translates what it runs often, for both
NATIVE = {
    "individual_gaps": native_sql.INDIVIDUAL,
    "competency_gaps": native_sql.COMPETENCY,
    "peer_experts": native_sql.PEERS_WINDOW,
}


def pairs(place: Path, java: Path, times: int) -> dict[str, Pairs]:
    """``times`` runs of both in turn after ``WARM`` that warm up; both must give the same rows."""
    session = spark_session(java)
    session.sparkContext.setLogLevel("ERROR")
    try:
        return {function: _pairs(session, function, place, times) for function in FUNCTIONS}
    finally:
        session.stop()


def _pairs(session: SparkSession, function: str, place: Path, times: int) -> Pairs:
    def native(assessments: DataFrame, profile: DataFrame) -> DataFrame:
        assessments.createOrReplaceTempView("assessments")
        profile.createOrReplaceTempView("profile")
        return session.sql(NATIVE[function])

    def ours(assessments: DataFrame, profile: DataFrame) -> Any:
        return getattr(lf, function)(assessments, profile)

    seconds: dict[str, list[float]] = {"ours": [], "native": []}
    answers = set()
    for at in range(times + WARM):
        for who, run in (("ours", ours), ("native", native))[:: 1 if at % 2 else -1]:
            spent, answer = _one(session, run, function, place)
            answers.add(answer)
            if at >= WARM:
                seconds[who].append(spent)
    if len(answers) > 1:
        raise RuntimeError(f"PySpark {function}: ours and native differ")
    return Pairs(tuple(seconds["ours"]), tuple(seconds["native"]), 0, 0)


def _one(
    session: SparkSession, run: Callable[[DataFrame, DataFrame], Any], function: str, place: Path
) -> tuple[float, str]:
    before = _cpu()
    frames = [session.read.parquet(str(place / f"{name}.parquet")) for name in ("assessments", "profile")]
    columns = result(run(*frames), function)
    return _cpu() - before, digest(columns, COLUMNS[function])


def _cpu() -> float:
    own = psutil.Process(os.getpid())
    return sum(sum(process.cpu_times()[:2]) for process in (own, *own.children(recursive=True)))
