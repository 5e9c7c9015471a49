//! The commands and their options, with help in both languages.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgAction, Command, ValueHint, value_parser};

use super::{diff, pdf};
use crate::backend;
use crate::diagnostic::Language;
use crate::findings::Format;

/// The whole command line in a language.
pub fn command(language: Language) -> Command {
    let t = |chinese: &'static str, english: &'static str| match language {
        Language::Chinese => chinese,
        Language::English => english,
    };
    let paths = || {
        Arg::new("paths")
            .value_name(t("路径", "PATH"))
            .help(t(
                "文件、部门文件夹或几个部门的文件夹；- 表示标准输入",
                "a file, a department's folder or a folder of departments; - is standard input",
            ))
            .num_args(0..)
            .default_value(".")
            .value_hint(ValueHint::AnyPath)
    };
    let check = Command::new("check")
        .about(t("检查绩效目标，列出全部问题", "check targets and list every finding"))
        .arg(paths())
        .args(check_options(language));
    let build = Command::new("build")
        .about(t("检查并编译成正式表格；有错误时什么也不写", "check and compile to the official tables; writes nothing where there are errors"))
        .arg(paths())
        .arg(
            Arg::new("to")
                .long("to")
                .value_name(t("格式", "FORMAT"))
                .help(t(
                    "要编译成的格式，可写多次；不写时 html 和 json；pdf 由机器上的浏览器或 LibreOffice 打印，也可用 JIXIAO_PDF 指定程序",
                    "what to compile to; may repeat; html and json where absent; pdf is printed by a browser or LibreOffice on this machine, or by the program in JIXIAO_PDF",
                ))
                .value_parser(backend::names().into_iter().chain([pdf::NAME]).collect::<Vec<_>>())
                .action(ArgAction::Append),
        )
        .arg(
            Arg::new("output")
                .short('o')
                .long("output")
                .value_name(t("文件夹", "DIR"))
                .help(t("写到哪个文件夹；不写时用配置里的 output，再不然是 jixiao-out；- 表示标准输出（只一种格式时）", "the folder to write to; else the setting output, else jixiao-out; - is standard output, for one format"))
                .value_hint(ValueHint::DirPath),
        )
        .arg(
            Arg::new("findings")
                .long("findings")
                .value_name(t("去处", "WHERE"))
                .help(t(
                    "报告里的检查发现：screen 只在屏幕上，print 也印在纸上，none 不写进文件",
                    "the findings in the report: screen shows them on the screen only, print on paper too, none leaves them out of the file",
                ))
                .value_parser(["screen", "print", "none"])
                .default_value("screen"),
        )
        .arg(
            Arg::new("bom")
                .long("bom")
                .help(t("csv 以字节序标记开头，给认不出 UTF-8 的表格软件用", "begin csv with a byte order mark, for spreadsheets that do not know UTF-8 otherwise"))
                .action(ArgAction::SetTrue),
        )
        .arg(stdin_filename(language));
    let import = Command::new("import")
        .about(t("把已有的文档变成绩效目标的文件", "turn documents into files of targets"))
        .arg(
            Arg::new("documents")
                .value_name(t("文档", "DOCUMENT"))
                .help(t(
                    "docx、xlsx、html、csv、txt 文档，本程序的 targets.json，或放着它们的文件夹",
                    "docx, xlsx, html, csv or txt documents, our own targets.json, or folders of them",
                ))
                .value_parser(value_parser!(PathBuf))
                .num_args(1..)
                .required(true)
                .value_hint(ValueHint::AnyPath),
        )
        .arg(
            Arg::new("output")
                .short('o')
                .long("output")
                .value_name(t("文件夹", "DIR"))
                .help(t("写到哪个文件夹；不写时用文档的名称", "the folder to write to; else the document's name"))
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::DirPath),
        )
        .arg(Arg::new("standard").long("standard").value_name(t("标准", "STANDARD")).help(t(
            "按这个标准导入；不写时选表式最接近的",
            "import into this standard; else the one whose form is nearest",
        )))
        .arg(
            Arg::new("report")
                .long("report")
                .value_name(t("文件", "FILE"))
                .help(t(
                    "写出每个字的去处：文件.json 和 文件.html；带扩展名时只写那一种",
                    "write where every sign went: FILE.json and FILE.html, or one of them by its extension",
                ))
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath),
        )
        .arg(
            Arg::new("force")
                .long("force")
                .help(t("覆盖已有的不同内容", "overwrite what is there and differs"))
                .action(ArgAction::SetTrue),
        )
        .arg(
            Arg::new("convert")
                .long("convert")
                .help(t(
                    "doc、wps、rtf、pdf 等先用机器上的 LibreOffice 或 pdftotext 转换",
                    "convert doc, wps, rtf, pdf and the like first, by LibreOffice or pdftotext on this machine",
                ))
                .action(ArgAction::SetTrue),
        );
    let format = Command::new("fmt")
        .about(t("整理成统一的写法，不改内容", "write files in the one layout, their meaning unchanged"))
        .arg(paths())
        .args(format_options(language));
    let explain = Command::new("explain")
        .about(t("解释一条规则", "explain a rule"))
        .arg(
            Arg::new("code")
                .value_name(t("代码", "CODE"))
                .help(t("如 JX020，或它的英文名称", "such as JX020, or its name"))
                .required_unless_present("all"),
        )
        .arg(
            Arg::new("all")
                .long("all")
                .help(t("全部规则", "every rule"))
                .action(ArgAction::SetTrue)
                .conflicts_with("code"),
        )
        .arg(
            Arg::new("to")
                .long("to")
                .value_name(t("格式", "FORMAT"))
                .help(t("和 --all 一起：text 文字，html 一个网页", "with --all: text, or html for one web page"))
                .value_parser(["text", "html"])
                .requires("all"),
        );
    let rules = Command::new("rules")
        .about(t("列出全部规则和各标准下的级别", "list every rule with its level under each standard"))
        .arg(paths().default_value(None).help(t("也列出这里声明的标准", "with the standards declared there")))
        .arg(stdin_filename(language))
        .arg(
            Arg::new("format")
                .long("format")
                .value_name(t("格式", "FORMAT"))
                .help(t("text 表格，json 供程序读取", "text is a table, json is for programs"))
                .value_parser(["text", "json"])
                .default_value("text"),
        );
    let new = Command::new("new").about(t("建一个起步的文件夹", "make a starter workspace")).arg(
        Arg::new("folder")
            .value_name(t("文件夹", "DIR"))
            .help(t("新文件夹，不能已有内容", "a new folder; must be empty"))
            .required(true)
            .value_hint(ValueHint::DirPath),
    );
    let completions = Command::new("completions").about(t("打印命令行补全脚本", "print a completion script")).arg(
        Arg::new("shell")
            .value_name(t("命令行", "SHELL"))
            .help(t("bash、zsh、fish、powershell 或 elvish", "bash, zsh, fish, powershell or elvish"))
            .value_parser(value_parser!(clap_complete::Shell))
            .required(true),
    );
    Command::new("jixiao")
        .version(env!("CARGO_PKG_VERSION"))
        .about(t("绩效：用文本写预算绩效目标，检查，编译成正式表格", "Jixiao: budget performance targets as text, checked and compiled to the official tables"))
        .after_help(t(
            "退出状态：0 没有错误，1 有错误，2 无法运行\n第一次用：jixiao new 我的单位，再 jixiao check 我的单位",
            "Exit status: 0 no errors, 1 errors were found, 2 could not run\nTo begin: jixiao new my-office, then jixiao check my-office",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .propagate_version(true)
        .disable_help_subcommand(true)
        .styles(Styles::styled().header(AnsiColor::Green.on_default().bold()).literal(AnsiColor::Cyan.on_default()))
        .help_template(t(
            "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}",
            "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
        ))
        .subcommand_help_heading(t("命令", "Commands"))
        .next_help_heading(t("选项", "Options"))
        .arg(
            Arg::new("lang")
                .long("lang")
                .value_name(t("语言", "LANG"))
                .help(t("说中文（zh）还是英文（en）；不写时看 JIXIAO_LANG 和系统语言", "zh or en; else JIXIAO_LANG, then the locale"))
                .value_parser(["zh", "en"])
                .global(true),
        )
        .arg(
            Arg::new("color")
                .long("color")
                .value_name(t("何时", "WHEN"))
                .help(t("是否用颜色；auto 时遵从 NO_COLOR", "use colour; auto heeds NO_COLOR"))
                .value_parser(["auto", "always", "never"])
                .default_value("auto")
                .global(true),
        )
        .arg(
            Arg::new("quiet")
                .short('q')
                .long("quiet")
                .help(t("只列错误，不印小结", "errors only, no summary"))
                .action(ArgAction::SetTrue)
                .global(true),
        )
        .subcommand(check)
        .subcommand(build)
        .subcommand(diff::command(language))
        .subcommand(import)
        .subcommand(format)
        .subcommand(super::log::command(language))
        .subcommand(explain)
        .subcommand(rules)
        .subcommand(Command::new("schema").about(t("打印 JSON 输出的结构定义（JSON Schema）", "print the JSON Schema of the JSON output")))
        .subcommand(new)
        .subcommand(completions)
        .subcommand(Command::new("man").about(t("打印手册页（roff）", "print the manual page (roff)")))
        .mut_subcommands(move |subcommand| {
            subcommand
                .next_help_heading(t("选项", "Options"))
                .help_template(t(
                    "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}",
                    "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}",
                ))
                .disable_help_flag(true)
                .disable_version_flag(true)
                .arg(help_flag(language))
        })
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(help_flag(language))
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .help(t("印出版本", "print the version"))
                .action(ArgAction::Version),
        )
}

fn help_flag(language: Language) -> Arg {
    Arg::new("help").short('h').long("help").action(ArgAction::Help).help(match language {
        Language::Chinese => "印出帮助",
        Language::English => "print help",
    })
}

/// The options of `check`.
fn check_options(language: Language) -> Vec<Arg> {
    let t = |chinese: &'static str, english: &'static str| match language {
        Language::Chinese => chinese,
        Language::English => english,
    };
    let formats = Format::ALL.iter().map(|format| PossibleValue::new(format.id()).help(format.about(language)));
    let flag = |name: &'static str, help| Arg::new(name).long(name).help(help).action(ArgAction::SetTrue);
    let rules = |name: &'static str, help| {
        Arg::new(name)
            .long(name)
            .value_name(t("规则", "RULES"))
            .help(help)
            .value_delimiter(',')
            .action(ArgAction::Append)
    };
    let file = |name: &'static str, help| {
        Arg::new(name)
            .long(name)
            .value_name(t("文件", "FILE"))
            .help(help)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath)
    };
    vec![
        Arg::new("format")
            .long("format")
            .value_name(t("格式", "FORMAT"))
            .help(t("输出格式", "the output format"))
            .value_parser(PossibleValuesParser::new(formats))
            .default_value(Format::Grouped.id()),
        flag("full", t("逐处画出，同 --format full", "draw every place, as --format full")).conflicts_with("format"),
        rules(
            "select",
            t(
                "只查这些规则：代码、名称或代码的开头，如 JX06",
                "only these rules: codes, names, or beginnings such as JX06",
            ),
        ),
        rules("ignore", t("不查这些规则", "not these rules")),
        rules(
            "deny",
            t("这些规则算错误；warnings 表示所有警告", "these count as errors; warnings means every warning"),
        ),
        Arg::new("profile")
            .long("profile")
            .value_name(t("标准", "STANDARD"))
            .help(t("审核口径：用这个标准的级别，如 严格", "use the levels of this standard, such as 严格")),
        flag("fix", t("作不改变意思的修正", "make the fixes that keep the meaning")),
        flag("unsafe-fixes", t("连同建议的修正，改后请人看过", "with those that are proposals: look at them after"))
            .requires("fix"),
        flag("diff", t("只显示修正会改什么，不写文件", "show what the fixes would change, and write nothing"))
            .requires("fix"),
        file("baseline", t("这份文件里已有的问题不再列出", "leave out the findings that this file knows")),
        file("write-baseline", t("把现有的问题写进这份文件", "write the present findings to this file"))
            .conflicts_with("baseline"),
        Arg::new("max-findings")
            .long("max-findings")
            .value_name(t("个数", "COUNT"))
            .help(t("最多列出多少处", "list so many at most"))
            .value_parser(value_parser!(usize)),
        stdin_filename(language),
    ]
}

/// The options of `fmt`.
fn format_options(language: Language) -> Vec<Arg> {
    let t = |chinese: &'static str, english: &'static str| match language {
        Language::Chinese => chinese,
        Language::English => english,
    };
    let flag = |name: &'static str, help| Arg::new(name).long(name).help(help).action(ArgAction::SetTrue);
    vec![
        flag(
            "check",
            t(
                "只列出会改动的文件，不写；有则退出状态为 1",
                "list the files that would change, write nothing; status 1 if any",
            ),
        ),
        flag(
            "diff",
            t("只显示会改什么，不写；有则退出状态为 1", "show what would change, write nothing; status 1 if any"),
        ),
        Arg::new("range")
            .long("range")
            .value_name(t("起:止", "START:END"))
            .help(t("只整理这些行，行号从 1 数起", "only these lines, counted from 1")),
        Arg::new("keywords")
            .long("keywords")
            .value_name(t("语言", "LANG"))
            .help(t(
                "把关键字和字段名换成中文（zh）或英文（en）",
                "write keywords and labels in Chinese (zh) or English (en)",
            ))
            .value_parser(["zh", "en"]),
        stdin_filename(language),
    ]
}

fn stdin_filename(language: Language) -> Arg {
    Arg::new("stdin-filename")
        .long("stdin-filename")
        .value_name(match language {
            Language::Chinese => "名称",
            Language::English => "NAME",
        })
        .help(match language {
            Language::Chinese => "标准输入在消息里的名称",
            Language::English => "the name of standard input in messages",
        })
        .default_value("<stdin>")
}
