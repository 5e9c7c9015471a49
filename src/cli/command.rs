//! The commands and their options, with help in both languages.

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Arg, ArgAction, Command, ValueHint, value_parser};

use crate::backend;
use crate::diagnostic::Language;

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
        .arg(
            Arg::new("format")
                .long("format")
                .value_name(t("格式", "FORMAT"))
                .help(t(
                    "输出格式：full 图示，short 每条一行，json 供程序读取",
                    "full draws the place, short is one line each, json is for programs",
                ))
                .value_parser(["full", "short", "json"])
                .default_value("full"),
        )
        .arg(stdin_filename(language));
    let build = Command::new("build")
        .about(t("检查并编译成正式表格；有错误时什么也不写", "check and compile to the official tables; writes nothing where there are errors"))
        .arg(paths())
        .arg(
            Arg::new("to")
                .long("to")
                .value_name(t("格式", "FORMAT"))
                .help(t("要编译成的格式，可写多次；不写时 html 和 json", "what to compile to; may repeat; html and json where absent"))
                .value_parser(backend::names())
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
        .arg(stdin_filename(language));
    let explain = Command::new("explain").about(t("解释一条规则", "explain a rule")).arg(
        Arg::new("code")
            .value_name(t("代码", "CODE"))
            .help(t("如 JX020，或它的英文名称", "such as JX020, or its name"))
            .required(true),
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
        .subcommand(explain)
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
