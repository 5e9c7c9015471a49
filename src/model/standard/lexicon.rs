//! The words of all lists that rules look into: one pass over a text tells which stand in it, and where.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::{Deref, Range};
use std::sync::OnceLock;

use super::{Standard, WordList};

macro_rules! lists {
    ($( $list:ident $name:literal, )*) => {
        /// A 词表 that rules look into.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum List { $( #[doc = $name] $list, )* }

        impl List {
            /// Every such list.
            pub const ALL: &[Self] = &[$( Self::$list, )*];

            /// As standards declare it.
            pub fn name(self) -> &'static str {
                match self { $( Self::$list => $name, )* }
            }
        }
    };
}

lists! {
    Authority "权威用语",
    BasisKind "依据类别",
    BasisLead "依据引语",
    BasisTail "依据尾语",
    BoundedRatio "有界比率",
    Completion "完成用语",
    Concept "同类概念",
    CostException "成本例外",
    CostWord "成本用语",
    CountEnding "计数后缀",
    CountException "计数例外",
    Decidable "可判定用语",
    DecidableEnding "可判定结尾",
    DecidableStart "可判定开头",
    Document "文件用语",
    EarlierYear "历史用语",
    EmptyInProject "项目名称赘语",
    FewerIsBetter "愈少愈好",
    Fixed "定额用语",
    FixedRate "定额标准",
    GenericName "空泛名称",
    Growth "增减用语",
    LongerIsBetter "愈长愈好",
    Lowered "调减用语",
    MayPassHundred "可超百分之百",
    MayRepeat "可重叠词",
    Measurable "量的后缀",
    Measure "量化用语",
    MoreIsBetter "愈多愈好",
    Placeholder "占位符",
    Preferred "规范用语",
    Punctual "按时比率",
    Quantitative "定量用语",
    PreferredException "规范用语例外",
    RatioEnding "比率后缀",
    RatioException "比率例外",
    Redundant "冗词",
    Saving "节约用语",
    ScoredByRatio "比例计分用语",
    Slogan "口号动词",
    Source "数据来源",
    TellsApart "区分用字",
    Time "时间用语",
    Total "总额用语",
    UnitCost "单件用语",
    UnitCostException "单件例外",
    UnitPrice "单价用语",
    Unwelcome "不利用语",
    VagueBasis "空泛依据",
    Work "履职用语",
    Works "建购用语",
}

/// A set of [`List`]s, a bit each.
type ListSet = u64;
const _: () = assert!(List::ALL.len() <= ListSet::BITS as usize);

impl List {
    fn bit(self) -> ListSet {
        1 << self as u32
    }
}

/// The words of a standard's lists, made when a rule first asks for one.
#[derive(Debug, Default)]
pub struct RuleLexicon(OnceLock<SortedWords>);

/// A standard that extends another has its own words.
impl Clone for RuleLexicon {
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[derive(Debug)]
struct SortedWords {
    /// Each word once, in the order of bytes.
    sorted: Vec<SortedWord>,
    /// How many words start with a lesser sign, by the sign. Signs beyond the last are one.
    before: Vec<u32>,
}

#[derive(Debug)]
struct SortedWord {
    text: String,
    lists: ListSet,
    /// The longest other word that it starts with.
    shorter: Option<u32>,
}

/// Signs beyond this start hardly any word.
const LAST: u32 = 0xFFFF;

impl SortedWords {
    fn new(lists: &BTreeMap<String, WordList>) -> Self {
        let mut known: BTreeMap<&str, ListSet> = BTreeMap::new();
        for list in List::ALL {
            for word in lists.get(list.name()).into_iter().flat_map(WordList::words) {
                *known.entry(word).or_default() |= list.bit();
            }
        }
        let mut sorted: Vec<SortedWord> = Vec::with_capacity(known.len());
        for (text, lists) in known {
            // A word starts with the one before it, or with what that one starts with, or with none.
            let mut shorter = sorted.len().checked_sub(1);
            while let Some(index) = shorter.filter(|index| !text.starts_with(&sorted[*index].text)) {
                shorter = sorted[index].shorter.map(|index| index as usize);
            }
            sorted.push(SortedWord { text: text.to_owned(), lists, shorter: shorter.map(|index| index as u32) });
        }
        let mut before = Vec::with_capacity(LAST as usize + 2);
        for (index, word) in sorted.iter().enumerate() {
            let sign = word.text.chars().next().map_or(0, |sign| (sign as u32).min(LAST));
            before.resize(before.len().max(sign as usize + 1), index as u32);
        }
        before.resize(LAST as usize + 2, sorted.len() as u32);
        Self { sorted, before }
    }

    /// Adds the words that stand at a place, the longest first.
    fn add_at(&self, text: &str, start: usize, sign: char, hits: &mut Hits) {
        let sign = (sign as u32).min(LAST) as usize;
        let (first, end) = (self.before[sign] as usize, self.before[sign + 1] as usize);
        if first == end {
            return;
        }
        let rest = &text[start..];
        // Invariant: whatever word the rest starts with, the last one that is not behind it is that or starts with it.
        let behind = first + self.sorted[first..end].partition_point(|word| word.text.as_str() <= rest);
        let mut candidate = (behind > first).then(|| behind as u32 - 1);
        while let Some(index) = candidate {
            let SortedWord { text: word, lists, shorter } = &self.sorted[index as usize];
            if rest.starts_with(word.as_str()) {
                hits.all.push(Hit { start: start as u32, end: (start + word.len()) as u32, lists: *lists });
                hits.lists |= lists;
            }
            candidate = *shorter;
        }
    }
}

/// The words that stand in a text: from the left, the longest first.
#[derive(Debug, Default)]
struct Hits {
    all: Vec<Hit>,
    /// The lists of all of them.
    lists: ListSet,
}

#[derive(Clone, Copy, Debug)]
struct Hit {
    start: u32,
    end: u32,
    lists: ListSet,
}

/// A text that is searched once, when first something is asked of it.
#[derive(Debug)]
pub struct Searched<'a> {
    /// Whose lists are looked into.
    pub standard: &'a Standard,
    text: Cow<'a, str>,
    hits: OnceCell<Hits>,
}

impl<'a> Searched<'a> {
    /// A text that nothing was asked of yet.
    pub fn new(standard: &'a Standard, text: impl Into<Cow<'a, str>>) -> Self {
        Self { standard, text: text.into(), hits: OnceCell::new() }
    }

    /// All of it.
    pub fn phrase(&self) -> Phrase<'_> {
        Phrase { text: &self.text, start: 0, searched: self }
    }

    /// Whether a word of the list stands in it.
    pub fn holds(&self, list: List) -> bool {
        self.phrase().first_in(list).is_some()
    }

    fn hits(&self) -> &Hits {
        self.hits.get_or_init(|| {
            let words = self.standard.lexicon.0.get_or_init(|| SortedWords::new(&self.standard.words));
            let mut hits = Hits::default();
            for (start, sign) in self.text.char_indices() {
                words.add_at(&self.text, start, sign, &mut hits);
            }
            hits
        })
    }
}

/// A stretch of a text, to be asked which words of a list stand in it; it reads as a text.
#[derive(Clone, Copy, Debug)]
pub struct Phrase<'a> {
    text: &'a str,
    start: usize,
    searched: &'a Searched<'a>,
}

impl<'a> Phrase<'a> {
    /// The stretch itself.
    pub fn as_str(self) -> &'a str {
        self.text
    }

    /// A part of it, by its own bytes.
    #[must_use]
    pub fn part(self, bytes: Range<usize>) -> Self {
        Self { text: &self.text[bytes.clone()], start: self.start + bytes.start, ..self }
    }

    /// Without the signs that end it.
    #[must_use]
    pub fn trim_end_matches(self, signs: &[char]) -> Self {
        self.part(0..self.text.trim_end_matches(signs).len())
    }

    /// The word of the list that occurs first; the longest of those that start there.
    pub fn first_in(self, list: List) -> Option<&'a str> {
        self.words(list).next().map(|bytes| &self.text[bytes])
    }

    /// Every word of the list, from the left, none inside another.
    pub fn all_in(self, list: List) -> impl Iterator<Item = Range<usize>> {
        let mut end = 0;
        self.words(list).filter(move |word| {
            let is_next = word.start >= end;
            if is_next {
                end = word.end;
            }
            is_next
        })
    }

    /// The longest word of the list that it starts with.
    pub fn start_of(self, list: List) -> Option<&'a str> {
        self.words(list).take_while(|word| word.start == 0).next().map(|bytes| &self.text[bytes])
    }

    /// The longest word of the list that it ends with.
    pub fn end_of(self, list: List) -> Option<&'a str> {
        self.words(list).find(|word| word.end == self.text.len()).map(|bytes| &self.text[bytes])
    }

    /// Whether it is a word of the list.
    pub fn is_in(self, list: List) -> bool {
        self.start_of(list).is_some_and(|word| word.len() == self.text.len())
    }

    /// Every word of the list, those inside others among them: from the left, the longest first.
    fn words(self, list: List) -> impl Iterator<Item = Range<usize>> + use<'a> {
        let hits = self.searched.hits();
        let all = if hits.lists & list.bit() == 0 { &[] } else { &hits.all[..] };
        let (start, end) = (self.start, self.start + self.text.len());
        let of_list = all.iter().filter(move |hit| hit.lists & list.bit() != 0);
        let words = of_list.map(|hit| hit.start as usize..hit.end as usize);
        let inside = words.filter(move |word| word.start >= start && word.end <= end);
        inside.map(move |word| word.start - start..word.end - start)
    }
}

impl Deref for Phrase<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.text
    }
}
