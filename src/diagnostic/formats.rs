//! The formats in which something is written out: the word after `--format`, what it is for, and the function that writes.

macro_rules! formats {
    ($(#[$about:meta])* $formats:ident of $subject:ty:
    $( $name:ident $id:literal $what:literal $english:literal => $write:path, )*) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $formats { $( #[doc = $english] $name, )* }

        impl $formats {
            /// In the order of the help.
            pub const ALL: &'static [Self] = &[$( Self::$name, )*];

            /// The word after `--format`.
            pub fn id(self) -> &'static str {
                match self { $( Self::$name => $id, )* }
            }

            /// What it is for.
            pub fn about(self, language: $crate::diagnostic::Language) -> &'static str {
                match (self, language) { $(
                    (Self::$name, $crate::diagnostic::Language::Chinese) => $what,
                    (Self::$name, $crate::diagnostic::Language::English) => $english,
                )* }
            }

            /// By the word after `--format`; none for an unknown one.
            pub fn find(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|format| format.id() == id)
            }

            /// Writes it in this format, with a line end: piece by piece, since it may be much.
            ///
            /// # Errors
            /// Those of `out`, as they are.
            pub fn write(
                self,
                subject: $subject,
                style: $crate::diagnostic::render::Style,
                out: &mut dyn std::io::Write,
            ) -> std::io::Result<()> {
                match self { $( Self::$name => $write(subject, style, out), )* }
            }
        }
    };
}
pub(crate) use formats;
