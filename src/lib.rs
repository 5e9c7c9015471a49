//! Jixiao (绩效): a language for budget performance targets, and its compiler.
//!
//! ```text
//!            split            parse             build                check
//!  text ────────────▶ chunks ───────▶ Tree ────────────────▶ Model ──────────▶ findings
//!  (source)          (syntax)       (syntax)  by a standard  (model)  (lint)
//!                                                              │
//!                                                              └─ render ─▶ artifacts (backend)
//! ```
//!
//! [`workspace::analyse`] runs the whole pipeline over texts; only [`cli`] touches files. Every stage returns what it
//! understood together with diagnostics, and no text makes it fail. A module uses modules of lower floors only; the
//! floors stand in `ARCHITECTURE.md` and are kept by a test.
//!
//! ```
//! use jixiao::diagnostic::{Code, Language};
//! use jixiao::workspace::{Input, analyse};
//!
//! let text = "项目 防火宣传 {\n  预算 20000 元\n  指标 数量 宣传场次 ≥ 6.5 场\n}\n";
//! let analysis = analyse(vec![Input { path: "宣传.jx".to_owned(), text: text.into() }], None);
//!
//! let finding = analysis.diagnostics.iter().find(|finding| finding.code == Code::JX403).expect("half an event");
//! let place = finding.labels[0].span;
//! assert_eq!(analysis.sources.slice(place), "6.5 场");
//! assert!(finding.message.in_language(Language::Chinese).contains("6.5"));
//! assert_eq!(&*analysis.model.projects[0].indicators[0].name.value, "宣传场次");
//! ```
//!
//! Without features this is the core: no command line, no server, no documents of offices. It runs in a browser, too.

// Some of what the library knows only the command line tells or prints.
#![cfg_attr(not(feature = "program"), allow(dead_code, unused_imports))]

// The parser generator's code names this crate directly.
extern crate alloc;

pub mod backend;
#[cfg(feature = "office")]
pub mod browser;
#[cfg(feature = "program")]
pub mod cli;
pub mod config;
pub mod control;
#[cfg(feature = "office")]
pub mod desk;
pub mod diagnostic;
pub mod diff;
pub mod drafting;
pub mod edit;
pub mod editor;
pub mod findings;
pub mod format;
pub(crate) mod handbook;
pub(crate) mod history;
#[cfg(feature = "office")]
pub mod import;
pub mod language;
pub mod lint;
#[cfg(feature = "server")]
pub mod lsp;
pub mod merge;
pub mod model;
mod parallel;
pub(crate) mod review;
pub mod rollover;
pub mod score;
pub mod source;
pub mod standing;
pub mod syntax;
pub mod workspace;
