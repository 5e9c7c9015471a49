#!/usr/bin/env bash
# 读入各县的文件夹，一行一个；每个县检查一遍，写出检查发现和各表。Reads folders of counties, one a line.
#
#   county.sh 全省
#
# 写到 全省/检查/县.csv、全省/表名/年度-区划.parquet；状态写在 全省/状态/县，最后才写：重跑时，写了状态而源文件没有更新的县不再跑。
# 每个县说一行：状态、制表符、文件夹。0 没有错误，1 有错误，检查发现照样写出，各表不写；别的是没有跑成，整个任务失败，重跑只跑没有跑成的。
# Statuses 0 and 1 are results: with errors there are findings, and no tables. Any other is a failure, told at the end.
set -uo pipefail
out=$1
jixiao=${JIXIAO:-jixiao}
failed=0
mkdir -p "$out/检查" "$out/状态"
while IFS= read -r county; do
  [ -n "$county" ] || continue
  name=$(basename "$county")
  state=$out/状态/$name
  if [ -e "$state" ] && [ -z "$(find "$county" -type f -newer "$state" -print -quit)" ]; then
    printf '%s\t%s\n' "$(cat "$state")" "$county"
    continue
  fi
  # What a run left behind that was stopped goes, too.
  rm -f "$state" "$out/检查/.$name".*
  # Written whole or not at all.
  "$jixiao" check --quiet --format csv "$county" </dev/null >"$out/检查/.$name.$$" && status=0 || status=$?
  if [ "$status" -le 1 ]; then
    mv "$out/检查/.$name.$$" "$out/检查/$name.csv"
    if [ "$status" -eq 0 ]; then
      "$jixiao" build --quiet --to parquet -o "$out" "$county" </dev/null || status=$?
    fi
  fi
  rm -f "$out/检查/.$name.$$"
  if [ "$status" -le 1 ]; then
    echo "$status" >"$state.$$" && mv "$state.$$" "$state"
  else
    failed=2
  fi
  printf '%s\t%s\n' "$status" "$county"
done
exit "$failed"
