//! The paper that a document is printed on, for every format that knows of pages.

/// A sheet of A4 in twentieths of a point, and the room for text on it.
#[derive(Clone, Copy)]
pub(in crate::backend) struct Paper {
    pub width: usize,
    pub height: usize,
    /// How wide the text is; it stands in the middle.
    pub text: usize,
    pub top: usize,
    pub bottom: usize,
    /// From the lower edge to the line of the page number.
    pub foot: usize,
    pub is_wide: bool,
}

impl Paper {
    pub fn of(is_wide: bool) -> Self {
        const SHORT: usize = 11_906;
        const LONG: usize = 16_838;
        if is_wide {
            Self { width: LONG, height: SHORT, text: 14_400, top: 1134, bottom: 1134, foot: 794, is_wide }
        } else {
            Self { width: SHORT, height: LONG, text: 9_184, top: 1701, bottom: 1418, foot: 794, is_wide }
        }
    }

    pub fn margin(self) -> usize {
        (self.width - self.text) / 2
    }
}
