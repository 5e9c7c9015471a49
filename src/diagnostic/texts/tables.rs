//! What is said of tables for engines.

use super::{Argument, Language, Text, Wording};

texts! {
    region_is_no_code(written) "`{written}` 不是区划编码：写 1 到 12 位数字或字母，如 130229" "`{written}` is no code of a region: 1 to 12 digits or letters, such as 130229"
    tables_without_region() "没有一个项目编码说明这是哪个区划，没有写 parquet" "no code of a project says which region this is: no parquet was written"
    tables_without_region_help() "写明区划：--region 130229" "say which: --region 130229"
    tables_of_regions(regions) "项目编码里的区划不止一个，没有写 parquet：{regions}" "the codes of projects name several regions, no parquet was written: {regions}"
    tables_of_regions_help() "一个县一个县地编译；编码写错的改正，或用 --region 写明全部归哪个区划" "build each county by itself, mend codes that are wrong, or say with --region which region all of it is"
    tables_without_year(departments) "没有写预算年度，不知道归哪一年的表，没有写 parquet：{departments}" "without a fiscal year nobody knows which tables they belong to, no parquet was written: {departments}"
    tables_without_year_help() "在部门里写 年度 2025，或加 --year 2025" "state it in the department: 年度 2025, or add --year 2025"
    tables_in_year(departments, year) "没有写预算年度的归 {year} 年：{departments}" "without a fiscal year, taken to {year}: {departments}"
    tables_outside_departments() "有的内容不属于任何部门，没有部门和年度，没有写 parquet" "something belongs to no department, and so to no year: no parquet was written"
    tables_outside_departments_help() "在同一个文件夹里写 部门，并写明 年度" "declare a 部门 in its folder, with its 年度"
}
