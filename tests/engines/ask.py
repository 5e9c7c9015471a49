"""Asks an engine the questions of a file over the tables of a folder, and prints the answers as JSON.

    python ask.py duckdb|datafusion|spark TABLES QUESTIONS.sql...

A question is what stands between `-- qNN` and the semicolon. Decimals come out as plain text without needless zeros,
floating numbers with nine digits: engines differ in the last ones.
"""

import datetime
import decimal
import json
import os
import re
import sys


def questions(path):
    text = open(path, encoding="utf-8").read()
    found = {}
    for part in re.split(r"(?m)^(?=-- q\d\d)", text)[1:]:
        name, sql = part[3:6], part.split(";", 1)[0]
        found[name] = sql
    return found


def tables(folder):
    return sorted(name for name in os.listdir(folder) if os.path.isdir(os.path.join(folder, name)))


def plain(cell):
    if isinstance(cell, bool) or cell is None or isinstance(cell, (int, str)):
        return cell
    if isinstance(cell, decimal.Decimal):
        text = format(cell, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(cell, float):
        text = format(decimal.Decimal(format(cell, ".9g")), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(cell, (datetime.date, datetime.datetime)):
        return cell.isoformat()[:10]
    raise TypeError(type(cell))


def duckdb(folder):
    import duckdb

    connection = duckdb.connect()
    for table in tables(folder):
        files = os.path.join(folder, table, "*.parquet")
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{files}', union_by_name = true)")

    def ask(sql):
        answer = connection.execute(sql)
        return [column[0] for column in answer.description], answer.fetchall()

    return ask


def datafusion(folder):
    import datafusion

    context = datafusion.SessionContext()
    for table in tables(folder):
        context.register_parquet(table, os.path.join(folder, table))

    def ask(sql):
        answer = context.sql(sql)
        names = answer.schema().names
        rows = []
        for batch in answer.collect():
            columns = [column.to_pylist() for column in batch.columns]
            rows.extend(zip(*columns))
        return names, rows

    return ask


def spark(folder):
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "1g")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    for table in tables(folder):
        session.read.parquet(os.path.join(folder, table)).createOrReplaceTempView(table)

    def ask(sql):
        answer = session.sql(sql)
        return answer.columns, [tuple(row) for row in answer.collect()]

    return ask


def main():
    engine, folder, *files = sys.argv[1:]
    ask = {"duckdb": duckdb, "datafusion": datafusion, "spark": spark}[engine](folder)
    answers = []
    for file in files:
        answered = {}
        for name, sql in questions(file).items():
            columns, rows = ask(sql)
            answered[name] = {"columns": list(columns), "rows": [[plain(cell) for cell in row] for row in rows]}
        answers.append(answered)
    json.dump(answers, sys.stdout, ensure_ascii=False)


main()
