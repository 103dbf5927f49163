//! Questions into answers: one, or a batch of them in its order, printed as they come. A batch goes on after a faulty
//! line.

use std::io;

use anyhow::bail;
use xunzhang::index::IndexError;
use xunzhang::{Engine, Error, SearchRequest, SearchResponse};

use crate::batch::Question;
use crate::digest::Digest;
use crate::exit::Exit;
use crate::messages::Message;
use crate::output::Paper;
use crate::talk::Talk;

/// Answers one question.
pub fn one(
    engine: &Engine,
    request: &mut SearchRequest,
    question: &Question,
    paper: &mut Paper,
) -> anyhow::Result<Exit> {
    let mut response = ask(engine, request, question, paper.talk)?;
    response.summary.coverage.outdated = engine.outdated()?;
    paper.answer(question, &response, request.offset)?;
    Ok(if is_found(&response) { Exit::Success } else { Exit::Partial })
}

/// Answers a batch: found if any of it was, failed if none was and a line was faulty.
pub fn batch(
    engine: &Engine,
    request: &mut SearchRequest,
    questions: impl Iterator<Item = io::Result<Question>>,
    paper: &mut Paper,
    mut digest: Option<&mut Digest>,
) -> anyhow::Result<Exit> {
    let (mut found, mut faulty) = (false, false);
    for question in questions {
        let question = question?;
        if let Some(digest) = &mut digest {
            request.indexed_after = digest.after(&question.query);
        }
        let answer = ask(engine, request, &question, paper.talk);
        if let Some(digest) = &mut digest {
            let until = answer.as_ref().ok().map(|response| response.summary.coverage.indexed_until);
            digest.answered(&question.query, until);
        }
        match answer {
            Ok(response) if digest.is_some() && !is_found(&response) => paper.nothing_new(&question, &response)?,
            Ok(response) => {
                found |= is_found(&response);
                paper.answer(&question, &response, request.offset)?;
            }
            Err(error) if is_of_the_line(&error) => {
                faulty = true;
                paper.fault(&question, &error)?;
            }
            Err(error) => return Err(error),
        }
    }
    let nothing = if faulty { Exit::Failure } else { Exit::Partial };
    Ok(if found { Exit::Success } else { nothing })
}

fn ask(
    engine: &Engine,
    request: &mut SearchRequest,
    question: &Question,
    talk: Talk,
) -> anyhow::Result<SearchResponse> {
    if question.garbled {
        bail!(Garbled(talk.text(Message::NotUtf8)));
    }
    request.query.clone_from(&question.query);
    let response = engine.search(request)?;
    let lead = question.id.as_ref().map(|id| format!("{id}: ")).unwrap_or_default();
    for complaint in &response.complaints {
        talk.note(&format!("{lead}{complaint}"));
    }
    Ok(response)
}

/// A line of a batch that is no text.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Garbled(String);

/// Whether an error belongs to one query, so that the next may do better.
fn is_of_the_line(error: &anyhow::Error) -> bool {
    let of_query = |error: &Error| {
        matches!(
            error,
            Error::Query(_)
                | Error::Index(IndexError::Deadline | IndexError::Field { .. } | IndexError::TooManyTerms { .. })
        )
    };
    error.is::<Garbled>() || error.downcast_ref().is_some_and(of_query)
}

fn is_found(response: &SearchResponse) -> bool {
    response.summary.total.value > 0 || response.summary.relaxed > 0
}
