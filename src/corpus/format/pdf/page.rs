//! The signs of each page with their places, as its drawing shows them; pictures are not decoded.
//!
//! Places are in points from the upper left corner, after the page's own rotation. Text that runs down or was turned is
//! laid flat, so that a line always runs to the right and the next stands below.

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt, interpret_page,
};

use super::super::super::decode;
use super::super::super::helper::{Reply, Text};

/// Signs of a page at most: a page of a newspaper has 15,000.
const MOST: usize = 400_000;
/// Pages at most.
const PAGES: usize = 20_000;
/// Units of a font's design in its size.
const UNITS: f64 = 1000.0;

/// A sign, or several that are drawn as one.
#[derive(Clone, Debug)]
pub(super) struct Sign {
    pub text: String,
    /// Where it begins, and the line that it stands on.
    pub x: f64,
    pub y: f64,
    pub width: f64,
    /// Height of its font.
    pub size: f64,
}

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Signs {
    pub signs: Vec<Sign>,
    /// Something is drawn beside text.
    pub has_pictures: bool,
}

/// The pages of a file, and what is known about it.
pub(super) struct Read {
    pub pages: Vec<Signs>,
    pub facts: Text,
}

/// Reads all pages.
pub(super) fn read(bytes: Vec<u8>) -> Result<Read, Reply> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Reply::Encrypted,
        LoadPdfError::Decryption(_) => Reply::Malformed("it is encrypted in a way that is not known".into()),
        LoadPdfError::Invalid => Reply::Malformed("it does not hold together as a PDF".into()),
    })?;
    let (cache, settings) = (InterpreterCache::new(), InterpreterSettings::default());
    let (mut pages, mut unknown) = (Vec::new(), 0);
    for page in pdf.pages().iter().take(PAGES) {
        let (width, height) = page.render_dimensions();
        let mut taken = Taken::default();
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context =
            Context::new(page.initial_transform(true).to_kurbo(), bounds, &cache, page.xref(), settings.clone());
        interpret_page(page, &mut context, &mut taken);
        unknown += taken.unknown;
        pages.push(taken.signs());
    }
    let metadata = pdf.metadata();
    let date = |date: Option<&hayro_interpret::hayro_syntax::object::DateTime>| {
        date.map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)).unwrap_or_default()
    };
    let facts = Text {
        unknown,
        title: string(metadata.title.as_deref()),
        author: string(metadata.author.as_deref()),
        created: date(metadata.creation_date.as_ref()),
        modified: date(metadata.modification_date.as_ref()),
        ..Text::default()
    };
    Ok(Read { pages, facts })
}

/// A string of the file's own: UTF-16 with a mark, or bytes in an unknown charset.
fn string(bytes: Option<&[u8]>) -> String {
    bytes
        .and_then(|bytes| decode::read(bytes.to_vec(), None, None).ok())
        .map(|decoded| decoded.text)
        .unwrap_or_default()
}

/// What is taken from a page's drawing.
#[derive(Default)]
struct Taken {
    /// Signs with the direction that each runs in.
    signs: Vec<(Sign, Direction)>,
    has_pictures: bool,
    unknown: u64,
}

/// Where a line of text runs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Direction {
    #[default]
    Right,
    Down,
    Left,
    Up,
    /// Aslant, as a watermark.
    Aslant,
}

impl Direction {
    fn of(way: Vec2) -> Self {
        let (along, across) = (way.x.abs(), way.y.abs());
        match way {
            _ if across <= along * 0.1 && way.x >= 0.0 => Self::Right,
            _ if across <= along * 0.1 => Self::Left,
            _ if along <= across * 0.1 && way.y >= 0.0 => Self::Down,
            _ if along <= across * 0.1 => Self::Up,
            _ => Self::Aslant,
        }
    }

    /// A place on a page turned so that the direction is to the right.
    fn flat(self, x: f64, y: f64) -> (f64, f64) {
        match self {
            Self::Right | Self::Aslant => (x, y),
            Self::Down => (y, -x),
            Self::Left => (-x, -y),
            Self::Up => (-y, x),
        }
    }
}

impl Taken {
    /// The signs that run as most do; the others are turned text beside it and watermarks.
    fn signs(self) -> Signs {
        const WAYS: [Direction; 4] = [Direction::Right, Direction::Down, Direction::Left, Direction::Up];
        let count = |way: &Direction| self.signs.iter().filter(|(_, own)| own == way).count();
        let main = WAYS.into_iter().rev().max_by_key(count).unwrap_or_default();
        let flat = self.signs.into_iter().filter(|(_, way)| *way == main).map(|(sign, way)| {
            let (x, y) = way.flat(sign.x, sign.y);
            Sign { x, y, ..sign }
        });
        Signs { signs: flat.collect(), has_pictures: self.has_pictures }
    }

    fn take(&mut self, glyph: &Glyph<'_>, place: Affine, is_vertical: bool) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => {
                self.unknown += 1;
                char::REPLACEMENT_CHARACTER.to_string()
            }
        };
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        let advance = match glyph {
            Glyph::Outline(glyph) => glyph.advance_width(),
            Glyph::Type3(glyph) => glyph.advance_width(),
        };
        let [.., dx, dy] = place.as_coeffs();
        let linear = |x: f64, y: f64| place * Point::new(x, y) - Point::new(dx, dy);
        // The size across the line; a sign of Type 3 has units of its own, and its width says more.
        let up = linear(0.0, UNITS);
        let width = linear(advance.map_or(UNITS / 2.0, f64::from), 0.0);
        let (way, length, size) = match is_vertical {
            true => (-up, up.hypot(), linear(UNITS, 0.0).hypot()),
            false => (linear(UNITS, 0.0), width.hypot(), up.hypot()),
        };
        let is_drawable = [dx, dy, length, size].iter().all(|number| number.is_finite()) && size > 0.1;
        if !text.is_empty() && is_drawable && self.signs.len() < MOST {
            self.signs.push((Sign { text, x: dx, y: dy, width: length, size }, Direction::of(way)));
        }
    }
}

impl<'a> Device<'a> for Taken {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.has_pictures = true;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let is_vertical = run.writing_mode() == WritingMode::Vertical;
        for glyph in run.glyphs() {
            self.take(glyph, props.transform * glyph.transform(), is_vertical);
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.has_pictures = true;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
