-- 一个省常问的十二个问题。DuckDB、Spark、DataFusion 里一字不改地运行，答案相同；表的列见 docs/tables.md。
-- Twelve questions that a province asks, for DuckDB, Spark and DataFusion without a change; columns: docs/tables.md.

-- q01 各县各资金来源有多少钱 · money by county and fund source
SELECT region_code, source, COUNT(*) AS lines, SUM(amount) AS amount
FROM funds
WHERE year = 2025
GROUP BY region_code, source
ORDER BY region_code, source;

-- q02 各县有多少目标说不清达到没有 · the share of targets that nobody can measure, by county
SELECT
  region_code,
  COUNT(*) AS targets,
  SUM(CASE WHEN measurable THEN 0 ELSE 1 END) AS unmeasurable,
  ROUND(100.0 * SUM(CASE WHEN measurable THEN 0 ELSE 1 END) / COUNT(*), 2) AS percent
FROM indicators
WHERE year = 2025
GROUP BY region_code
ORDER BY percent DESC, region_code;

-- q03 几个县都有的文字指标，前二十 · the twenty indicators in words that most counties share
SELECT
  name_key,
  subcategory,
  COUNT(DISTINCT region_code) AS counties,
  COUNT(DISTINCT project_key) AS projects
FROM indicators
WHERE year = 2025 AND NOT measurable
GROUP BY name_key, subcategory
HAVING COUNT(DISTINCT region_code) > 1
ORDER BY counties DESC, projects DESC, name_key, subcategory
LIMIT 20;

-- q04 同一件事的单价离大家太远 · unit costs far from what others pay for the same thing
WITH prices AS (
  SELECT region_code, dept_key, project_key, seq, name_key, unit, CAST(value AS DOUBLE) AS cost
  FROM indicators
  WHERE year = 2025 AND role = 'cost' AND unit LIKE '元/%' AND value > 0
), usual AS (
  SELECT name_key, unit, AVG(LN(cost)) AS centre, STDDEV(LN(cost)) AS spread
  FROM prices
  GROUP BY name_key, unit
  HAVING COUNT(*) >= 30
)
SELECT
  one.region_code, one.dept_key, one.project_key, one.seq, one.name_key, one.unit, one.cost,
  ROUND(EXP(all_of.centre), 2) AS usual
FROM prices one
JOIN usual all_of ON all_of.name_key = one.name_key AND all_of.unit = one.unit
WHERE ABS(LN(one.cost) - all_of.centre) > 4 * all_of.spread
ORDER BY one.cost DESC, one.region_code, one.dept_key, one.project_key, one.seq
LIMIT 100;

-- q05 比去年放宽的目标 · targets that are easier than last year
SELECT
  this_one.region_code,
  COUNT(*) AS compared,
  SUM(CASE
    WHEN this_one.comparator = 'at_least' AND this_one.value < last_one.value THEN 1
    WHEN this_one.comparator = 'at_most' AND this_one.value > last_one.value THEN 1
    ELSE 0
  END) AS relaxed
FROM indicators this_one
JOIN indicators last_one
  ON last_one.year = this_one.year - 1
  AND last_one.region_code = this_one.region_code
  AND last_one.dept_key = this_one.dept_key
  AND last_one.project_key = this_one.project_key
  AND last_one.seq = this_one.seq
  AND last_one.comparator = this_one.comparator
  AND last_one.unit = this_one.unit
WHERE this_one.year = 2025 AND this_one.value IS NOT NULL AND last_one.value IS NOT NULL
GROUP BY this_one.region_code
ORDER BY relaxed DESC, this_one.region_code;

-- q06 没有满意度指标的项目和它们的钱 · the money of projects that ask nobody whether he is content
SELECT p.region_code, COUNT(*) AS projects, SUM(p.budget) AS budget
FROM projects p
WHERE p.year = 2025 AND NOT EXISTS (
  SELECT 1
  FROM indicators i
  WHERE i.year = p.year AND i.region_code = p.region_code AND i.dept_key = p.dept_key
    AND i.project_key = p.project_key AND i.role = 'satisfaction'
)
GROUP BY p.region_code
ORDER BY budget DESC, p.region_code;

-- q07 全省的支出曲线 · how the province plans to spend
SELECT
  s.due,
  SUM(CAST(p.budget AS DECIMAL(28, 4)) * CAST(s.share AS DECIMAL(5, 2))) * CAST(0.01 AS DECIMAL(3, 2)) AS due_by_then
FROM plan_points s
JOIN projects p
  ON p.year = s.year AND p.region_code = s.region_code AND p.dept_key = s.dept_key AND p.project_key = s.project_key
WHERE s.year = 2025
GROUP BY s.due
ORDER BY s.due;

-- q08 各县每百条指标警告最多的五个部门 · in each county the five departments with most warnings an indicator
WITH counted AS (
  SELECT region_code, dept_key, COUNT(*) AS indicators
  FROM indicators
  WHERE year = 2025
  GROUP BY region_code, dept_key
), warned AS (
  SELECT region_code, dept_key, COUNT(*) AS warnings
  FROM findings
  WHERE year = 2025 AND level <> 'note'
  GROUP BY region_code, dept_key
), placed AS (
  SELECT
    c.region_code, c.dept_key, w.warnings, c.indicators,
    ROW_NUMBER() OVER (
      PARTITION BY c.region_code ORDER BY CAST(w.warnings AS DOUBLE) / c.indicators DESC, c.dept_key
    ) AS place
  FROM counted c
  JOIN warned w ON w.region_code = c.region_code AND w.dept_key = c.dept_key
)
SELECT region_code, place, dept_key, warnings, indicators
FROM placed
WHERE place <= 5
ORDER BY region_code, place;

-- q09 全省用了两次的项目编码 · codes of projects that are used twice, anywhere
SELECT code, uses, region_code, dept_key, name
FROM (
  SELECT code, region_code, dept_key, name, COUNT(*) OVER (PARTITION BY code) AS uses
  FROM projects
  WHERE year = 2025 AND code IS NOT NULL
) coded
WHERE uses > 1
ORDER BY code, region_code, dept_key, name;

-- q10 各县预算增长的名次 · the growth of budgets, and the place of each county
WITH money AS (
  SELECT
    region_code,
    SUM(CASE WHEN year = 2024 THEN budget ELSE 0 END) AS before_,
    SUM(CASE WHEN year = 2025 THEN budget ELSE 0 END) AS now_
  FROM projects
  WHERE year IN (2024, 2025)
  GROUP BY region_code
)
SELECT
  region_code, before_, now_,
  ROUND(100 * (CAST(now_ AS DOUBLE) / CAST(before_ AS DOUBLE) - 1), 2) AS growth,
  RANK() OVER (ORDER BY CAST(now_ AS DOUBLE) / CAST(before_ AS DOUBLE) DESC) AS place
FROM money
WHERE before_ > 0
ORDER BY place, region_code;

-- q11 每条规则报了多少、在几个县 · how often each rule tells something, and in how many counties
SELECT code, level, COUNT(*) AS findings, COUNT(DISTINCT region_code) AS counties
FROM findings
WHERE year = 2025
GROUP BY code, level
ORDER BY findings DESC, code, level;

-- q12 只差一两个字的指标名称 · names that differ by a sign or two
WITH names AS (
  SELECT name_key, subcategory, COUNT(*) AS uses
  FROM indicators
  WHERE year = 2025
  GROUP BY name_key, subcategory
)
SELECT
  a.subcategory, a.name_key, b.name_key AS other,
  levenshtein(a.name_key, b.name_key) AS distance, a.uses + b.uses AS uses
FROM names a
JOIN names b ON b.subcategory = a.subcategory AND a.name_key < b.name_key
WHERE levenshtein(a.name_key, b.name_key) <= 2
ORDER BY uses DESC, a.name_key, b.name_key, a.subcategory
LIMIT 20;
