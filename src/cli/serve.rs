//! `jixiao serve`: the department in a browser of this machine. Nobody else can reach it: it listens on this machine alone,
//! each address holds a secret of the run, and what comes from another page is refused.

mod changes;
mod guard;
mod import;
mod office;
mod routes;

use std::io::{self, IsTerminal};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, Command, ValueHint};
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{RecursiveMode, Watcher};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

use super::options::told;
use super::output::{Terminal, cannot};
use super::paths::{reason, shown};
use super::{Failure, Outcome};
use crate::diagnostic::{Code, Language, texts};

use guard::Guard;
use office::ServedOffice;

/// What `jixiao serve` is asked.
#[derive(Args, Default)]
#[group(skip)]
pub struct ServeOptions {
    #[arg(value_hint = ValueHint::DirPath)]
    folder: Option<PathBuf>,
    #[arg(long, default_value_t = 0)]
    port: u16,
    #[arg(long)]
    open: bool,
    #[arg(long)]
    read_only: bool,
}

pub fn command(language: Language) -> Command {
    let about = [
        "在浏览器里边看边改：填表、改正、看正式表格；只有本机能打开",
        "look and change in a browser: forms, fixes, the official tables; for this machine alone",
    ];
    told(
        ServeOptions::augment_args(Command::new("serve")),
        language,
        about,
        &[
            (
                "folder",
                Some(["文件夹", "FOLDER"]),
                ["单位的文件夹；不写时是当前文件夹", "the office's folder; the current one by default"],
            ),
            (
                "port",
                Some(["号码", "PORT"]),
                ["网址里用哪个号码（port）；0 时由系统选一个空的", "the port; 0 lets the system choose a free one"],
            ),
            ("open", None, ["打开浏览器", "open the browser"]),
            ("read_only", None, ["只看，什么也不能改", "look only: nothing can be changed"]),
        ],
    )
}

impl ServeOptions {
    /// The folder in which the program lies, in the browser.
    pub fn beside_the_program() -> Self {
        let folder = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.to_owned()));
        Self { folder, open: true, ..Self::default() }
    }
}

/// Whether the program was started by a double click: without a terminal, where there is a screen. What a machine of
/// tests or a script starts has no screen, or says that it is one.
pub fn is_started_by_hand() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let has_terminal = io::stdin().is_terminal() || io::stdout().is_terminal() || io::stderr().is_terminal();
    let has_screen = cfg!(any(windows, target_os = "macos")) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY");
    !has_terminal && has_screen && !is_set("CI")
}

/// An editor stores in several steps: files are read when nothing more happened to them for so long.
const SETTLES: Duration = Duration::from_millis(10);
/// They are read after so long, whatever happens.
const SETTLES_AT_LAST: Duration = Duration::from_millis(100);

/// Serves until it is stopped.
///
/// # Errors
/// JX907 where there is no such folder, JX912 where the port cannot be had.
pub fn run(options: &ServeOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    let folder = options.folder.clone().unwrap_or_else(|| PathBuf::from("."));
    if !folder.is_dir() {
        return Err(cannot(Code::JX907, texts::no_folder_to_serve(shown(&folder))));
    }
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    let failed = |error: &io::Error| cannot(Code::JX912, texts::cannot_serve(address.to_string(), reason(error)));
    let listener = TcpListener::bind(address).and_then(|listener| {
        listener.set_nonblocking(true)?;
        Ok(listener)
    });
    let listener = listener.map_err(|error| failed(&error))?;
    let address = listener.local_addr().map_err(|error| failed(&error))?;
    let guard = Guard::new(address).map_err(|error| failed(&error))?;
    let office = Arc::new(ServedOffice::open(&folder, options.read_only, terminal.language));
    let page = guard.address();
    terminal
        .answer(|out| writeln!(out, "{}", texts::serving(&*page, shown(&folder)).in_language(terminal.language)))?;
    if options.open && open::that_detached(&page).is_err() {
        terminal.note(&texts::open_it_yourself());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let served = runtime.and_then(|runtime| runtime.block_on(serve(listener, guard, office, &folder)));
    served.map_err(|error| failed(&error))?;
    Ok(Outcome::Fine)
}

async fn serve(listener: TcpListener, guard: Guard, office: Arc<ServedOffice>, folder: &Path) -> io::Result<()> {
    let (sender, mut changes) = mpsc::unbounded_channel();
    // A folder that cannot be watched is looked at when a page asks.
    let looked_at = folder.to_owned();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if event.is_ok_and(|event| !is_news(&event, &looked_at)) {
            return;
        }
        let _ = sender.send(());
    })
    .ok();
    if let Some(watcher) = &mut watcher {
        let _ = watcher.watch(folder, RecursiveMode::Recursive);
    }
    let own = Arc::clone(&office);
    let looking = async move {
        while changes.recv().await.is_some() {
            let last = Instant::now() + SETTLES_AT_LAST;
            let next = || last.min(Instant::now() + SETTLES);
            while timeout_at(next(), changes.recv()).await.is_ok_and(|more| more.is_some()) {}
            own.look_again();
        }
        std::future::pending::<()>().await;
    };
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let app = routes::routes(Arc::new(guard), office);
    tokio::select! {
        served = async { axum::serve(listener, app).await } => served,
        () = looking => Ok(()),
        stopped = tokio::signal::ctrl_c() => stopped,
    }
}

/// Whether a text may be another: not where somebody only looked at a file, nor in hidden folders, where git keeps its own.
fn is_news(event: &notify::Event, folder: &Path) -> bool {
    let is_look = matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write));
    let is_hidden = |part: Component<'_>| part.as_os_str().as_encoded_bytes().starts_with(b".");
    let lies_hidden = |path: &PathBuf| path.strip_prefix(folder).is_ok_and(|below| below.components().any(is_hidden));
    !is_look && (event.paths.is_empty() || !event.paths.iter().all(lies_hidden))
}
