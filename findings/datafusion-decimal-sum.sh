#!/usr/bin/env bash
# DataFusion 55.0.0: the sum of thirty positive DECIMAL(38,10) is a negative number, without an error or a warning.
#
# The type has room for 28 digits before the point. Thirty times 9e27 needs 30, and the sum comes round in 128 bits.
# DuckDB 2.0.1 refuses the same query. Seen:
#   DataFusion  -2225893536750770770699685945.4145691648
#   DuckDB      an error that names the overflow
# Who sums money in an engine keeps columns narrow: an engine adds ten digits to DECIMAL(18,4) before it sums.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/engines"
"$folder/engines/bin/pip" install --quiet --disable-pip-version-check datafusion==55.0.0 duckdb==2.0.1
"$folder/engines/bin/python" - <<'PYTHON'
import sys
from decimal import Decimal

import datafusion
import duckdb

value = "9000000000000000000000000000"
rows = " UNION ALL ".join(f"SELECT CAST('{value}' AS DECIMAL(38,10)) AS amount" for _ in range(30))
query = f"SELECT SUM(amount) AS total FROM ({rows}) AS amounts"

total = datafusion.SessionContext().sql(query).to_pylist()[0]["total"]
print("DataFusion", datafusion.__version__, total)
try:
    refused = None
    print("DuckDB", duckdb.__version__, duckdb.sql(query).fetchall()[0][0])
except duckdb.Error as error:
    refused = str(error)
    print("DuckDB", duckdb.__version__, "refuses:", refused.splitlines()[0])

seen = total == Decimal("-2225893536750770770699685945.4145691648")
sys.exit(0 if seen and refused else "this is not what was seen")
PYTHON
