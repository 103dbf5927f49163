//! Rich text, `.rtf` and many a `.doc`: paragraphs, tables and notes, in the code pages that its fonts name.
//!
//! Read by ourselves: it is a stream of words and groups, and the readers on crates.io (rtf-parser 0.4, rtf-grimoire 0.2)
//! know neither the code pages of fonts nor characters of two bytes. Groups are kept on a stack of our own.

use std::collections::HashMap;

use encoding_rs::Encoding;

use super::super::reader::Reading;
use super::super::skip::Fault;
use super::properties::Properties;
use super::writer::Writer;
use super::{Items, one};
use crate::document::{DateSpan, Document, Loss};

/// Groups within groups at most; a table in a text box in a note has twenty.
const DEEPEST: usize = 4096;

/// Gives the document of a rich text.
pub(super) fn read(bytes: &[u8], base: Document, reading: &Reading) -> Result<Items, Fault> {
    let mut text = RichText { default: reading.encoding, ..RichText::default() };
    text.read(bytes)?;
    text.flush();
    let RichText { body, mut notes, rest, properties, lost, is_open, .. } = text;
    let (mut body, notes) = (body.finish(), std::mem::take(&mut notes).finish());
    if !notes.is_empty() {
        body = body + "\n\n" + &notes;
    }
    let kept = body.len() as u64;
    let mut document = properties.document(&body, "", base)?;
    document.rest = rest.finish();
    document.losses.extend(lost);
    document.losses.extend(is_open.then_some(Loss::Cut { kept }));
    one(document)
}

/// What the text of a group is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Destination {
    #[default]
    Body,
    Note,
    Rest,
    Fonts,
    Title,
    Author,
    Created,
    Modified,
    Nothing,
}

#[derive(Clone, Copy, Debug)]
struct Group {
    destination: Destination,
    font: i32,
    /// Characters that stand in for a `\u` and are passed over.
    substitutes: usize,
    is_hidden: bool,
    /// The group has begun, and its first word says what it is.
    is_new: bool,
    /// Its first word may be unknown, and then none of it is text.
    is_optional: bool,
}

impl Default for Group {
    fn default() -> Self {
        let destination = Destination::Body;
        Self { destination, font: -1, substitutes: 1, is_hidden: false, is_new: false, is_optional: false }
    }
}

#[derive(Default)]
struct RichText {
    body: Writer,
    notes: Writer,
    rest: Writer,
    properties: Properties,
    outer: Vec<Group>,
    group: Group,
    /// Bytes of text that are not decoded yet, for a character may begin in one piece and end in the next.
    bytes: Vec<u8>,
    /// The first half of a character beyond the first plane.
    half: Option<u16>,
    to_skip: usize,
    fonts: HashMap<i32, &'static Encoding>,
    default: Option<&'static Encoding>,
    page: Option<&'static Encoding>,
    in_cell: bool,
    in_table: bool,
    /// A row has ended, and nothing stands below it yet.
    after_row: bool,
    /// Year, month and day as they come.
    day: [i32; 3],
    lost: Option<Loss>,
    /// Where reading stands, in bytes.
    at: usize,
    /// The text ends before its groups do.
    is_open: bool,
}

impl RichText {
    fn read(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            self.at = at;
            at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    if self.outer.len() == DEEPEST {
                        return Err(Fault::malformed(None, "groups within groups without end"));
                    }
                    self.outer.push(self.group);
                    self.group.is_new = true;
                }
                b'}' => {
                    self.close();
                    if self.outer.is_empty() {
                        return Ok(());
                    }
                }
                b'\\' => at = self.control(bytes, at),
                b'\r' | b'\n' | 0 => {}
                byte => self.byte(*byte),
            }
        }
        self.is_open = !self.outer.is_empty();
        Ok(())
    }

    /// Ends a group.
    fn close(&mut self) {
        self.flush();
        let ended = self.group.destination;
        self.group = self.outer.pop().unwrap_or_default();
        self.to_skip = 0;
        if ended == self.group.destination {
            return;
        }
        let [year, month, day] = self.day;
        let small = |number: i32| u8::try_from(number).ok();
        match ended {
            Destination::Note => self.notes.paragraph(),
            Destination::Rest => self.rest.paragraph(),
            Destination::Created => self.properties.created = DateSpan::new(year, small(month), small(day)),
            Destination::Modified => self.properties.modified = DateSpan::new(year, small(month), small(day)),
            _ => {}
        }
    }

    /// Reads what follows a stroke; where the text goes on.
    fn control(&mut self, bytes: &[u8], at: usize) -> usize {
        let rest = &bytes[at..];
        let Some(first) = rest.first() else { return at };
        if !first.is_ascii_alphabetic() {
            return at + self.symbol(*first, rest);
        }
        let word = rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let sign = usize::from(rest.get(word) == Some(&b'-'));
        let digits = rest[word + sign..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let end = if digits > 0 { word + sign + digits } else { word };
        let ascii = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let number = (digits > 0).then(|| ascii(&rest[word..end]).parse().unwrap_or(0));
        let blank = usize::from(rest.get(end) == Some(&b' '));
        let name = ascii(&rest[..word]);
        if name == "bin" {
            let length = number.and_then(|length: i32| usize::try_from(length).ok()).unwrap_or(0);
            return (at + end + blank + length).min(bytes.len());
        }
        self.word(&name, number);
        at + end + blank
    }

    /// A sign behind a stroke; how many bytes it takes.
    fn symbol(&mut self, sign: u8, rest: &[u8]) -> usize {
        match sign {
            b'\'' => {
                let digits = rest.get(1..3).and_then(|digits| std::str::from_utf8(digits).ok());
                match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                    Some(byte) => self.byte(byte),
                    None => return 1,
                }
                return 3;
            }
            b'*' => self.group.is_optional = true,
            b'~' => self.character("\u{A0}"),
            b'_' => self.character("-"),
            b'\r' | b'\n' => self.paragraph(),
            b'\\' | b'{' | b'}' => self.byte(sign),
            _ => {}
        }
        1
    }

    fn word(&mut self, name: &str, number: Option<i32>) {
        if self.to_skip > 0 && name != "u" {
            self.to_skip -= 1;
            return;
        }
        self.flush_but_half(name == "u");
        let is_first = std::mem::take(&mut self.group.is_new);
        let is_optional = std::mem::take(&mut self.group.is_optional);
        if is_first && let Some(destination) = destination(name, is_optional) {
            self.enter(destination);
            return;
        }
        let is_on = number != Some(0);
        match (name, number) {
            ("u", Some(number)) => self.unit(number),
            ("uc", Some(count)) => self.group.substitutes = usize::try_from(count).unwrap_or(1).min(8),
            ("f", Some(font)) => self.group.font = font,
            ("fcharset", Some(charset)) if self.group.destination == Destination::Fonts => {
                self.fonts.extend(font_page(charset).map(|page| (self.group.font, page)));
            }
            ("ansicpg", Some(page)) => self.page = code_page(page),
            ("v" | "deleted", _) => self.group.is_hidden = is_on,
            ("plain", _) => self.group.is_hidden = false,
            ("pard", _) => self.in_table = false,
            ("intbl", _) => self.in_table = true,
            ("yr" | "mo" | "dy", Some(number)) => {
                let place = ["yr", "mo", "dy"].iter().position(|own| *own == name).unwrap_or(0);
                self.day[place] = number;
            }
            ("par" | "sect" | "page", _) => self.paragraph(),
            ("cell" | "nestcell", _) => self.cell(),
            ("trowd" | "row" | "nestrow", _) => self.row(),
            (name, _) => {
                if let Some((_, text)) = CHARACTERS.iter().find(|(own, _)| *own == name) {
                    self.character(text);
                }
            }
        }
    }

    /// The group is a part of its own.
    fn enter(&mut self, destination: Destination) {
        let outer = self.group.destination;
        // What stands in a part without text is no text either.
        if outer != Destination::Nothing && (outer != Destination::Fonts || destination == Destination::Nothing) {
            self.group.destination = destination;
        }
        self.day = [0; 3];
    }

    fn byte(&mut self, byte: u8) {
        self.group.is_new = false;
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else {
            self.bytes.push(byte);
        }
    }

    /// A `\u`: half a character, or a whole one.
    fn unit(&mut self, number: i32) {
        self.to_skip = self.group.substitutes;
        let unit = (number & 0xFFFF) as u16;
        let units = match self.half.take() {
            Some(half) => vec![half, unit],
            None if (0xD800..0xDC00).contains(&unit) => {
                self.half = Some(unit);
                return;
            }
            None => vec![unit],
        };
        self.write(&String::from_utf16_lossy(&units));
    }

    fn character(&mut self, text: &str) {
        self.flush();
        match text {
            "\n" => {
                if let Some(writer) = self.writer() {
                    writer.line_break();
                }
            }
            text => self.write(text),
        }
    }

    fn flush(&mut self) {
        self.flush_but_half(false);
    }

    /// Decodes and writes the bytes so far; what is half of a character waits where the other half may follow.
    fn flush_but_half(&mut self, is_half_next: bool) {
        if !is_half_next && self.half.take().is_some() {
            self.write("\u{FFFD}");
        }
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let font = self.fonts.get(&self.group.font).copied();
        let encoding = self.default.or(font).or(self.page).unwrap_or(encoding_rs::WINDOWS_1252);
        let (text, has_faults) = encoding.decode_without_bom_handling(&bytes);
        if has_faults && self.group.destination == Destination::Body {
            let loss = Loss::Undecodable { charset: encoding.name().into(), offset: self.at as u64, count: 0 };
            if let Loss::Undecodable { count, .. } = self.lost.get_or_insert(loss) {
                *count += text.matches(char::REPLACEMENT_CHARACTER).count() as u64;
            }
        }
        self.write(&text);
    }

    fn write(&mut self, text: &str) {
        if self.group.is_hidden {
            return;
        }
        match self.group.destination {
            Destination::Title => self.properties.title.push_str(text),
            Destination::Author => self.properties.author.push_str(text),
            _ => {
                let begins_cell = self.in_table && !self.in_cell && self.group.destination == Destination::Body;
                self.in_cell |= begins_cell;
                let ends_table = std::mem::take(&mut self.after_row) && !self.in_table;
                if let Some(writer) = self.writer() {
                    if ends_table {
                        writer.paragraph();
                    }
                    if begins_cell {
                        writer.begin_cell();
                    }
                    writer.text(text);
                }
            }
        }
    }

    /// Where the text of the group goes.
    fn writer(&mut self) -> Option<&mut Writer> {
        match self.group.destination {
            Destination::Body => Some(&mut self.body),
            Destination::Note => Some(&mut self.notes),
            Destination::Rest => Some(&mut self.rest),
            _ => None,
        }
    }

    fn paragraph(&mut self) {
        self.flush();
        if let Some(writer) = self.writer() {
            writer.paragraph();
        }
    }

    fn cell(&mut self) {
        if !std::mem::take(&mut self.in_cell) {
            self.body.begin_cell();
        }
        self.body.end_cell();
    }

    fn row(&mut self) {
        (self.in_cell, self.after_row) = (false, true);
        self.body.begin_row();
    }
}

/// What the first word of a group makes of it; `None` where it is text like what stands around it.
fn destination(name: &str, is_optional: bool) -> Option<Destination> {
    const NOTHING: [&str; 22] = [
        "colortbl",
        "stylesheet",
        "pict",
        "fldinst",
        "nonshppict",
        "shprslt",
        "sp",
        "objdata",
        "objclass",
        "revtbl",
        "listtable",
        "listoverridetable",
        "generator",
        "company",
        "operator",
        "category",
        "keywords",
        "comment",
        "doccomm",
        "xe",
        "tc",
        "result",
    ];
    match name {
        "fonttbl" => Some(Destination::Fonts),
        "title" => Some(Destination::Title),
        "author" => Some(Destination::Author),
        "creatim" => Some(Destination::Created),
        "revtim" => Some(Destination::Modified),
        "footnote" => Some(Destination::Note),
        "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr" | "footerf" => {
            Some(Destination::Rest)
        }
        "info" => None,
        // Groups of shapes are optional, and text boxes stand in them.
        "shpinst" | "shptxt" | "shppict" | "ud" | "nesttableprops" => None,
        name if is_optional || NOTHING.contains(&name) => Some(Destination::Nothing),
        _ => None,
    }
}

/// Words that are characters.
const CHARACTERS: [(&str, &str); 13] = [
    ("tab", " "),
    ("line", "\n"),
    ("emdash", "—"),
    ("endash", "–"),
    ("emspace", "\u{3000}"),
    ("enspace", " "),
    ("qmspace", " "),
    ("lquote", "‘"),
    ("rquote", "’"),
    ("ldblquote", "“"),
    ("rdblquote", "”"),
    ("bullet", "•"),
    ("softline", "\n"),
];

/// The charset of a code page of Windows.
fn code_page(number: i32) -> Option<&'static Encoding> {
    let label = match number {
        936 => "gb18030".to_string(),
        950 => "big5".to_string(),
        932 => "shift_jis".to_string(),
        949 => "euc-kr".to_string(),
        65001 => "utf-8".to_string(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes())
}

/// The charset of a font; those of the West say nothing, for they are the default of every font.
fn font_page(charset: i32) -> Option<&'static Encoding> {
    let page = match charset {
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        204 => 1251,
        _ => return None,
    };
    code_page(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &[u8]) -> String {
        let mut read = RichText::default();
        read.read(text).expect("rich text");
        read.flush();
        read.body.finish()
    }

    #[test]
    fn characters_come_in_many_ways() {
        let rows: [(&[u8], &str); 10] = [
            (b"{\\rtf1\\ansi\\ansicpg936 \\'bd\\'f1\\'c4\\'ea\\par\\'c3\\'f7}", "今年\n\n明"),
            (b"{\\rtf1\\ansicpg1252{\\fonttbl{\\f1\\fcharset134 \\'cb\\'ce;}}\\f1 \\'bd\\'f1{\\f0 ab}}", "今ab"),
            (b"{\\rtf1\\uc1\\u20170?\\u24180 ?!}", "今年!"),
            (b"{\\rtf1\\uc2\\u20170\\'bd\\'f1\\u24180\\'c4\\'ea}", "今年"),
            (b"{\\rtf1\\uc0\\u-10179\\u-8704}", "\u{1F600}"),
            (b"{\\rtf1\\ansicpg936\\'81@\\'81\\'5c}", "丂乗"),
            (b"{\\rtf1 a{\\*\\unknown b}{\\pict c}{\\v d}\\line e\\{}", "a\ne{"),
            (b"{\\rtf1 \\trowd\\intbl a\\cell b\\par c\\cell\\row\\pard d\\par}", "a\tb\nc\t\n\nd"),
            (b"{\\rtf1 a{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv y}}{\\shptxt b}}{\\shprslt b}}c}", "abc"),
            (b"{\\rtf1 a\\bin3 {{{b", "ab"),
        ];
        for (text, expected) in rows {
            assert_eq!(body(text), expected, "{}", String::from_utf8_lossy(text));
        }
        assert!(RichText::default().read(&b"{".repeat(100_000)).is_err());
    }

    #[test]
    fn facts_notes_and_headers_stand_apart() {
        let text = b"{\\rtf1\\ansicpg936{\\info{\\title T}{\\author A}{\\creatim\\yr2018\\mo3\\dy5}{\\company C}}\
                     {\\header H}a{\\footnote N}b}";
        let mut read = RichText::default();
        read.read(text).expect("rich text");
        assert_eq!((read.properties.title.as_str(), read.properties.author.as_str()), ("T", "A"));
        assert_eq!(read.properties.created, DateSpan::parse("2018-03-05"));
        assert_eq!(
            (read.body.finish(), read.notes.finish(), read.rest.finish()),
            ("ab".into(), "N".into(), "H".into())
        );
    }
}
