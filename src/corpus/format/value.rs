//! A JSON value in one pass: strings are borrowed from the text where they can be, and keys keep their order.
//!
//! `serde_json::Value` would sort the keys of an object and copy every string. What a key means is left to `fields`.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A value of a record.
#[derive(Debug, PartialEq)]
pub(super) enum Value<'a> {
    Null,
    Text(Cow<'a, str>),
    /// A number or a truth value, as it is printed.
    Printed(String),
    List(Vec<Value<'a>>),
    Object(Vec<(Cow<'a, str>, Value<'a>)>),
}

/// Parses one value that is the whole of a text.
pub(super) fn parse(text: &str) -> serde_json::Result<Value<'_>> {
    serde_json::from_str(text)
}

/// Replaces escapes of half a character (`\ud83d` alone), which no text can hold, by U+FFFD; the repaired text and
/// how many there were.
pub(super) fn without_lone_surrogates(text: &str) -> (String, u64) {
    let (mut out, mut count, mut rest) = (String::with_capacity(text.len()), 0, text);
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let length = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                count += 1;
                out.push(char::REPLACEMENT_CHARACTER);
                rest = &escape[6..];
                continue;
            }
            // The character after the stroke, which may be a second stroke.
            _ => 1 + escape[1..].chars().next().map_or(0, char::len_utf8),
        };
        out.push_str(&escape[..length]);
        rest = &escape[length..];
    }
    (out + rest, count)
}

/// The number of an escape, `\u` and four hexadecimal digits, that a text begins with.
fn unit(text: &str) -> Option<u32> {
    u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

impl<'de: 'a, 'a> Deserialize<'de> for Value<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

/// A key, borrowed where it has no escape: `Cow` by itself would always copy.
struct Key<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.deserialize_str(Any)? {
            Value::Text(text) => Ok(Self(text)),
            _ => Ok(Self(Cow::Borrowed(""))),
        }
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Value<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Value::Printed(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Value::Printed(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Value::Printed(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Value::Printed(value.to_string()))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Value::Text(Cow::Owned(value.to_string())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some((Key(key), value)) = map.next_entry()? {
            entries.push((key, value));
        }
        Ok(Value::Object(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_borrowed_and_keys_keep_their_order() {
        let Ok(Value::Object(entries)) = parse(r#"{"z":"今年","a":[1,2.5,true,null],"m":{"k":"\n"}}"#) else {
            panic!("an object")
        };
        assert_eq!(entries.iter().map(|(key, _)| key.as_ref()).collect::<Vec<_>>(), ["z", "a", "m"]);
        assert!(matches!(entries[0], (Cow::Borrowed("z"), Value::Text(Cow::Borrowed("今年")))));
        assert!(parse(&"[".repeat(100_000)).is_err(), "the depth is limited");
    }

    #[test]
    fn half_characters_are_repaired() {
        let rows = [
            (r"\ud83d\ude00", r"\ud83d\ude00", 0),
            (r"\ud83d今", "\u{FFFD}今", 1),
            (r"\\ud83d \ude00\n", "\\\\ud83d \u{FFFD}\\n", 1),
            (r"\ud83d\ud83d\ude00", "\u{FFFD}\\ud83d\\ude00", 1),
            (r"\", r"\", 0),
            (r"\u12", r"\u12", 0),
        ];
        for (text, repaired, count) in rows {
            assert_eq!(without_lone_surrogates(text), (repaired.to_string(), count));
        }
    }
}
