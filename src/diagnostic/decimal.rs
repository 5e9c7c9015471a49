//! A decimal as data, with all its places: 1.0 and 1.00 are said differently.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub fn serialize<S: Serializer>(number: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    number.serialize().serialize(serializer)
}

pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    <[u8; 16]>::deserialize(deserializer).map(Decimal::deserialize)
}
