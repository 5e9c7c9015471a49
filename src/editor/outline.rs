//! The declarations of a file as a tree, and those of a workspace by name.

use super::Declaration;
use super::declaration::{PlacedStatement, department_at, project_at};
use super::sites::unquoted;
use super::spelling::fit;
use crate::diagnostic::{Text, texts};
use crate::language::{self, Block, Field};
use crate::model::Project;
use crate::model::number::grouped;
use crate::model::print::target_cell;
use crate::source::{FileId, Span};
use crate::syntax::{StatementKind, split};
use crate::workspace::Analysis;

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    /// 部门
    Department,
    /// 项目
    Project,
    /// 标准
    Standard,
    /// 批复, 调整, 监控 …
    Occasion,
    /// 指标
    Indicator,
    /// 分项目标
    SubGoal,
    /// 保障措施
    Safeguard,
    /// A category or subcategory of a standard.
    Category,
    /// A unit of a standard.
    Unit,
    /// Another line of a standard.
    Field,
}

/// A declaration, and those in it.
#[derive(Clone, Debug)]
pub struct OutlineSymbol {
    /// Without quotes.
    pub name: String,
    /// What tells it from others: a target, an amount.
    pub detail: Option<Text>,
    /// What a client shows before it.
    pub kind: SymbolKind,
    /// All of it.
    pub span: Span,
    /// Its name.
    pub name_span: Span,
    /// What is declared in it, in the order of the text.
    pub children: Vec<OutlineSymbol>,
}

/// A declaration somewhere in the workspace.
#[derive(Clone, Debug)]
pub struct FoundDeclaration {
    /// Without quotes.
    pub name: String,
    /// What a client shows before it.
    pub kind: SymbolKind,
    /// Where it is declared.
    pub span: Span,
    /// The project of an indicator, the code of a project.
    pub container: String,
}

/// The declarations of a file.
pub fn symbols(analysis: &Analysis, file: FileId) -> Vec<OutlineSymbol> {
    let mut symbols = Vec::new();
    let text = &analysis.sources.get(file).text;
    // One tree at a time: all of them would be many times the text.
    for chunk in split(file, text).unwrap_or_default() {
        let declaration = Declaration::of(file, text, &chunk);
        let placed = declaration.placed();
        // Looked up once for all of its indicators.
        let project = placed.first().and_then(|root| project_at(analysis, root.node.head_span()));
        let scene = OutlineScene { analysis, declaration: &declaration, project: project.map(|(_, project)| project) };
        let mut index = 0;
        while index < placed.len() {
            symbols.extend(symbol(&scene, &placed, &mut index));
        }
    }
    symbols
}

/// A declaration, and the project that it is.
struct OutlineScene<'a> {
    analysis: &'a Analysis,
    declaration: &'a Declaration<'a>,
    project: Option<&'a Project>,
}

/// The symbol of a statement with those in it; those alone where it is none.
fn symbol(scene: &OutlineScene<'_>, placed: &[PlacedStatement<'_>], index: &mut usize) -> Vec<OutlineSymbol> {
    let OutlineScene { analysis, declaration, project } = *scene;
    let own = &placed[*index];
    *index += 1;
    let mut children = Vec::new();
    while *index < placed.len() && placed[*index].depth > own.depth {
        children.extend(symbol(scene, placed, index));
    }
    let Some((kind, name_span, detail)) = described(analysis, project, own) else { return children };
    let name = unquoted(analysis.sources.slice(name_span));
    // Clients refuse a name that is empty.
    let name = if name.trim().is_empty() { own.node.label_text().to_owned() } else { shortened(&name) };
    let start = own.node.statement().head.start;
    let end = super::folding::end_of(declaration, own);
    let span = Span { file: declaration.file, start, end: end.max(name_span.end) };
    vec![OutlineSymbol { name, detail, kind, span, name_span, children }]
}

/// A goal is a sentence: its beginning will do.
fn shortened(name: &str) -> String {
    const LENGTH: usize = 24;
    let line: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.trim_matches('"').trim();
    if line.chars().count() <= LENGTH { line.to_owned() } else { line.chars().take(LENGTH).chain(['…']).collect() }
}

fn described(
    analysis: &Analysis,
    project: Option<&Project>,
    placed: &PlacedStatement<'_>,
) -> Option<(SymbolKind, Span, Option<Text>)> {
    let node = placed.node;
    let values = node.values();
    let last = values.last().map_or(node.label_span(), |value| node.span(value.bytes));
    let first = values.first().map_or(node.label_span(), |value| node.span(value.bytes));
    let head = node.head_span();
    Some(match node.kind() {
        StatementKind::Department => {
            let detail = department_at(analysis, head).and_then(|(_, department)| department.code.as_ref());
            (SymbolKind::Department, last, detail.map(|code| Text::same(&*code.value)))
        }
        StatementKind::Project => {
            let budget = project.and_then(|project| {
                let standard = &analysis.model[project.standard];
                let amount = project.budget_amount(standard)?;
                Some(Text::same(format!("{} {}", grouped(amount), super::hover::base_unit(standard))))
            });
            (SymbolKind::Project, last, budget)
        }
        StatementKind::Standard => (SymbolKind::Standard, first, None),
        StatementKind::Occasion => (SymbolKind::Occasion, first, None),
        StatementKind::Indicator => {
            let name = values.get(1).map_or(node.label_span(), |value| node.span(value.bytes));
            (SymbolKind::Indicator, name, indicator_detail(analysis, project, head))
        }
        StatementKind::Field => {
            let field = language::field(placed.block?, node.label_text())?;
            let kind = match field.inner {
                None if field == Field::Safeguard => SymbolKind::Safeguard,
                Some(Block::SubGoal) => SymbolKind::SubGoal,
                Some(Block::Category | Block::Subcategory) => SymbolKind::Category,
                Some(Block::Unit) => SymbolKind::Unit,
                Some(Block::FundSource | Block::FieldRule) => SymbolKind::Field,
                Some(
                    Block::Approval
                    | Block::Adjustment
                    | Block::AdjustedBudget
                    | Block::Monitoring
                    | Block::SelfEvaluation
                    | Block::Execution
                    | Block::Completion
                    | Block::Rectification
                    | Block::Review
                    | Block::Evaluation
                    | Block::Area
                    | Block::Department
                    | Block::Project
                    | Block::Budget
                    | Block::Plan
                    | Block::Indicator
                    | Block::Standard
                    | Block::Framework
                    | Block::WeightScheme
                    | Block::CodeForm
                    | Block::IndicatorTable
                    | Block::YearForm
                    | Block::ProjectForm
                    | Block::FormGroup
                    | Block::RuleSource
                    | Block::MonitoringRules
                    | Block::ScoringRules
                    | Block::ExecutionScore
                    | Block::Method
                    | Block::Excess
                    | Block::Cited,
                )
                | None => return None,
            };
            (kind, first, None)
        }
    })
}

fn indicator_detail(analysis: &Analysis, project: Option<&Project>, head: Span) -> Option<Text> {
    let project = project?;
    let indicator = project.indicators.iter().find(|one| one.span.start == head.start)?;
    Some(Text::same(target_cell(indicator, &analysis.model[project.standard])))
}

/// How many declarations a search names at most.
pub const MAXIMUM_FOUND: usize = 400;

/// Departments, projects and indicators by their signs, by pinyin, or by code; the best first.
pub fn search(analysis: &Analysis, query: &str) -> Vec<FoundDeclaration> {
    let model = &analysis.model;
    let query = query.trim();
    let mut found = Vec::new();
    let mut try_one = |name: &crate::model::Text, others: &[&str], kind: SymbolKind, container: &str| {
        if let Some(fit) = fit(query, &name.value, others) {
            let one = FoundDeclaration {
                name: name.value.to_string(),
                kind,
                span: name.span,
                container: container.to_owned(),
            };
            found.push((fit, one));
        }
    };
    for department in &model.departments {
        let code = department.code.as_ref().map_or("", |code| &*code.value);
        try_one(&department.name, &[code], SymbolKind::Department, code);
    }
    for project in &model.projects {
        let code = project.code.as_ref().map_or("", |code| &*code.value);
        try_one(&project.name, &[code], SymbolKind::Project, code);
    }
    for project in &model.projects {
        for indicator in &project.indicators {
            try_one(&indicator.name, &[], SymbolKind::Indicator, &project.name.value);
        }
    }
    found.retain(|(_, one)| !one.name.is_empty());
    found.sort_by_key(|(fit, _)| *fit);
    found.truncate(MAXIMUM_FOUND);
    found.into_iter().map(|(_, one)| one).collect()
}

/// What a symbol is called.
pub fn kind_text(kind: SymbolKind) -> Text {
    match kind {
        SymbolKind::Department => texts::symbol_department(),
        SymbolKind::Project => texts::symbol_project(),
        SymbolKind::Standard => texts::symbol_standard(),
        SymbolKind::Occasion => texts::symbol_occasion(),
        SymbolKind::Indicator => texts::symbol_indicator(),
        SymbolKind::SubGoal => texts::symbol_sub_goal(),
        SymbolKind::Safeguard => texts::symbol_safeguard(),
        SymbolKind::Category => texts::symbol_category(),
        SymbolKind::Unit => texts::symbol_unit(),
        SymbolKind::Field => texts::symbol_field(),
    }
}
