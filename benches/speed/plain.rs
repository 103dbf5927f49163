//! The plain recipe: what one writes in an afternoon with tantivy and tantivy-jieba.

use std::path::Path;
use std::time::Instant;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value};
use tantivy::tokenizer::{TextAnalyzer, TokenStream};
use tantivy::{Index, IndexSettings, Searcher, TantivyDocument, Term};
use tantivy_jieba::JiebaTokenizer;

use super::texts::{FRESH, Text};

const JIEBA: &str = "jieba";

fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(JiebaTokenizer::new()).build()
}

/// Indexes title and body as one field, on one thread.
pub fn index(folder: &Path, texts: &[Text]) {
    std::fs::create_dir_all(folder).expect("a folder can be made");
    let indexing = TextFieldIndexing::default();
    let indexing = indexing.set_tokenizer(JIEBA).set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let mut schema = Schema::builder();
    let id = schema.add_text_field("id", STORED);
    let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing).set_stored());
    let settings = IndexSettings {
        docstore_compression: tantivy::store::Compressor::Zstd(tantivy::store::ZstdCompressor::default()),
        ..IndexSettings::default()
    };
    let index = Index::builder().schema(schema.build()).settings(settings).create_in_dir(folder).expect("an index");
    index.tokenizers().register(JIEBA, analyzer());
    let mut writer = index.writer_with_num_threads(1, 256 << 20).expect("a writer");
    for each in texts {
        let mut document = TantivyDocument::default();
        document.add_text(id, &each.id);
        document.add_text(text, format!("{}\n{}", each.title, each.body));
        writer.add_document(document).expect("a document is added");
    }
    writer.commit().expect("a commit");
    writer.wait_merging_threads().expect("merges end");
}

fn open(folder: &Path) -> (Searcher, Field, TextAnalyzer) {
    let index = Index::open_in_dir(folder).expect("the index opens");
    let analyzer = analyzer();
    index.tokenizers().register(JIEBA, analyzer.clone());
    let text = index.schema().get_field("text").expect("the field");
    (index.reader().expect("a reader").searcher(), text, analyzer)
}

/// A phrase for each term, all of them.
fn query(query: &str, text: Field, analyzer: &mut TextAnalyzer) -> BooleanQuery {
    let mut all: Vec<Box<dyn Query>> = Vec::new();
    for part in query.split(' ') {
        let mut terms = Vec::new();
        let mut tokens = analyzer.token_stream(part);
        while tokens.advance() {
            let term = Term::from_field_text(text, &tokens.token().text);
            terms.push((tokens.token().position, term));
        }
        all.push(match terms.as_slice() {
            [(_, single)] => Box::new(TermQuery::new(single.clone(), IndexRecordOption::WithFreqs)),
            _ => Box::new(PhraseQuery::new_with_offset(terms)),
        });
    }
    BooleanQuery::intersection(all)
}

fn search(searcher: &Searcher, query: &dyn Query) -> usize {
    let (total, best) = searcher.search(query, &(Count, TopDocs::with_limit(10).order_by_score())).expect("an answer");
    for (_, address) in best {
        let document: TantivyDocument = searcher.doc(address).expect("a document");
        assert!(document.field_values().all(|(_, value)| value.as_str().is_some()));
    }
    total
}

/// Milliseconds of each query with ten hits and their texts, warm.
pub fn ask(folder: &Path, queries: &[String]) -> Vec<f64> {
    let (searcher, text, mut analyzer) = open(folder);
    let mut time = |asked: &String| {
        let began = Instant::now();
        search(&searcher, &query(asked, text, &mut analyzer));
        began.elapsed().as_secs_f64() * 1000.0
    };
    queries.iter().for_each(|query| _ = time(query));
    queries.iter().map(time).collect()
}

/// What a fresh process does: open, ask once, print.
pub fn answer(folder: &Path) {
    let (searcher, text, mut analyzer) = open(folder);
    println!("{}", search(&searcher, &query(FRESH, text, &mut analyzer)));
}
