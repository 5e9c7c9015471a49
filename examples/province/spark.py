"""一个县一个任务，在 Spark 上检查全省。A county a task, on Spark.

    spark-submit spark.py 各县的文件夹 全省

各县的文件夹里一个县一个子文件夹。county.sh 和 jixiao 要在每个工作节点上（JIXIAO 写明在哪里），全省 是各节点都写得到的地方。
The folder of counties, county.sh and jixiao have to be reachable on every worker, the output as well.
"""

import os
import sys

from pyspark.sql import SparkSession


def main():
    counties, out = (os.path.abspath(path) for path in sys.argv[1:3])
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "county.sh")
    folders = sorted(entry.path for entry in os.scandir(counties) if entry.is_dir())
    builder = SparkSession.builder.appName("jixiao").config("spark.ui.enabled", "false")
    context = builder.getOrCreate().sparkContext
    # A county a task. A status that is no result fails its task; the others are not run again.
    lines = context.parallelize(folders, max(len(folders), 1)).pipe(f"{script} '{out}'", dict(os.environ), checkCode=True)
    for line in lines.collect():
        print(line)


main()
