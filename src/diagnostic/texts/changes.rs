//! What changed between two versions.

use super::{Argument, Language, Text, Wording};

texts! {
    nothing_changed() "没有变化" "nothing changed"
    changes_counted(count) "{count} 处变化" "{count} changes"
    change_difference(amount, unit, percent) "{amount}{unit}（{percent}%）" "{amount} {unit} ({percent}%)"
    change_points(points) "{points} 个百分点" "{points} percentage points"
    change_difference_alone(amount, unit) "{amount}{unit}" "{amount} {unit}"
    change_resolved(old, new) "折算：{old} → {new}" "comes to: {old} → {new}"
    change_unknown_value() "无法折算" "not known"
    change_area(area) "两条支出曲线之间 {area} 个百分点·月" "{area} percentage points × months between the curves"
    change_widest(checkpoint, points) "相差最大：{checkpoint} {points} 个百分点" "widest apart: {checkpoint}, {points} percentage points"
    change_alike(old, new, percent) "`{old}` 和 `{new}` 相似 {percent}%" "`{old}` and `{new}` are {percent}% alike"
    change_counterpart(name, amount, unit) "{name} {amount}{unit}" "{name}: {amount} {unit}"
    change_balance(out, into, rest, unit) "调出 {out}{unit}，调入 {into}{unit}，差额 {rest}{unit}" "out {out} {unit}, in {into} {unit}, balance {rest} {unit}"
    change_because(title, old, new) "因{title}：{old} → {new}" "because {title}: {old} → {new}"
    points_of_execution() "预算执行率得分" "points for execution"
    points_of_indicator() "得分" "points"
    points_in_all() "总分" "total"
    grade_in_all() "等次" "grade"
    light_of_money() "资金灯" "light of the money"
    light_of_goal() "目标灯" "light of the goal"
    change_part(name, amount, percent) "`{name}` {amount}，{percent}% 的指标相同" "`{name}` {amount}, {percent}% of its indicators the same"
    change_part_without_amount(name, percent) "`{name}`，{percent}% 的指标相同" "`{name}`, {percent}% of its indicators the same"
}
