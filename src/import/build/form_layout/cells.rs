//! What the cells of a form print: the facts that were recognised in them, and the words of the form between these.

use std::ops::Range;

use super::ProjectLayout;
use crate::import::account::{CellPiece, Use};
use crate::import::build::fit;
use crate::import::recognise::draft::Again;
use crate::import::recognise::lexicon::{Content, LabelRoom, key_of};
use crate::import::recognise::signs::{is_money_word, money_unit_in, unit_in_bracket, year_in};
use crate::language::{Block, Field};
use crate::model::standard::project_form::{FactWord, LayoutPart, PLAIN, ProjectFact};

impl ProjectLayout<'_> {
    pub(super) fn know(&mut self) {
        let (draft, word) = (self.draft, ProjectFact::Word);
        let own = |label: Option<&CellPiece>, lead: Option<String>| {
            let key = key_of(self.reading.text(label?).trim_end_matches(['：', ':'])).text;
            let key = lead.map_or(key.clone(), |lead| key_of(&format!("{lead}{key}")).text);
            let rule = fit::field_rule(self.standard, Block::Project, &key)?;
            Some(ProjectFact::Own(self.standard.field_rules[rule].name.clone()))
        };
        let mut known: Vec<(CellPiece, ProjectFact)> = Vec::new();
        let mut announced: Vec<(u32, ProjectFact)> = Vec::new();
        for piece in draft.name.iter().chain(&draft.title) {
            let text = self.reading.text(piece);
            // 51000024T000000019951 公路养护
            let code = self.project.code.as_ref().map(|code| &*code.value).filter(|code| text.starts_with(code));
            if let Some(code) = code {
                known.push((piece.part(text, 0..code.len()), word(FactWord::Code)));
            }
            known.push((piece.part(text, code.map_or(0, str::len)..text.len()), word(FactWord::Name)));
        }
        known.extend(draft.code.iter().cloned().map(|piece| (piece, word(FactWord::Code))));
        known.extend(draft.unit_code.iter().cloned().map(|piece| (piece, word(FactWord::UnitCode))));
        known.extend(draft.budget.iter().cloned().map(|piece| (piece, word(FactWord::Budget))));
        let budget = draft.funds.iter().map(|fund| (fund, ProjectFact::Fund as fn(String) -> ProjectFact));
        let investment = draft.investment.iter().map(|fund| (fund, ProjectFact::Investment as _));
        for (fund, fact) in budget.chain(investment) {
            let source = fit::fund(self.standard, &key_of(self.reading.text(&fund.label)).text);
            let Some(source) = source.map(|source| &self.standard.fund_sources[source]) else { continue };
            announced.push((fund.label.cell, fact(source.name.clone())));
            known.extend(fund.amount.clone().map(|piece| (piece, fact(source.name.clone()))));
        }
        for line in &draft.plan {
            let text: String = self.reading.text(&line.checkpoint).split_whitespace().collect();
            let Some(at) = fit::checkpoint(self.standard, &text) else { continue };
            let share = ProjectFact::Share(self.standard.checkpoints[at].date);
            announced.push((line.checkpoint.cell, share.clone()));
            known.extend(line.share.clone().map(|piece| (piece, share)));
        }
        known.extend(draft.purpose.iter().cloned().map(|piece| (piece, ProjectFact::Plain(Field::Purpose))));
        known.extend(draft.goal.iter().cloned().map(|piece| (piece, ProjectFact::Plain(Field::Goal))));
        let plain = draft.plain.iter().filter(|(field, _)| PLAIN.contains(field));
        known.extend(plain.map(|(field, piece)| (piece.clone(), ProjectFact::Plain(*field))));
        for one in &draft.extra {
            let Some(fact) = own(one.label.as_ref(), one.lead.clone()) else { continue };
            announced.extend(one.label.as_ref().map(|label| (label.cell, fact.clone())));
            known.push((one.value.clone(), fact));
        }
        for again in &draft.again {
            known.extend(match again {
                Again::Amount { fund: None, amount, .. } => Some((amount.clone(), word(FactWord::Budget))),
                Again::Goal(piece) => Some((piece.clone(), ProjectFact::Plain(Field::Goal))),
                Again::Amount { fund: Some(fund), amount, .. } => {
                    let source = fit::fund(self.standard, &key_of(self.reading.text(fund)).text);
                    let name = source.map(|source| self.standard.fund_sources[source].name.clone());
                    name.map(|name| (amount.clone(), ProjectFact::Fund(name)))
                }
                Again::Field(_) => None,
            });
        }
        let department = &self.reading.draft.departments[draft.department];
        known.extend(department.code.iter().cloned().map(|piece| (piece, word(FactWord::DepartmentCode))));
        known.extend(department.name.iter().cloned().map(|piece| (piece, word(FactWord::Department))));
        known.extend(department.year.iter().cloned().map(|piece| (piece, word(FactWord::Year))));
        if let Some(unit) = &draft.unit {
            match own(unit.label.as_ref(), None) {
                Some(fact) => {
                    announced.extend(unit.label.as_ref().map(|label| (label.cell, fact.clone())));
                    known.push((unit.value.clone(), fact));
                }
                None => known.extend(self.of_unit(&unit.value)),
            }
        }
        self.announced.extend(announced);
        for (piece, fact) in known {
            let (range, parts) = self.placed(&piece, fact);
            let of_cell = self.facts.entry(piece.cell).or_default();
            if of_cell.iter().all(|(other, _)| other.end <= range.start || range.end <= other.start) {
                of_cell.push((range, parts));
                of_cell.sort_by_key(|(range, _)| range.start);
            }
        }
    }

    /// The code and the name of a unit in one cell; the department's name where that is what it says.
    fn of_unit(&self, value: &CellPiece) -> Vec<(CellPiece, ProjectFact)> {
        let text = self.reading.text(value);
        let part = |found: Option<usize>, said: &str, fact| {
            found.map(|at| (value.part(text, at..at + said.len()), ProjectFact::Word(fact)))
        };
        let Some(code) = self.project.unit_of_account.as_ref().map(|code| &*code.value) else {
            return vec![(value.clone(), ProjectFact::Word(FactWord::Department))];
        };
        let unit = self.department.and_then(|one| one.units_of_account.iter().find(|unit| &*unit.code.value == code));
        let name = unit.and_then(|unit| unit.name.as_ref()).map_or("", |name| &*name.value);
        let of_code = part(text.find(code), code, FactWord::UnitCode);
        let of_name = part(text.find(name).filter(|_| !name.is_empty()), name, FactWord::Unit);
        of_code.into_iter().chain(of_name).collect()
    }

    /// The bytes of its cell that a fact takes, and how it is printed there.
    fn placed(&self, piece: &CellPiece, fact: ProjectFact) -> (Range<usize>, Vec<LayoutPart>) {
        let (start, mut end) = (piece.bytes.start as usize, piece.bytes.end as usize);
        let text = self.reading.text(piece);
        let is_amount = match &fact {
            ProjectFact::Word(word) => *word == FactWord::Budget,
            ProjectFact::Plain(field) => *field == Field::TotalInvestment,
            ProjectFact::Fund(_) | ProjectFact::Investment(_) => true,
            ProjectFact::Share(_) | ProjectFact::Own(_) | ProjectFact::OfDepartment(_) | ProjectFact::Item(_) => false,
        };
        if fact == ProjectFact::Word(FactWord::Name)
            // A title leaves out what titles hold anyway: 村路维修 of 村路维修项目.
            && let Some(rest) = self.project.name.value.strip_prefix(text)
            && self.reading.cells.get(piece.cell).text[end..].starts_with(rest)
        {
            end += rest.len();
        }
        let behind = text.rfind(|sign: char| sign.is_ascii_digit()).map_or("", |at| text[at + 1..].trim());
        let mut parts = vec![LayoutPart::Fact(fact)];
        if is_amount && is_money_word(behind) {
            parts.push(LayoutPart::Fact(ProjectFact::Word(FactWord::MoneyUnit)));
        }
        (start..end, parts)
    }

    /// The fact that a label announces.
    pub(super) fn announced_by(&self, label: u32) -> Option<ProjectFact> {
        if let Some(fact) = self.announced.get(&label) {
            return Some(fact.clone());
        }
        let text = self.words(label).trim().trim_end_matches(['：', ':']);
        let word = |word| Some(ProjectFact::Word(word));
        if self.facts.contains_key(&label) {
            return None;
        }
        match self.lexicon.find(LabelRoom::Project, text)? {
            Content::DepartmentName => word(FactWord::Department),
            Content::DepartmentCode => word(FactWord::DepartmentCode),
            Content::Year => word(FactWord::Year),
            Content::Code => word(FactWord::Code),
            Content::Name => word(FactWord::Name),
            Content::Unit => word(FactWord::Unit),
            Content::UnitCode => word(FactWord::UnitCode),
            Content::MoneyUnit => word(FactWord::MoneyUnit),
            Content::Budget | Content::Money => word(FactWord::Budget),
            Content::Purpose => Some(ProjectFact::Plain(Field::Purpose)),
            Content::Goal => Some(ProjectFact::Plain(Field::Goal)),
            Content::Plain(field) => PLAIN.contains(&field).then_some(ProjectFact::Plain(field)),
            Content::Fund => {
                let source = fit::fund(self.standard, &key_of(text).text)?;
                Some(ProjectFact::Fund(self.standard.fund_sources[source].name.clone()))
            }
            Content::Extra => {
                let rule = fit::field_rule(self.standard, Block::Project, &key_of(text).text)?;
                Some(ProjectFact::Own(self.standard.field_rules[rule].name.clone()))
            }
            _ => None,
        }
    }

    /// What a part of a cell prints: its facts, and the words of the form between them. What is left over, or says again
    /// what nobody knows, is no word of the form.
    pub(super) fn parts(&self, cell: u32, bytes: Range<usize>) -> Vec<LayoutPart> {
        let text = self.words(cell);
        let none = Vec::new();
        let facts = self.facts.get(&cell).unwrap_or(&none);
        let mut parts = Vec::new();
        let mut at = bytes.start;
        for (range, own) in facts.iter().filter(|(range, _)| bytes.start <= range.start && range.end <= bytes.end) {
            if range.start >= at {
                self.words_of_form(cell, at..range.start, &mut parts);
                // Several paragraphs of one fact are one.
                if parts.last() != own.last() {
                    parts.extend(own.iter().cloned());
                }
                at = range.end;
            }
        }
        self.words_of_form(cell, at..bytes.end.min(text.len()), &mut parts);
        if let Some(LayoutPart::Text(text)) = parts.last_mut() {
            text.truncate(text.trim_end().len());
        }
        parts.retain(|part| !matches!(part, LayoutPart::Text(text) if text.is_empty()));
        parts
    }

    fn words_of_form(&self, cell: u32, bytes: Range<usize>, parts: &mut Vec<LayoutPart>) {
        let text = self.words(cell);
        let is_of_amount = match self.announced_by(cell) {
            Some(ProjectFact::Word(word)) => word == FactWord::Budget,
            Some(ProjectFact::Plain(field)) => field == Field::TotalInvestment,
            Some(ProjectFact::Fund(_) | ProjectFact::Investment(_)) => true,
            _ => false,
        };
        let mut kept = String::new();
        let mut at = bytes.start;
        for (piece, use_) in self.reading.account.parts(cell, &self.reading.cells) {
            let (start, end) = (piece.bytes.start as usize, piece.bytes.end as usize);
            let (start, end) = (start.clamp(at, bytes.end.max(at)), end.clamp(at, bytes.end.max(at)));
            match use_ {
                Some(Use::Furniture | Use::Placed(_)) => kept.push_str(&text[at..end]),
                Some(Use::Repeat) => {
                    kept.push_str(&text[at..start]);
                    self.labelled(&std::mem::take(&mut kept), is_of_amount, parts);
                    parts.extend(self.repeated(&text[start..end]).map(LayoutPart::Fact));
                }
                None => kept.push_str(&text[at..start]),
            }
            at = end;
        }
        kept.push_str(&text[at..bytes.end.max(at)]);
        self.labelled(&kept, is_of_amount, parts);
    }

    /// A fact of the department or the project by what it says.
    fn repeated(&self, text: &str) -> Option<ProjectFact> {
        let is = |said: Option<&str>| said.is_some_and(|said| said == text.trim());
        let department = self.department?;
        let year = department.year.as_ref().map(|year| year.value.to_string());
        let unit = self.project.unit_of_account.as_ref().map(|code| &*code.value);
        let units = &department.units_of_account;
        let unit_name = units.iter().find(|one| Some(&*one.code.value) == unit).and_then(|one| one.name.as_ref());
        let known = [
            (is(Some(&department.name.value)), FactWord::Department),
            (is(department.code.as_ref().map(|code| &*code.value)), FactWord::DepartmentCode),
            (is(year.as_deref()), FactWord::Year),
            (is(Some(&self.project.name.value)), FactWord::Name),
            (is(self.project.code.as_ref().map(|code| &*code.value)), FactWord::Code),
            (is(unit), FactWord::UnitCode),
            (is(unit_name.map(|name| &*name.value)), FactWord::Unit),
        ];
        known.into_iter().find(|(is, _)| *is).map(|(_, word)| ProjectFact::Word(word))
    }

    /// Words of the form, in which the year and the unit of the amounts are facts. The label of an amount may state a unit of
    /// its own: it is printed in that of the others.
    fn labelled(&self, text: &str, is_of_amount: bool, parts: &mut Vec<LayoutPart>) {
        // A blank parts two facts.
        let blank = |is_one: bool| if is_one { " " } else { "" };
        let (lead, trail) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
        let line = one_line(text);
        let text = match (parts.is_empty(), line.is_empty()) {
            (false, true) => blank(lead).to_owned(),
            (is_first, _) => format!("{}{line}{}", blank(lead && !is_first), blank(trail && !line.is_empty())),
        };
        let year = self.department.and_then(|one| one.year.as_ref()).map(|year| year.value.to_string());
        // 实施期目标（2024年—2026年） is about several years.
        let is_only = |bytes: &Range<usize>| year_in(&text[bytes.end..]).is_none();
        let of_year = year_in(&text).filter(|bytes| Some(&text[bytes.clone()]) == year.as_deref() && is_only(bytes));
        let stated = unit_in_bracket(&text).or(money_unit_in(&text, self.lexicon).map(|(_, unit)| unit));
        let unit = stated.clone().filter(|_| is_of_amount).unwrap_or_else(|| self.standard.money_unit_name());
        let is_unit = text.trim() == unit || stated.as_ref() == Some(&unit);
        let of_unit = text.rfind(&unit).filter(|_| is_unit && !unit.is_empty()).map(|at| at..at + unit.len());
        let mut holes: Vec<(Range<usize>, FactWord)> =
            of_year.map(|bytes| (bytes, FactWord::Year)).into_iter().collect();
        holes.extend(of_unit.map(|bytes| (bytes, FactWord::MoneyUnit)));
        holes.sort_by_key(|(bytes, _)| bytes.start);
        let mut at = 0;
        let put = |words: &str, parts: &mut Vec<LayoutPart>| {
            if !words.is_empty() {
                parts.push(LayoutPart::Text(words.to_owned()));
            }
        };
        for (bytes, word) in holes {
            put(&text[at..bytes.start], parts);
            parts.push(LayoutPart::Fact(ProjectFact::Word(word)));
            at = bytes.end;
        }
        put(&text[at..], parts);
    }
}

/// A label on one line: where a line ends between Han signs, nothing stands.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    for part in text.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty()) {
        let is_ascii = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_alphanumeric());
        if is_ascii(line.chars().next_back()) && is_ascii(part.chars().next()) {
            line.push(' ');
        }
        let words: Vec<&str> = part.split_whitespace().collect();
        line.push_str(&words.join(" "));
    }
    line
}
