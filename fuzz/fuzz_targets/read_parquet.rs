//! Any bytes as a Parquet table: every row has its fields, and what cannot be read is told once, at the end.

#![no_main]

use std::sync::Once;

use bytes::Bytes;
use demarche::read::{ArticleFormat, articles, parquet_table};
use libfuzzer_sys::fuzz_target;

/// What the Parquet reader's own panics are told as, and no crash; all others still are one.
static QUIET: Once = Once::new();

fuzz_target!(|bytes: &[u8]| {
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| ())));
    let Ok(rows) = parquet_table("in", Bytes::copy_from_slice(bytes)) else {
        assert!(articles(ArticleFormat::Parquet, "in", "in", bytes).is_err());
        return;
    };
    let width = rows.columns().len();
    let mut ended = false;
    // A few bytes may stand for millions of nulls.
    for row in rows.take(10_000) {
        assert!(!ended);
        match row {
            Ok(row) => assert_eq!(row.iter().count(), width),
            Err(skipped) => {
                assert!(skipped.line.is_some() && !skipped.reason.is_empty());
                ended = true;
            }
        }
    }
});
