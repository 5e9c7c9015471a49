//! The whole command line: every command, and what holds for all of them.

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Arg, ArgAction, Args, Command};

use super::options::{Common, help_flag, told};
#[cfg(feature = "serve")]
use super::serve;
use super::{
    adjust, approve, build, check, completions, diff, explain, format, git, import, log, lsp, manual, merge_driver,
    monitor, new, rollover, rules, schema, score, textconv,
};
use crate::diagnostic::Language;

/// The whole command line in a language.
pub fn command(language: Language) -> Command {
    let t = |chinese: &'static str, english: &'static str| match language {
        Language::Chinese => chinese,
        Language::English => english,
    };
    let whole = Command::new("jixiao")
        .version(env!("CARGO_PKG_VERSION"))
        .after_help(t(
            "退出状态：0 没有错误，1 有错误，2 无法运行\n第一次用：jixiao new 我的单位，照着问的答，再 jixiao check 我的单位",
            "Exit status: 0 no errors, 1 errors were found, 2 could not run\nTo begin: jixiao new my-office asks what it needs; then jixiao check my-office",
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
        .next_help_heading(t("选项", "Options"));
    let whole = told(
        Common::augment_args(whole),
        language,
        [
            "绩效：用文本写预算绩效目标，检查，编译成正式表格",
            "Jixiao: budget performance targets as text, checked and compiled to the official tables",
        ],
        &Common::TOLD,
    );
    #[cfg(feature = "serve")]
    let whole = whole.subcommand(serve::command(language));
    whole
        .subcommand(check::command(language))
        .subcommand(build::command(language))
        .subcommand(diff::command(language))
        .subcommand(import::command(language))
        .subcommand(format::command(language))
        .subcommand(lsp::command(language))
        .subcommand(log::command(language))
        .subcommand(git::command(language))
        .subcommand(rollover::command(language))
        .subcommand(approve::command(language))
        .subcommand(adjust::command(language))
        .subcommand(monitor::command(language))
        .subcommand(score::command(language))
        .subcommand(merge_driver::command(language))
        .subcommand(textconv::command(language))
        .subcommand(explain::command(language))
        .subcommand(rules::command(language))
        .subcommand(schema::command(language))
        .subcommand(new::command(language))
        .subcommand(completions::command(language))
        .subcommand(manual::command(language))
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
