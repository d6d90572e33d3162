"""What somebody fluent in SQL writes for the same results; DuckDB and Spark run the same text."""

from __future__ import annotations

from learnerfirst.gaps.hiding import BY_SUBTRACTION, too_few

SMALL = too_few(5)

INDIVIDUAL = """
SELECT a.person_id, a.role, a.competency, a.level, p.required, p.required - a.level AS gap
FROM assessments a LEFT JOIN profile p USING (role, competency)
"""

COMPETENCY = f"""
WITH counts AS (
  SELECT role, competency, level, count(*) AS c FROM assessments WHERE level IS NOT NULL GROUP BY role, competency, level
), cells AS (
  SELECT counts.*, required - level AS gap, importance,
    sum(c) OVER (PARTITION BY role, competency ORDER BY level ROWS UNBOUNDED PRECEDING) AS so_far,
    sum(c) OVER (PARTITION BY role, competency) AS in_all
  FROM counts JOIN profile USING (role, competency)
), sums AS (
  SELECT role, competency, CAST(sum(c) AS BIGINT) AS n,
    (min(CASE WHEN so_far * 2 >= in_all THEN level END) + min(CASE WHEN so_far * 2 > in_all THEN level END)) / 2.0 AS median_level,
    sum(CASE WHEN gap > 0 THEN c ELSE 0 END) AS below, sum(CASE WHEN gap < 0 THEN c ELSE 0 END) AS above,
    sum(CASE WHEN gap >= 2 THEN c ELSE 0 END) AS far_below, sum(CASE WHEN gap <= -2 THEN c ELSE 0 END) AS far_above,
    CAST(sum(c * gap) AS DOUBLE) AS gaps, CAST(sum(c * level) AS DOUBLE) AS levels, max(importance) AS importance
  FROM cells GROUP BY role, competency
), marked AS (
  SELECT *, sum(CASE WHEN n < 5 THEN n ELSE 0 END) OVER (PARTITION BY competency) AS in_small,
    sum(CASE WHEN n < 5 THEN 1 ELSE 0 END) OVER (PARTITION BY competency) AS smalls,
    row_number() OVER (PARTITION BY competency ORDER BY n, role) AS place
  FROM sums
), shown AS (
  SELECT *, CASE WHEN n < 5 THEN '{SMALL}' WHEN in_small > 0 AND in_small < 5 AND place = smalls + 1 THEN '{BY_SUBTRACTION}' END AS hidden
  FROM marked
), crossed AS (
  SELECT *, avg(CASE WHEN hidden IS NULL THEN importance END) OVER (PARTITION BY role) AS cross_importance,
    avg(CASE WHEN hidden IS NULL THEN levels / n END) OVER (PARTITION BY role) AS cross_level
  FROM shown
)
SELECT role, competency, CASE WHEN hidden IS NULL THEN n END AS n,
  CASE WHEN hidden IS NULL THEN median_level END AS median_level,
  CASE WHEN hidden IS NULL THEN below / n END AS share_below,
  CASE WHEN hidden IS NULL THEN gaps / n END AS mean_gap,
  CASE WHEN hidden IS NULL THEN importance * gaps / n END AS mwds,
  CASE WHEN hidden IS NULL THEN 100.0 * (above - below) / n END AS rds,
  CASE WHEN hidden IS NOT NULL THEN NULL
    WHEN importance >= cross_importance - 1e-9 AND levels / n >= cross_level - 1e-9 THEN 'keep it up'
    WHEN importance >= cross_importance - 1e-9 THEN 'concentrate here'
    WHEN levels / n >= cross_level - 1e-9 THEN 'possible overkill' ELSE 'low priority' END AS quadrant,
  CASE WHEN hidden IS NULL THEN abs(gaps / n) < 0.5 AND far_below * 3 >= n AND far_above * 3 >= n END AS split_alarm,
  hidden
FROM crossed ORDER BY role, competency
"""

PEERS_DUCKDB = """
WITH firsts AS (
  SELECT role, competency, level, unnest(min(person_id, 3)) AS person_id
  FROM assessments GROUP BY role, competency, level
)
SELECT competency, row_number() OVER (PARTITION BY competency ORDER BY level DESC, person_id) AS rank,
  person_id, role, level, required
FROM firsts JOIN profile USING (role, competency) WHERE level >= required
QUALIFY rank <= 3 ORDER BY competency, rank
"""

PEERS_WINDOW = """
SELECT competency, place AS rank, person_id, role, level, required FROM (
  SELECT a.*, required, row_number() OVER (PARTITION BY a.competency ORDER BY level DESC, person_id) AS place
  FROM assessments a JOIN profile p ON a.role = p.role AND a.competency = p.competency WHERE level >= required
) WHERE place <= 3 ORDER BY competency, rank
"""
