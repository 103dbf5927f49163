//! XML as a row of openings, texts and closings, for whoever walks through it once.
//!
//! Read by quick-xml, which knows no external entities and expands none that a file declares, so that none can grow.
//! Its depth is limited. What the elements mean is left to `office` and `xml`.

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};

use super::super::skip::Fault;

/// Elements within elements at most; a table in a text box in a page has sixty.
const DEEPEST: usize = 2048;

/// A piece of markup; names are without their prefix.
pub(super) enum Piece<'a> {
    Open(&'a Element<'a>),
    Text(&'a str),
    Close(&'a str),
}

/// The beginning of an element.
pub(super) struct Element<'a> {
    start: &'a BytesStart<'a>,
    /// Byte of the text where it begins.
    pub at: usize,
}

impl Element<'_> {
    /// Its name without the prefix.
    pub(super) fn name(&self) -> &str {
        local(self.start.name().into_inner())
    }

    /// The value of the attribute of a name, which is without its prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.attributes().find(|(own, _)| own == name).map(|(_, value)| value)
    }

    /// Names and values of the attributes that can be read.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (String, String)> {
        let mut attributes = self.start.attributes();
        attributes.with_checks(false);
        attributes.flatten().map(|attribute| {
            let value = quick_xml::escape::unescape(&attribute.value).map(|value| value.into_owned());
            let value = value.unwrap_or_else(|_| attribute.value.clone().into_owned());
            (local(attribute.key.into_inner()).to_string(), value)
        })
    }
}

/// Gives the pieces of a text with the byte behind each; stops early where `visit` says so by `false`.
///
/// # Errors
/// It is no XML from some place on: what stands before was given.
pub(super) fn walk(text: &str, visit: &mut dyn FnMut(Piece<'_>, usize) -> bool) -> Result<(), Fault> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    reader.config_mut().expand_empty_elements = true;
    let (mut depth, mut at) = (0_usize, 0);
    loop {
        let event = reader.read_event();
        let end = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let goes_on = match event {
            Ok(Event::Start(start)) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(fault(text, at, "elements within elements without end"));
                }
                visit(Piece::Open(&Element { start: &start, at }), end)
            }
            Ok(Event::End(name)) => {
                depth = depth.saturating_sub(1);
                visit(Piece::Close(local(name.name().into_inner())), end)
            }
            Ok(Event::Text(inner)) => visit(Piece::Text(&inner.xml10_content()), end),
            Ok(Event::CData(inner)) => visit(Piece::Text(&inner.xml10_content()), end),
            Ok(Event::GeneralRef(name)) => match name.resolve_char_ref() {
                Ok(Some(c)) => visit(Piece::Text(c.encode_utf8(&mut [0; 4])), end),
                // An entity that the file declares itself is not expanded.
                _ => visit(Piece::Text(resolve_html5_entity(&name.into_inner()).unwrap_or_default()), end),
            },
            Ok(Event::Eof) if depth > 0 => return Err(fault(text, text.len(), "it ends before its elements do")),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => true,
            Err(error) => return Err(fault(text, at, &error.to_string())),
        };
        if !goes_on {
            return Ok(());
        }
        at = end;
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn fault(text: &str, at: usize, reason: &str) -> Fault {
    let before = text.get(..at).unwrap_or(text);
    Fault::malformed(Some(before.matches('\n').count() as u64 + 1), reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(xml: &str) -> Result<String, Fault> {
        let mut out = String::new();
        walk(xml, &mut |piece, _| {
            match piece {
                Piece::Open(element) => out.push_str(&format!("<{}>", element.name())),
                Piece::Text(text) => out.push_str(text),
                Piece::Close(name) => out.push_str(&format!("</{name}>")),
            }
            true
        })?;
        Ok(out)
    }

    #[test]
    fn entities_do_not_grow_and_depth_has_an_end() {
        let bomb =
            "<!DOCTYPE a [<!ENTITY x 'y'><!ENTITY z SYSTEM 'file:///etc/passwd'>]><a>&x;&z;&amp;&#20170;&ldquo;</a>";
        assert_eq!(text(bomb).expect("XML"), "<a>&今“</a>");
        assert_eq!(text("<a:b/>").expect("XML"), "<b></b>");
        for broken in ["<a>", "<a></b>", &"<a>".repeat(5000)] {
            assert!(text(broken).is_err());
        }
    }
}
