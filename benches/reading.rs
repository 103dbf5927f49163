//! Rates of reading alone, without indexing, in MB/s of text: what `corpus` gives from one compressed file, from separate
//! files and from archives, beside the same bytes merely read and beside `serde_json` alone, in one run.
//!
//! `cargo bench --bench reading` takes the stories of `../shared/data/cctv`; where they are not there it says so and takes
//! the sample articles many times over. Each rate is the best of three passes in a temporary folder that the system keeps
//! in memory.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use flate2::bufread::MultiGzDecoder;
use serde::{Deserialize, Serialize};
use xunzhang::corpus::{Corpus, ReadOptions};

const PASSES: usize = 3;
/// Bytes that are read at once by whoever merely reads.
const BUFFER: usize = 256 << 10;
/// How often the sample articles are taken where there are no stories.
const TIMES: usize = 200;

/// A record of the stories.
#[derive(Deserialize, Serialize)]
struct Story {
    id: String,
    title: String,
    date: Option<String>,
    source: Option<String>,
    text: String,
}

impl Story {
    fn bytes(&self) -> usize {
        self.title.len() + self.text.len()
    }
}

fn main() -> io::Result<()> {
    let stories = stories()?;
    let desk = tempfile::tempdir()?;
    let at = |name: &str| desk.path().join(name);
    make(&stories, &at)?;
    let bytes = stories.iter().map(Story::bytes).sum();
    println!("{} texts, {:.1} MB", stories.len(), megabytes(bytes));
    drop(stories);

    println!("records in one file");
    let plain =
        rate("  serde_json alone", None, bytes, || parse(BufReader::with_capacity(BUFFER, File::open(at("a.jsonl"))?)));
    rate("  read", Some(plain), bytes, || cat(&at("a.jsonl")));
    rate("  .jsonl", Some(plain), bytes, || documents(&at("a.jsonl")));
    println!("records in one compressed file");
    let packed = rate("  serde_json alone, gzip", None, bytes, || {
        parse(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(BufReader::new(File::open(at("a.jsonl.gz"))?))))
    });
    rate("  read", Some(packed), bytes, || cat(&at("a.jsonl.gz")));
    rate("  decompressed", Some(packed), bytes, || {
        pour(MultiGzDecoder::new(BufReader::with_capacity(BUFFER, File::open(at("a.jsonl.gz"))?)))
    });
    for name in ["a.jsonl.gz", "a.jsonl.zst", "a.jsonl.bz2", "a.jsonl.xz"] {
        rate(&format!("  {}", &name[1..]), Some(packed), bytes, || documents(&at(name)));
    }
    println!("a file for each");
    let files = rate("  read", None, bytes, || cat(&at("files")));
    rate("  .txt", Some(files), bytes, || documents(&at("files")));
    println!("an entry for each");
    for name in ["a.tar", "a.tar.gz", "a.zip"] {
        rate(&format!("  {}", &name[1..]), Some(files), bytes, || documents(&at(name)));
    }
    Ok(())
}

// ---------------------------------------------------------------------------------------------------------------
// The texts

fn stories() -> io::Result<Vec<Story>> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    if let Ok(file) = File::open(home.join("../shared/data/cctv/docs.jsonl.gz")) {
        return lines(BufReader::new(MultiGzDecoder::new(BufReader::new(file))));
    }
    println!("SKIPPED the stories: ../shared is not there; the sample articles stand for them");
    let corpus = Corpus::open(&[home.join("corpus")], ReadOptions::default()).map_err(io::Error::other)?;
    let articles: Vec<_> = corpus.documents().filter_map(Result::ok).collect();
    let story = |(number, article): (usize, &xunzhang::Document)| Story {
        id: format!("{number}"),
        title: article.title.clone(),
        date: None,
        source: article.source.clone(),
        text: article.body.clone(),
    };
    Ok((0..TIMES).flat_map(|_| &articles).enumerate().map(story).collect())
}

fn lines(reader: impl BufRead) -> io::Result<Vec<Story>> {
    reader.lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}

/// Writes the texts in every form that is read.
fn make(stories: &[Story], at: &dyn Fn(&str) -> PathBuf) -> io::Result<()> {
    let mut all = Vec::new();
    for story in stories {
        serde_json::to_writer(&mut all, story)?;
        all.push(b'\n');
    }
    fs::write(at("a.jsonl"), &all)?;
    let mut gzip = flate2::write::GzEncoder::new(File::create(at("a.jsonl.gz"))?, flate2::Compression::default());
    gzip.write_all(&all)?;
    gzip.finish()?;
    fs::write(at("a.jsonl.zst"), zstd::encode_all(&all[..], 3)?)?;
    let mut bzip2 = bzip2::write::BzEncoder::new(File::create(at("a.jsonl.bz2"))?, bzip2::Compression::default());
    bzip2.write_all(&all)?;
    bzip2.finish()?;
    let mut xz = lzma_rust2::XzWriter::new(File::create(at("a.jsonl.xz"))?, lzma_rust2::XzOptions::with_preset(3))?;
    xz.write_all(&all)?;
    xz.finish()?;
    let mut tar = tar::Builder::new(File::create(at("a.tar"))?);
    let mut zip = zip::ZipWriter::new(File::create(at("a.zip"))?);
    let deflated = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (number, story) in stories.iter().enumerate() {
        let (folder, name) = (format!("{:03}", number / 1000), format!("{:03}/{number}.txt", number / 1000));
        let text = format!("{}\n\n{}", story.title, story.text);
        fs::create_dir_all(at("files").join(folder))?;
        fs::write(at("files").join(&name), &text)?;
        let mut header = tar::Header::new_gnu();
        header.set_size(text.len() as u64);
        tar.append_data(&mut header, &name, text.as_bytes())?;
        zip.start_file(name, deflated)?;
        zip.write_all(text.as_bytes())?;
    }
    tar.into_inner()?;
    zip.finish()?;
    let mut gzip = flate2::write::GzEncoder::new(File::create(at("a.tar.gz"))?, flate2::Compression::default());
    io::copy(&mut File::open(at("a.tar"))?, &mut gzip)?;
    gzip.finish()?;
    Ok(())
}

// ---------------------------------------------------------------------------------------------------------------
// Ways to read them

/// Documents as an index gets them; how many bytes of text they have.
fn documents(path: &Path) -> io::Result<usize> {
    let corpus = Corpus::open(&[path.to_path_buf()], ReadOptions::default()).map_err(io::Error::other)?;
    let mut bytes = 0;
    for read in corpus.documents() {
        let document = black_box(read.map_err(|skip| io::Error::other(skip.to_string()))?);
        bytes += document.title.len() + document.body.len();
    }
    Ok(bytes)
}

/// Records into the same fields by `serde_json` and nothing else.
fn parse(mut reader: impl BufRead) -> io::Result<usize> {
    let (mut line, mut bytes) = (Vec::new(), 0);
    while reader.read_until(b'\n', &mut line)? > 0 {
        bytes += black_box(serde_json::from_slice::<Story>(&line)?).bytes();
        line.clear();
    }
    Ok(bytes)
}

/// The bytes of a file, or of all files of a folder in the order of their names, read and forgotten.
fn cat(path: &Path) -> io::Result<usize> {
    if path.is_file() {
        return pour(File::open(path)?);
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    entries.sort();
    entries.iter().map(|entry| cat(entry)).sum()
}

fn pour(mut reader: impl Read) -> io::Result<usize> {
    let (mut buffer, mut bytes) = (vec![0; BUFFER], 0);
    loop {
        match reader.read(black_box(&mut buffer))? {
            0 => return Ok(bytes),
            read => bytes += read,
        }
    }
}

/// Prints the rate over so many bytes of text, and its ratio to another.
fn rate(what: &str, beside: Option<f64>, bytes: usize, read: impl Fn() -> io::Result<usize>) -> f64 {
    let pass = || {
        let began = Instant::now();
        match read() {
            Ok(read) => drop(black_box(read)),
            Err(error) => panic!("{what}: {error}"),
        }
        began.elapsed().as_secs_f64()
    };
    let best = (0..PASSES).map(|_| pass()).fold(f64::INFINITY, f64::min);
    let rate = megabytes(bytes) / best;
    let ratio = beside.map_or(String::new(), |beside| format!("  {:.2}", rate / beside));
    println!("{what:<26} {rate:>8.1} MB/s{ratio}");
    rate
}

#[allow(clippy::cast_precision_loss, reason = "a rate has three digits")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
