//! Departments, their projects, and the money of these.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::cell::EngineCell;
use super::{ColumnType, PutRow, TableOffice};
use crate::backend::source_text;
use crate::model::unit::Quantity;
use crate::score::Exact;

pub(super) fn departments(office: &TableOffice<'_>, put: &mut PutRow<'_>) {
    let Some(department) = office.department() else { return };
    let [year, region, key] = office.common();
    let whole = office.model.whole_of(office.id).map(|(_, whole)| whole);
    let budget = whole.and_then(|whole| whole.budget.as_ref()?.total.as_ref());
    let standard = whole.map_or(office.standard(), |whole| &office.model[whole.standard]);
    put(&[
        year,
        region,
        key,
        EngineCell::words(department.code.as_ref()),
        EngineCell::text(&*department.name.value),
        EngineCell::text(office.standard().name.as_str()),
        EngineCell::words(department.overall_goal()),
        EngineCell::may_text(source_hash(office)),
        EngineCell::text(env!("CARGO_PKG_VERSION")),
        EngineCell::number(budget.and_then(|budget| budget.base_value(standard)), ColumnType::Decimal),
        EngineCell::may_text(budget.map(|budget| source_text::quantity(budget, standard))),
    ]);
}

pub(super) fn projects(office: &TableOffice<'_>, put: &mut PutRow<'_>) {
    let units = office.id.map_or(&[][..], |id| &office.model[id].units_of_account);
    for (project_key, _, project) in office.projects() {
        let [year, region, key] = office.common();
        let standard = &office.model[project.standard];
        let budget = project.budget.as_ref().and_then(|budget| budget.total.as_ref());
        let unit = project.unit_of_account.as_ref();
        let known = unit.and_then(|unit| units.iter().find(|known| known.code.value == unit.value));
        let [file, line, _] = office.place(Some(project.span));
        put(&[
            year,
            region,
            key,
            EngineCell::text(project_key),
            EngineCell::words(project.code.as_ref()),
            EngineCell::text(&*project.name.value),
            EngineCell::words(unit),
            EngineCell::number(project.budget_amount(standard), ColumnType::Decimal),
            EngineCell::may_text(budget.map(|budget| source_text::quantity(budget, standard))),
            EngineCell::words(project.purpose()),
            EngineCell::words(project.goal()),
            EngineCell::Truth(project.damage.any()),
            EngineCell::words(known.and_then(|known| known.name.as_ref())),
            file,
            line,
        ]);
    }
}

pub(super) fn funds(office: &TableOffice<'_>, put: &mut PutRow<'_>) {
    for (project_key, _, project) in office.projects() {
        let standard = &office.model[project.standard];
        for (seq, line) in project.budget.iter().flat_map(|budget| &budget.funds).enumerate() {
            let [year, region, key] = office.common();
            let amount = line.amount.as_ref();
            put(&[
                year,
                region,
                key,
                EngineCell::text(project_key),
                EngineCell::count(seq + 1),
                EngineCell::text(standard.fund_sources[line.source].name.as_str()),
                EngineCell::number(amount.and_then(|amount| amount.base_value(standard)), ColumnType::Decimal),
                EngineCell::may_text(amount.map(|amount| source_text::quantity(amount, standard))),
            ]);
        }
    }
}

pub(super) fn plan_points(office: &TableOffice<'_>, put: &mut PutRow<'_>) {
    for (project_key, _, project) in office.projects() {
        let standard = &office.model[project.standard];
        let budget = project.budget_amount(standard);
        for (seq, line) in project.plan.iter().flat_map(|plan| &plan.lines).enumerate() {
            let [year, region, key] = office.common();
            let checkpoint = &standard.checkpoints[line.checkpoint];
            let due = (office.year != 0).then(|| checkpoint.date.in_year(office.year));
            // In percent, whatever the unit of the share.
            let share = Quantity::base_value(&line.share, standard);
            let amount = budget.zip(share).map(|(budget, share)| Exact::from(budget) * Exact::percent(share));
            put(&[
                year,
                region,
                key,
                EngineCell::text(project_key),
                EngineCell::count(seq + 1),
                EngineCell::text(checkpoint.label.as_str()),
                EngineCell::day(due),
                EngineCell::number(share, ColumnType::Share),
                EngineCell::computed(amount.as_ref(), ColumnType::Decimal),
            ]);
        }
    }
}

/// Of what the source files hold, whatever they are called; none without sources.
fn source_hash(office: &TableOffice<'_>) -> Option<String> {
    let sources = office.context.sources?;
    let mut hash = Sha256::new();
    for file in office.files() {
        let text = &sources.get(file).text;
        // With its length: where a file ends is part of it.
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    let mut written = String::new();
    for byte in hash.finalize() {
        let _ = write!(written, "{byte:02x}");
    }
    Some(written)
}
