//! Time of queries with exact totals and passages, beside a bare phrase query of tantivy over unigrams in the same run:
//! the floor that any search with exact membership stands on, without order, passages or stored texts.
//!
//! `cargo bench --bench latency` asks the 2,000 queries of `queries.txt` on one thread, warm, of 60,000 stories of
//! `../shared`, else of a seeded multiple of `corpus/`; `-- 1000000` of so many articles, the stories multiplied with
//! their sentences drawn anew. Rows are medians and 99th parts in milliseconds, and ratios to the bare query.

#[path = "../speed/memory.rs"]
mod memory;
#[path = "../speed/texts.rs"]
#[allow(dead_code, reason = "the other bench has queries of its own")]
mod texts;

use std::path::{Path, PathBuf};
use std::time::Instant;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, Searcher, TantivyDocument, Term};
use xunzhang::analysis::unigrams;
use xunzhang::{Engine, EngineOptions, Relax, SearchRequest};

fn main() {
    let articles = std::env::args().skip(1).find_map(|argument| argument.parse::<usize>().ok());
    let mut texts = texts::texts();
    if let Some(articles) = articles {
        texts = texts::multiplied(&texts, articles);
    }
    let work = tempfile::tempdir().expect("a temporary folder");
    let bare = build_bare(&work.path().join("bare"), &texts);
    let engine = build(&work.path().join("ours"), &texts, false);
    let paired = build(&work.path().join("paired"), &texts, true);
    println!("{} articles, {} queries, one thread, warm", texts.len(), queries().count());
    drop(texts);
    let all: Vec<String> = queries().collect();
    let bare_times = times(&all, |query| bare.count(query));
    let bare_ten = times(&all, |query| bare.ten(query));
    let exact = times(&all, |query| total(&engine, SearchRequest::new(query).relax(Relax::Never)));
    let ids = times(&all, |query| {
        let mut request = SearchRequest::new(query).relax(Relax::Never);
        request.ids_only = true;
        total(&engine, request)
    });
    let whole = times(&all, |query| total(&engine, SearchRequest::new(query)));
    let ids_paired = times(&all, |query| {
        let mut request = SearchRequest::new(query).relax(Relax::Never);
        request.ids_only = true;
        total(&paired, request)
    });
    let exact_paired = times(&all, |query| total(&paired, SearchRequest::new(query).relax(Relax::Never)));
    for (query, (one, other)) in all.iter().zip(bare_times.1.iter().zip(&exact.1)) {
        assert_eq!(one, other, "{query}: both count the same documents");
    }
    assert_eq!(exact.1, exact_paired.1, "pairs change no total");
    println!("{} of them find less than three", exact.1.iter().filter(|total| **total < 3).count());
    println!("{:<40} {:>9} {:>9} {:>8} {:>8}", "", "p50 ms", "p99 ms", "p50 ×", "p99 ×");
    for (name, (times, _)) in [
        ("bare phrase query, count alone", &bare_times),
        ("its ten best with texts, marked", &bare_ten),
        ("ids and order alone", &ids),
        ("ten hits with passages", &exact),
        ("and near answers where there are few", &whole),
        ("with pairs: ids and order alone", &ids_paired),
        ("with pairs: ten hits with passages", &exact_paired),
    ] {
        let figure = |share| (part(times, share), part(times, share) / part(&bare_times.0, share));
        let ((median, times_median), (late, times_late)) = (figure(0.5), figure(0.99));
        println!("{name:<40} {median:>9.2} {late:>9.2} {times_median:>8.2} {times_late:>8.2}");
    }
    println!("most memory held: {:.0} MB", memory::peak_bytes() as f64 / 1e6);
}

fn queries() -> impl Iterator<Item = String> {
    include_str!("queries.txt").lines().filter(|line| !line.starts_with('#')).map(str::to_owned)
}

/// Milliseconds of each query in the second round, and what it answered.
fn times(queries: &[String], mut ask: impl FnMut(&str) -> u64) -> (Vec<f64>, Vec<u64>) {
    queries.iter().for_each(|query| _ = ask(query));
    let mut one = |query: &String| {
        let began = Instant::now();
        let total = ask(query);
        (began.elapsed().as_secs_f64() * 1000.0, total)
    };
    queries.iter().map(&mut one).unzip()
}

fn part(times: &[f64], share: f64) -> f64 {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    times[((times.len() - 1) as f64 * share) as usize]
}

fn total(engine: &Engine, request: SearchRequest) -> u64 {
    engine.search(&request).expect("an answer").summary.total.value
}

fn build(folder: &Path, texts: &[texts::Text], pairs: bool) -> Engine {
    let mut options = EngineOptions::default();
    // What is recognised is of no part in these queries.
    (options.create, options.pairs, options.entities) = (true, Some(pairs), Some(false));
    let engine = Engine::open_with(folder, &options).expect("an index can be made");
    let report = engine.ingest(texts.iter().map(texts::Text::document)).expect("every text is indexed");
    let name = if pairs { "with pairs" } else { "without" };
    println!("{name}: {:.0} MB in {:.0} s", report.index_bytes as f64 / 1e6, report.took_ms / 1e3);
    engine
}

/// Unigrams with positions in one field, stored, and nothing else.
struct Bare {
    searcher: Searcher,
    text: Field,
}

fn build_bare(folder: &Path, texts: &[texts::Text]) -> Bare {
    std::fs::create_dir_all(folder).expect("a folder can be made");
    let indexing = TextFieldIndexing::default().set_tokenizer("whitespace").set_fieldnorms(false);
    let indexing = indexing.set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let mut schema = Schema::builder();
    let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing).set_stored());
    let index = Index::create_in_dir(folder, schema.build()).expect("an index");
    let mut writer = index.writer_with_num_threads(1, 256 << 20).expect("a writer");
    for each in texts {
        let mut document = TantivyDocument::default();
        document.add_text(text, stream(&format!("{}\n\n{}", each.title, each.body)).join(" "));
        writer.add_document(document).expect("a document is added");
    }
    writer.commit().expect("a commit");
    writer.wait_merging_threads().expect("merges end");
    Bare { searcher: index.reader().expect("a reader").searcher(), text }
}

fn stream(text: &str) -> Vec<String> {
    unigrams(text).into_iter().map(|unigram| unigram.text).collect()
}

impl Bare {
    fn count(&self, query: &str) -> u64 {
        self.searcher.search(&self.query(query), &Count).expect("a count") as u64
    }

    /// What a plain program does for a page of hits: count, the ten best by BM25, their stored texts, a passage of each.
    fn ten(&self, query: &str) -> u64 {
        let query = self.query(query);
        let best = TopDocs::with_limit(10).order_by_score();
        let (count, best) = self.searcher.search(&query, &(Count, best)).expect("an answer");
        let snippets = SnippetGenerator::create(&self.searcher, &query, self.text).expect("a generator");
        for (_, address) in best {
            let document: TantivyDocument = self.searcher.doc(address).expect("a document");
            std::hint::black_box(snippets.snippet_from_doc(&document).to_html());
        }
        count as u64
    }

    fn query(&self, query: &str) -> BooleanQuery {
        let phrase = |term: &str| -> Box<dyn Query> {
            let terms: Vec<Term> =
                stream(term).iter().map(|unigram| Term::from_field_text(self.text, unigram)).collect();
            match terms.as_slice() {
                [single] => Box::new(TermQuery::new(single.clone(), IndexRecordOption::WithFreqs)),
                _ => Box::new(PhraseQuery::new(terms)),
            }
        };
        BooleanQuery::intersection(query.split(' ').map(phrase).collect())
    }
}

/// The package's folder.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
