"""Compares Parquet files with what `jixiao schema --tables --format json` says of them; prints what differs.

    python look.py TABLES SCHEMA.json
"""

import json
import os
import sys

import pyarrow.parquet

TYPES = {
    "VARCHAR": "string",
    "INTEGER": "int32",
    "DECIMAL(18,4)": "decimal128(18, 4)",
    "DECIMAL(9,4)": "decimal128(9, 4)",
    "DATE": "date32[day]",
    "BOOLEAN": "bool",
}


def look(path, table, version):
    file = pyarrow.parquet.ParquetFile(path)
    metadata = file.metadata
    schema = metadata.schema.to_arrow_schema()
    columns = table["columns"]
    yield "created_by", metadata.created_by.rsplit(" ", 1)[0], "jixiao"
    yield "columns", schema.names, [column["name"] for column in columns]
    yield "types", [str(field.type) for field in schema], [TYPES[column["type"]] for column in columns]
    yield "nullable", [field.nullable for field in schema], [column["nullable"] for column in columns]
    said = {key.decode(): value.decode() for key, value in metadata.metadata.items()}
    wanted = {f"jixiao.label.{column['name']}": column["label"] for column in columns}
    wanted.update({"jixiao.schema": str(version), "jixiao.table": table["name"], "jixiao.label": table["label"]})
    yield "metadata", said, wanted
    for index in range(metadata.num_row_groups):
        group = metadata.row_group(index)
        yield "rows of a group", group.num_rows <= 122880, True
        codecs = {group.column(column).compression for column in range(group.num_columns)}
        yield "codecs", codecs, {"SNAPPY"}
        yield "statistics", all(group.column(c).is_stats_set for c in range(group.num_columns)), True
    keys = file.read(columns=table["key"]).to_pylist()
    # What is NULL stands first.
    keys = [tuple((cell is not None, cell if cell is not None else "") for cell in row.values()) for row in keys]
    keys = [tuple((there, text.encode() if isinstance(text, str) else text) for there, text in row) for row in keys]
    yield "in order", keys == sorted(keys), True
    yield "each key once", len(set(keys)), len(keys)
    name = os.path.basename(path).removesuffix(".parquet").split("-", 1)
    placed = {(row[0][1], row[1][1].decode()) for row in keys}
    yield "year and region", placed <= {(int(name[0]), name[1])}, True


def main():
    folder, schema = sys.argv[1:]
    document = json.load(open(schema, encoding="utf-8"))
    tables = {table["name"]: table for table in document["tables"]}
    folders = sorted(name for name in os.listdir(folder) if os.path.isdir(os.path.join(folder, name)))
    wrong = [] if folders == sorted(tables) else [f"folders: {folders}"]
    for name in folders:
        for file in sorted(os.listdir(os.path.join(folder, name))):
            path = os.path.join(folder, name, file)
            for what, found, wanted in look(path, tables[name], document["schema_version"]):
                if found != wanted:
                    wrong.append(f"{name}/{file}: {what}: {found}, not {wanted}")
    print("\n".join(wrong))


main()
