//! Reads the streams of the analysis: tokens with one blank between them. Nothing is cut or changed here.

use tantivy::tokenizer::{RawTokenizer, TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

/// Name of the tokenizer of streams, in the schema.
pub(super) const STREAM: &str = "stream";
/// Name of the tokenizer that takes a text whole.
pub(super) const RAW: &str = "raw";

/// The tokenizers of the schema.
pub(super) fn tokenizers() -> TokenizerManager {
    // The engine asks for its own default tokenizer even for fields that have none.
    let manager = TokenizerManager::default();
    manager.register(STREAM, TextAnalyzer::builder(Blanks).build());
    manager.register(RAW, TextAnalyzer::builder(RawTokenizer::default()).build());
    manager
}

#[derive(Clone, Copy)]
struct Blanks;

struct Pieces<'a> {
    rest: &'a str,
    token: Token,
}

impl Tokenizer for Blanks {
    type TokenStream<'a> = Pieces<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Pieces<'a> {
        Pieces { rest: text, token: Token { position: usize::MAX, ..Token::default() } }
    }
}

impl TokenStream for Pieces<'_> {
    fn advance(&mut self) -> bool {
        if self.rest.is_empty() {
            return false;
        }
        // A blank is one byte, and no byte of another character equals it; most tokens are three bytes long.
        let end = self.rest.as_bytes().iter().position(|&byte| byte == b' ').unwrap_or(self.rest.len());
        self.token.text.clear();
        self.token.text.push_str(&self.rest[..end]);
        self.token.position = self.token.position.wrapping_add(1);
        self.rest = self.rest.get(end + 1..).unwrap_or_default();
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
