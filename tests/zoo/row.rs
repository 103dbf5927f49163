//! A row of the zoo: a file, and what must come out of it.

/// Headline and body of the usual article, and its other script.
pub const TITLE: &str = "关于春季造林的通知";
pub const BODY: &str = "各乡镇：今年计划造林三千亩，投入资金五百万元。";
pub const PART: &str = "造林三千亩";
pub const TRADITIONAL_TITLE: &str = "關於春季造林的通知";
pub const TRADITIONAL_BODY: &str = "各鄉鎮：今年計畫造林三千畝，投入資金五百萬元。";
pub const TRADITIONAL_PART: &str = "造林三千畝";

/// The article as plain text.
pub fn text() -> Vec<u8> {
    format!("{TITLE}\n\n{BODY}").into_bytes()
}

/// A file of the zoo.
pub struct Row {
    /// Path in the folder.
    pub name: String,
    pub bytes: Vec<u8>,
    /// What comes out of it, in this order.
    pub gives: Vec<Gives>,
}

pub fn row(name: impl Into<String>, bytes: impl Into<Vec<u8>>, gives: impl IntoIterator<Item = Gives>) -> Row {
    Row { name: name.into(), bytes: bytes.into(), gives: gives.into_iter().collect() }
}

/// A document or a skip, with where in the file it is from: `!a.txt` an entry, `#2` a record.
pub struct Gives {
    pub within: &'static str,
    pub what: What,
}

pub enum What {
    Document {
        title: &'static str,
        /// What its body contains.
        part: &'static str,
        /// Its own id, where it must have one.
        id: Option<&'static str>,
        /// Offset of the first undecodable place, and how many there are.
        loss: Option<(u64, u64)>,
    },
    /// The kind of the reason.
    Skip(&'static str),
}

/// The document of the usual article.
pub fn article() -> Gives {
    document(TITLE, PART)
}

pub fn document(title: &'static str, part: &'static str) -> Gives {
    Gives { within: "", what: What::Document { title, part, id: None, loss: None } }
}

pub fn skip(kind: &'static str) -> Gives {
    Gives { within: "", what: What::Skip(kind) }
}

impl Gives {
    pub fn at(self, within: &'static str) -> Self {
        Self { within, ..self }
    }

    pub fn called(mut self, own: &'static str) -> Self {
        if let What::Document { id, .. } = &mut self.what {
            *id = Some(own);
        }
        self
    }

    pub fn losing(mut self, offset: u64, count: u64) -> Self {
        if let What::Document { loss, .. } = &mut self.what {
            *loss = Some((offset, count));
        }
        self
    }
}
