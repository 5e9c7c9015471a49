//! A line of the registry: the function that makes the text, and its wording, which is known by its place among all.

macro_rules! texts {
    ($( $name:ident ( $($argument:ident),* ) $chinese:literal $english:literal )*) => {
        $( text! { $name ( $($argument),* ) $english } )*

        /// The wordings of these texts, in their order.
        pub(in crate::diagnostic) static WORDINGS: &[&Wording] = &[$( &wordings::$name::WORDING, )*];

        mod wordings { $(
            pub mod $name {
                use super::super::Wording;
                pub static WORDING: Wording = wording! { ( $($argument),* ) $chinese $english };
            }
        )* }
    };
}

macro_rules! text {
    ($name:ident () $english:literal) => {
        #[doc = $english]
        pub fn $name() -> Text {
            Text::constant(&wordings::$name::WORDING)
        }
    };
    ($name:ident ( $($argument:ident),+ ) $english:literal) => {
        #[doc = $english]
        pub fn $name($($argument: impl Argument),+) -> Text {
            Text::worded(&wordings::$name::WORDING, [$( $argument.into_value() ),+])
        }
    };
}

macro_rules! wording {
    (() $chinese:literal $english:literal) => {{
        const WORDS: [&str; 2] = [words!($chinese), words!($english)];
        Wording::Constant(WORDS)
    }};
    (( $($argument:ident),+ ) $chinese:literal $english:literal) => {
        Wording::Sentence(|arguments, language, formatter| {
            // Invariant: a text has as many arguments as its sentences name.
            let [$($argument),+] = arguments else { return Ok(()) };
            $( let $argument = $argument.shown(language); )+
            match language {
                super::super::Language::Chinese => write!(formatter, $chinese),
                super::super::Language::English => write!(formatter, $english),
            }
        })
    };
}

/// What a sentence without arguments says: braces are written twice there, too.
macro_rules! words {
    ($sentence:literal) => {
        format_args!($sentence).as_str().expect("no argument")
    };
}
