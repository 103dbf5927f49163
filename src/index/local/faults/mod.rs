//! Promise: what is acknowledged is durable, and no failure of the disk loses a document silently. Every operation of a
//! run fails once, or from there on; the power goes at every operation; each time the index holds the last commit that
//! was acknowledged or the one in flight, and goes on once it is healed.

mod articles;
mod directory;

use std::path::Path;

use super::{LocalIndex, META};
use crate::index::{Backend, IndexError, Writer};
use articles::{MERGING, Plan, SMALL, entry, state};
use directory::{BROKEN, Fault, FaultDirectory, Kind, NO_SPACE, Operation};

#[test]
fn a_fault_at_any_operation_is_told_and_loses_nothing() {
    let ways = [(NO_SPACE, true), (BROKEN, true), (BROKEN, false), (NO_SPACE, false)];
    let mut runs = 0;
    for (code, lasting) in ways {
        for threads in [1, 2] {
            for first in 1..=operations(SMALL, threads) {
                fail(SMALL, threads, Fault { first, lasting, code });
                runs += 1;
            }
        }
    }
    assert!(runs > 100, "only {runs} operations failed");
}

#[test]
fn a_fault_while_segments_are_merged_is_told_and_loses_nothing() {
    let last = operations(MERGING, 1);
    for (code, lasting) in [(NO_SPACE, true), (BROKEN, false)] {
        // Merges come last; the operations before them are those of the small plan.
        for first in (last / 2..=last).step_by(3) {
            fail(MERGING, 1, Fault { first, lasting, code });
        }
    }
}

/// How many operations a run has that nothing disturbs.
fn operations(plan: Plan, threads: usize) -> usize {
    let directory = made();
    directory.restart(None);
    let index = LocalIndex::over(directory.clone(), None);
    let mut writer = index.writer(threads, 64 << 20).expect("there is one writer");
    plan.write(&mut *writer, 0, |_| {}).expect("nothing fails");
    writer.finish().expect("nothing fails");
    assert_eq!(plan.visible(&index, "undisturbed"), plan.commits);
    directory.log().len()
}

fn made() -> FaultDirectory {
    let directory = FaultDirectory::default();
    LocalIndex::over(directory.clone(), None).make().expect("an index can be made");
    directory
}

/// A run in which an operation fails, and the run after it.
fn fail(plan: Plan, threads: usize, fault: Fault) {
    let about = format!("{threads} threads, {fault:?}");
    let directory = made();
    directory.restart(Some(fault));
    let index = LocalIndex::over(directory.clone(), None);
    let mut acknowledged = 0;
    let failed = match index.writer(threads, 64 << 20) {
        Ok(mut writer) => match plan.write(&mut *writer, 0, |commit| acknowledged = commit) {
            Ok(()) => writer.finish().err(),
            Err(error) => {
                closed(writer, &about);
                Some(error)
            }
        },
        Err(error) => Some(error),
    };
    assert!(acknowledged == plan.commits || failed.is_some(), "{about}: ended early without an error");
    // A file that could not be deleted is deleted later; any other failure is told.
    let missed = directory.log().into_iter().find(|operation| operation.failed && operation.kind != Kind::Delete);
    assert!(missed.is_none() || failed.is_some(), "{about}: nobody tells of {missed:?}");
    if let Some(error) = failed {
        told(&error, fault, &about);
    }
    for moment in ["while it fails", "healed"] {
        let reopened = LocalIndex::over(directory.clone(), None);
        let visible = plan.visible(&reopened, &format!("{about}, {moment}"));
        let in_flight = acknowledged + 1;
        assert!(
            visible == acknowledged || visible == in_flight,
            "{about}, {moment}: {visible} is visible, {acknowledged} was acknowledged"
        );
        assert_eq!(plan.visible(&index, &about), visible, "{about}: the first handle sees the same");
        directory.restart(None);
    }
    go_on(plan, &index, acknowledged, &about);
}

/// A new writer takes the batches behind a commit, and everything is found.
fn go_on(plan: Plan, index: &LocalIndex, after: usize, about: &str) {
    let mut writer = index.writer(1, 64 << 20).unwrap_or_else(|error| panic!("{about}: {error}"));
    let ended = plan.write(&mut *writer, after, |_| {}).and_then(|()| writer.finish());
    ended.unwrap_or_else(|error| panic!("{about}, again: {error}"));
    assert_eq!(plan.visible(index, about), plan.commits, "{about}");
}

/// A writer that has failed says so, whatever is asked of it.
fn closed(mut writer: Box<dyn Writer>, about: &str) {
    let is_closed = |answer: Result<(), IndexError>| matches!(answer, Err(IndexError::WriterClosed));
    assert!(is_closed(writer.add(&[entry(0, "脱贫")])), "{about}");
    assert!(is_closed(writer.remove("00")) && is_closed(writer.remove_file("00")), "{about}");
    assert!(is_closed(writer.commit(&state(99)).map(drop)), "{about}");
    assert!(is_closed(writer.finish()), "{about}");
}

/// The error names the cause and what to do.
fn told(error: &IndexError, fault: Fault, about: &str) {
    let text = error.to_string();
    let (cause, advice) = match fault.code {
        NO_SPACE => ("No space left", "make room on the disk"),
        _ => ("Input/output error", "mend what the system names"),
    };
    assert!(matches!(error, IndexError::Write { .. }), "{about}: {error:?}");
    assert!(text.contains(cause) && text.contains(advice), "{about}: {text}");
}

#[test]
fn an_index_that_could_not_be_made_can_be_made_again() {
    let directory = FaultDirectory::default();
    LocalIndex::over(directory.clone(), None).make().expect("nothing fails");
    let operations = directory.log().len();
    for first in 1..=operations {
        let fault = Fault { first, lasting: true, code: BROKEN };
        let directory = FaultDirectory::default();
        directory.restart(Some(fault));
        let error = LocalIndex::over(directory.clone(), None).make().expect_err("an operation fails");
        told(&error, fault, "made");
        for crashed in [0, 1, 2].map(|seed| directory.crash(seed)) {
            let index = LocalIndex::over(crashed, None);
            index.make().expect("it can be made again");
            go_on(SMALL, &index, 0, &format!("made again after {fault:?}"));
        }
    }
}

#[test]
fn a_power_loss_at_any_operation_keeps_what_was_acknowledged() {
    assert!(lose_power(SMALL, 1, 8) > 30);
    lose_power(MERGING, 5, 2);
}

/// A run whose power goes before every `step`th operation, and what each seed leaves; how many moments there were.
fn lose_power(plan: Plan, step: usize, seeds: u64) -> usize {
    let directory = made();
    directory.keep_moments();
    let index = LocalIndex::over(directory.clone(), None);
    let mut writer = index.writer(1, 64 << 20).expect("there is one writer");
    plan.write(&mut *writer, 0, |commit| directory.mark(commit)).expect("nothing fails");
    writer.finish().expect("nothing fails");
    let moments = directory.moments();
    for (number, (acknowledged, moment)) in moments.iter().enumerate().rev().step_by(step) {
        for seed in 0..seeds {
            let about = format!("power loss before operation {}, seed {seed}", number + 1);
            let index = LocalIndex::over(moment.crash(seed), None);
            let visible = plan.visible(&index, &about);
            let right = visible == *acknowledged || visible == acknowledged + 1;
            assert!(right, "{about}: {visible} is visible, {acknowledged} was acknowledged");
            if seed < 2 {
                go_on(plan, &index, *acknowledged, &about);
            }
        }
    }
    moments.len()
}

#[test]
fn the_directory_is_synced_behind_the_rename_before_a_commit_is_acknowledged() {
    let directory = made();
    let index = LocalIndex::over(directory.clone(), None);
    let mut writer = index.writer(1, 64 << 20).expect("there is one writer");
    for commit in 1..=SMALL.commits {
        SMALL.give(&*writer, commit).expect("nothing fails");
        directory.restart(None);
        writer.commit(&state(commit)).expect("nothing fails");
        let log = directory.log();
        let is_rename =
            |operation: &Operation| operation.kind == Kind::AtomicWrite && operation.path == Path::new(META);
        let rename = log.iter().rposition(is_rename).expect("a commit writes meta.json");
        assert_eq!(log.get(rename + 1).map(|operation| operation.kind), Some(Kind::Sync), "{log:?}");
        let deleted = log.iter().position(|operation| operation.kind == Kind::Delete);
        assert!(deleted.is_none_or(|at| at > rename + 1), "files go before the commit is durable: {log:?}");
    }
}

#[test]
fn a_reader_writes_nothing_and_takes_no_lock() {
    let directory = made();
    let index = LocalIndex::over(directory.clone(), None);
    let mut writer = index.writer(1, 64 << 20).expect("there is one writer");
    SMALL.write(&mut *writer, 0, |_| {}).expect("nothing fails");
    directory.restart(Some(Fault { first: 1, lasting: true, code: BROKEN }));
    let reader = LocalIndex::over(directory.clone(), None);
    assert_eq!(SMALL.visible(&reader, "beside a writer"), SMALL.commits);
    assert!(directory.log().is_empty(), "{:?}", directory.log());
}
