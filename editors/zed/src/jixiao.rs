//! Starts `jixiao lsp` for Zed.

use zed_extension_api::{self as zed, Command, LanguageServerId, Result, Worktree, settings::LspSettings};

struct Jixiao;

impl zed::Extension for Jixiao {
    fn new() -> Self {
        Jixiao
    }

    fn language_server_command(&mut self, server: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let settings = LspSettings::for_worktree(server.as_ref(), worktree).ok().and_then(|settings| settings.binary);
        let set = settings.as_ref().and_then(|binary| binary.path.clone());
        let command = set.or_else(|| worktree.which("jixiao")).ok_or(
            "找不到 jixiao：安装它，或在设置 lsp.jixiao.binary.path 里写明位置。 jixiao was not found.",
        )?;
        let arguments = settings.and_then(|binary| binary.arguments).unwrap_or_else(|| vec!["lsp".to_owned()]);
        Ok(Command { command, args: arguments, env: worktree.shell_env() })
    }
}

zed::register_extension!(Jixiao);
