//! A document that comes in: what was read of it, what would be written, and where every sign of it went.

use maud::{Markup, html};

use super::{DeskPage, PageStyle, PageWords};
use crate::diagnostic::{Diagnostic, Text, texts};
use crate::import::Imported;
use crate::import::report::section;

/// What a document would bring into the folder.
#[derive(Debug)]
pub struct BroughtDocument<'a> {
    /// As the person calls it.
    pub name: &'a str,
    /// What was read of it.
    pub imported: &'a Imported,
    /// The files that become others.
    pub files: Vec<BroughtFile>,
    /// What a person has to know of it.
    pub notes: Vec<Text>,
    /// So many places say otherwise in the folder and in the document.
    pub conflicts: usize,
    /// Where they do, the document's is taken.
    pub takes_theirs: bool,
    /// It stands in the folder now.
    pub is_written: bool,
    /// The folder became another since the person looked.
    pub is_other: bool,
}

/// A file into which something goes.
#[derive(Debug)]
pub struct BroughtFile {
    /// Below the folder.
    pub path: String,
    /// It is not there yet.
    pub is_new: bool,
    /// The whole text of a new file, else the lines that change, with the signs and the two head lines of `diff`.
    pub lines: String,
}

/// Where a document is dropped or chosen.
pub fn import(pages: PageStyle<'_>, words: PageWords) -> Markup {
    html! {
        h1 { (words.say("把文档导入进来", "Bring in a document")) }
        @if pages.is_read_only {
            p.none { (words.say("只读打开，不能导入。", "Opened to look only: nothing can be brought in.")) }
        } @else {
            div #drop.drop {
                label for="document" { (words.say("把文档拖到这里，或者选一个", "Drop a document here, or choose one")) }
                input #document type="file" aria-describedby="document-hint";
                p #document-hint.hint {
                    (words.say("Word（docx）、Excel（xlsx）、PDF、OFD、网页、CSV、文本；不超过 32 MiB。先看读出了什么，按了「写入」才写。", "Word (docx), Excel (xlsx), PDF, OFD, HTML, CSV, text; 32 MiB at most. You see what was read first; nothing is written before you press Write."))
                }
            }
        }
    }
}

/// Where is told what was read; it stays when the page is drawn anew.
pub fn place(words: PageWords) -> Markup {
    html! {
        section #brought aria-live="polite" aria-label=(words.say("读出来的", "What was read"))
            data-too-long=(words.say("文件超过 32 MiB，没有读", "the file is longer than 32 MiB, and was not read"))
            data-reading=(words.say("正在读…", "Reading …")) {}
    }
}

/// What was read, what is to be written, and the press that writes it.
pub fn brought(document: &BroughtDocument<'_>, pages: PageStyle<'_>) -> Markup {
    let words = PageWords(pages.language);
    let BroughtDocument { name, imported, files, notes, conflicts, takes_theirs, is_written, is_other } = document;
    let say = |text: &Text| text.in_language(pages.language).into_owned();
    html! {
        @if *is_written {
            p.done tabindex="-1" {
                strong { (words.say("已经写入。", "Written.")) } " "
                a href=(pages.root) { (words.say("看项目", "See the projects")) } " · "
                a href={ (pages.root) (DeskPage::Findings.path()) } { (words.say("看检查发现", "See the findings")) } " · "
                a href={ (pages.root) (DeskPage::Changes.path()) } { (words.say("看改动", "See the changes")) }
            }
        } @else if *is_other {
            p.refused tabindex="-1" { strong { (words.say("文件夹里刚才又改了：没有写。下面是现在会写的，请再看一遍。", "The folder changed in between: nothing was written. This is what would be written now; look again.")) } }
        }
        (section(name, imported, pages.language))
        section.files {
            h2 { @if *is_written { (words.say("写了这些文件", "These files were written")) } @else { (words.say("会写这些文件", "These files would be written")) } " " span.count { (files.len()) } }
            @if files.is_empty() { p.none { (words.say("文件夹里已经是这样，没有要写的。", "The folder says so already: there is nothing to write.")) } }
            @for file in files {
                details open[files.len() <= 3 && !*is_written] {
                    summary { (file.path) " " small { @if file.is_new { (words.say("新文件", "new")) } @else { (words.say("改动", "changed")) } } }
                    pre tabindex="0" role="group" aria-label=(file.path) { @for line in file.lines.lines().skip(if file.is_new { 0 } else { 2 }) { (changed_line(line, file.is_new)) "\n" } }
                }
            }
            @if !notes.is_empty() { ul.notes { @for note in notes { li { (say(note)) } } } }
            @if *conflicts > 0 && !*takes_theirs {
                p.refused { strong { (say(&texts::import_conflicts(*conflicts))) } }
            }
            @if !*is_written && !files.is_empty() {
                p.actions {
                    button type="button" data-write { (write_label(*conflicts, *takes_theirs, words)) }
                    @if *conflicts > 0 {
                        " " button type="button" data-theirs=(if *takes_theirs { "" } else { "yes" }) {
                            @if *takes_theirs { (words.say("冲突处两样都看", "Show both where they conflict")) } @else { (words.say("冲突处都取文档里的", "Take the document's where they conflict")) }
                        }
                    }
                }
                p.hint { (words.say("全部写入，或者一个也不写。写入以后可以撤销。", "All is written, or nothing. It can be taken back.")) }
            }
        }
    }
}

fn write_label(conflicts: usize, takes_theirs: bool, words: PageWords) -> &'static str {
    if conflicts > 0 && !takes_theirs {
        words.say("写入，冲突处两样都留下", "Write, and keep both where they conflict")
    } else {
        words.say("写入", "Write")
    }
}

fn changed_line(line: &str, is_new: bool) -> Markup {
    let shown = crate::source::signs::in_one_line(line);
    html! {
        @match line.chars().next().filter(|_| !is_new) {
            Some('+') => { ins { (shown) } }
            Some('-') => { del { (shown) } }
            _ => { (shown) }
        }
    }
}

/// Why a document does not come in, and what can be done.
pub fn refused(findings: &[Diagnostic], pages: PageStyle<'_>) -> Markup {
    let say = |text: &Text| text.in_language(pages.language).into_owned();
    html! {
        @for one in findings {
            p.refused tabindex="-1" {
                span.severity { (one.severity.word(pages.language)) } " " span.code { (one.code.id()) } " " strong { (say(&one.message)) }
            }
            @if let Some(help) = &one.help { p.help { (say(help)) } }
        }
    }
}
