//! The schema of the language: its blocks, its fields, its words.
//!
//! One row a field ([`field`]) gives the check (unknown, repeated, wrong kind, did-you-mean), recovery after a missing
//! brace, the order of `fmt`, the place in the model, in JSON and in tables, what an import recognises, what an editor
//! offers, and the field tables of `docs/language.md`. What a standard declares (categories, units, fund sources,
//! checkpoints, extra fields) is not here: it joins these words when the model is built.

mod block;
mod field;
mod kinds;
mod signs;
mod words;

pub use block::{Block, Realm};
pub use field::{FIELDS, Field, FieldRow, field, fields_of, own, plain_fields, similar_field};
pub use kinds::{Namespace, PlainKind, Takes};
pub use signs::{LOOK_ALIKES, LookAlike, look_alike};
pub use words::{
    ATTAINMENTS, BECOMES, EXCUSES, INDICATOR, KEYWORDS, Keyword, NOT_APPLICABLE, NOT_DONE, PENDING, QUALITATIVE,
    TAKEN_FROM, TO_FILL_IN, WHOLE_DEPARTMENT, YES_OR_NO, in_chinese, is_name_sign, is_near, is_one_of, keyword_at,
    nearest, quoted,
};
