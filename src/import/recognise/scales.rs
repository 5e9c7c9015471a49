//! Words that say how good something is: the grades of a scale, the direction in which a target is better.

use super::label_key::key_of;
use crate::model::standard::Standard;
use crate::model::text;

/// Grades from the best to the worst, and the words for directions, as the standards list them.
#[derive(Debug, Default)]
pub struct Scales {
    grades: Vec<Vec<String>>,
    directions: Vec<String>,
}

impl Scales {
    pub fn add(&mut self, standard: &Standard) {
        let scale = |words: &String| words.split_whitespace().map(str::to_owned).collect();
        self.grades.extend(standard.words("分级").words().iter().map(scale));
        let said = |entry: &String| entry.split('→').next().unwrap_or_default().to_owned();
        self.directions.extend(standard.words("方向写法").entries().iter().map(said));
    }

    /// Whether a cell says no more than in which direction a target is better.
    pub fn is_direction(&self, text: &str) -> bool {
        self.directions.contains(&text::key(text))
    }

    /// Where some headings beside one another are the grades of a scale, from the best on, and how many they are.
    pub fn among(&self, headings: &[&str]) -> Option<(usize, usize)> {
        let keys: Vec<String> = headings.iter().map(|text| key_of(text).text).collect();
        let found = |scale: &Vec<String>| keys.windows(scale.len().max(1)).position(|run| run == &scale[..]);
        let places = self.grades.iter().filter_map(|scale| Some((found(scale)?, scale.len())));
        places.max_by_key(|(_, length)| *length)
    }
}
