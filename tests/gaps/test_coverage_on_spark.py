"""Coverage and discovery on Spark; here because a run has one Spark session, and it stands in this folder."""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession

import learnerfirst as lf
from tests.surveys import planted


def test_a_survey_on_spark_comes_back_on_spark_with_the_same_fits(spark: SparkSession) -> None:
    frame, _, personas = planted(120, 3, 8, missing=0)
    expected = lf.persona_coverage(frame, personas[:2])
    found = lf.persona_coverage(spark.createDataFrame(frame), personas[:2])
    assert isinstance(found.fits, DataFrame)
    told = {(row.learner_id, row.persona): (row.fits, round(row.score, 9)) for row in found.fits.collect()}
    by_hand = zip(*(expected.fits[name] for name in ("learner_id", "persona", "fits", "score")), strict=True)
    assert told == {(learner, persona): (fits, round(score, 9)) for learner, persona, fits, score in by_hand}
    assert str(found.uncovered) == str(expected.uncovered)


def test_discovery_on_spark_assigns_everybody(spark: SparkSession) -> None:
    frame, _, _ = planted(120, 2, 9)
    found = lf.discover_personas(spark.createDataFrame(frame), n=2)
    assert isinstance(found.assignments, DataFrame)
    assert found.assignments.count() == 120
