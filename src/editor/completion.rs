//! What may be written at a cursor.
//!
//! Names are found by their signs, by pinyin and by English (`spelling`). What a standard declares is offered by
//! the standard of the place; what is stated already comes last.

mod labels;
mod offer;
mod values;

use super::context::{CursorContext, CursorPlace, Inside};
use super::entity::NameResolver;
use super::tokens::excused_names;
use super::{Declaration, declaration, spelling};
use crate::diagnostic::{Code, Language, Text, texts};
use crate::model::DepartmentId;
use crate::model::standard::Standard;
use crate::source::{FileId, Span};
use crate::workspace::Analysis;

pub use offer::{ItemKind, OfferedItem};
use offer::{Offer, Offers};

/// Lists are cut here: a client asks again with every sign typed.
pub const MAXIMUM_ITEMS: usize = 200;

/// The offers at a cursor, best first.
#[derive(Debug, Default)]
pub struct Completion {
    /// Those that go with what is typed.
    pub items: Vec<OfferedItem>,
    /// Ask again with every sign typed: the order and the spellings follow what is typed.
    pub is_incomplete: bool,
}

/// What is known where an offer is made.
pub(super) struct Scene<'a> {
    pub analysis: &'a Analysis,
    pub context: &'a CursorContext<'a>,
    pub declaration: &'a Declaration<'a>,
    pub standard: Option<&'a Standard>,
    pub department: Option<DepartmentId>,
    pub file: FileId,
    /// The language of the keywords around.
    pub keywords: Language,
}

/// What may be written at a byte.
pub fn complete(analysis: &Analysis, file: FileId, offset: usize) -> Completion {
    let text = &analysis.sources.get(file).text;
    let Some(context) = CursorContext::at(file, text, offset) else { return Completion::default() };
    let Some(declaration) = Declaration::at(&analysis.sources, file, offset) else { return Completion::default() };
    let names = NameResolver::new(analysis);
    let setting = names.setting(&declaration);
    let standard = setting.standard.map(|(standard, _)| standard);
    let scene = Scene {
        analysis,
        context: &context,
        declaration: &declaration,
        standard,
        department: setting.department,
        file,
        keywords: keyword_language(&context, text),
    };
    match context.place {
        CursorPlace::Text => Completion::default(),
        CursorPlace::Comment { start } => in_comment(&scene, start, offset),
        CursorPlace::Statement => {
            let mut offers = Offers::default();
            match context.inside() {
                None => labels::at_top(&scene, &mut offers),
                Some(Inside::Scale) => values::grades(&scene, &mut offers),
                Some(Inside::Block(block)) if context.before().is_empty() => {
                    labels::in_block(&scene, block, &mut offers);
                }
                Some(Inside::Block(block)) => values::of_statement(&scene, block, &mut offers),
                Some(Inside::Unknown) => {}
            }
            let replaces = context.replaces();
            finish(offers, context.typed(), Span::new(file, replaces.start, replaces.end))
        }
    }
}

/// English where the word that is typed or the declaration around is.
fn keyword_language(context: &CursorContext<'_>, text: &str) -> Language {
    let first = context.open.first().map(|open| &text[open.head..]);
    let word = first.unwrap_or_default().chars().next();
    if word.is_some_and(|sign| sign.is_ascii_alphabetic()) { Language::English } else { Language::Chinese }
}

/// Keeps what fits, in order of fit, then of rank.
fn finish(offers: Offers, typed: &str, replaces: Span) -> Completion {
    let mut fitting: Vec<(u8, spelling::Fit, usize, Offer)> = Vec::new();
    for (index, offer) in offers.all.into_iter().enumerate() {
        let others: Vec<&str> = offer.others.iter().map(String::as_str).collect();
        if let Some(fit) = spelling::fit(typed, &offer.label, &others) {
            fitting.push((offer.rank, fit, index, offer));
        }
    }
    fitting.sort_by_key(|(rank, fit, index, _)| (*fit, *rank, *index));
    fitting.truncate(MAXIMUM_ITEMS);
    let items = fitting.into_iter().enumerate();
    let items = items.map(|(index, (.., offer))| offer.item(index, typed, replaces)).collect();
    // Only the next word typed says which spellings of a name to tell a client that filters by itself.
    Completion { items, is_incomplete: true }
}

/// Codes after `# 允许`, and the comments that mean something.
fn in_comment(scene: &Scene<'_>, start: usize, offset: usize) -> Completion {
    let comment = &scene.declaration.text[start..offset];
    let body_start = start + (comment.len() - comment.trim_start_matches(['#', '＃', ' ', '\t', '\u{3000}']).len());
    let body = &scene.declaration.text[body_start..offset];
    let mut offers = Offers::default();
    if excused_names(comment).is_some() {
        if body.contains([':', '：']) {
            return Completion::default();
        }
        let typed_start = body.rfind([' ', '\t', '\u{3000}', '、', ',', '，']).map_or(offset, |blank| {
            let length = body[blank..].chars().next().map_or(1, char::len_utf8);
            body_start + blank + length
        });
        let typed = &scene.declaration.text[typed_start..offset];
        offer_codes(scene, &mut offers);
        return finish(offers, typed, Span::new(scene.file, typed_start, offset));
    }
    let meaningful = [
        ("允许", "allow", "允许 ${1:JX}：${2:理由}", "allow ${1:JX}: ${2:reason}", texts::excuse_comment()),
        ("格式：关", "format: off", "格式：关", "format: off", texts::format_off_comment()),
        ("格式：开", "format: on", "格式：开", "format: on", texts::format_on_comment()),
    ];
    for (chinese, english, chinese_snippet, english_snippet, meaning) in meaningful {
        let is_english = scene.keywords == Language::English;
        let (label, other, snippet) =
            if is_english { (english, chinese, english_snippet) } else { (chinese, english, chinese_snippet) };
        offers.add(Offer::new(ItemKind::Keyword, label).also(other).snippet(snippet).means(meaning));
    }
    finish(offers, body, Span::new(scene.file, body_start, offset))
}

/// The codes of rules that may be excused; first those that are reported in the declaration.
pub(super) fn offer_codes(scene: &Scene<'_>, offers: &mut Offers) {
    let is_here = |code: Code| {
        scene.analysis.diagnostics.iter().any(|found| {
            found.code == code
                && found.span().is_some_and(|span| {
                    span.file == scene.file && scene.declaration.bytes.contains(&(span.start as usize))
                })
        })
    };
    for code in Code::ALL.iter().copied().filter(|code| code.has_level()) {
        let rank = u8::from(!is_here(code));
        let offer =
            Offer::new(ItemKind::Code, code.id()).also(code.slug()).also(code.title().in_language(Language::Chinese));
        offers.add(offer.detail(code.title()).rank(rank));
    }
}

/// The statements of the block around the cursor: the labels that are stated there.
pub(super) fn stated_labels(scene: &Scene<'_>) -> Vec<String> {
    let Some(open) = scene.context.open.last() else { return Vec::new() };
    let placed = scene.declaration.placed();
    let owner = placed.iter().find(|one| one.node.statement().head.start as usize == open.head);
    let Some(owner) = owner else { return Vec::new() };
    let is_other = |start: u32| start as usize != scene.context.start;
    owner
        .node
        .children()
        .filter(|child| is_other(child.statement().head.start))
        .map(|child| super::sites::unquoted(child.label_text()))
        .collect()
}

/// A text for people that holds a name.
pub(super) fn named(text: &str) -> Text {
    Text::same(text)
}

/// The project that the cursor stands in.
pub(super) fn project<'a>(scene: &Scene<'a>) -> Option<&'a crate::model::Project> {
    let head = scene.declaration.roots().next()?.head_span();
    declaration::project_at(scene.analysis, head).map(|(_, project)| project)
}
