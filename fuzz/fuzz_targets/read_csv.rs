//! Any bytes as a table: every row is read or left out with a reason, whoever reads it.

#![no_main]

use demarche::read::{ArticleFormat, Labels, articles, decoding_reader, labelled, table};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let reader = || decoding_reader(bytes).expect("memory can be read").0;
    let Ok(rows) = table("in", reader()) else {
        assert!(articles(ArticleFormat::Csv, "in", "in", bytes).is_err());
        assert!(labelled("in", reader(), Labels::Any, &[]).is_err());
        return;
    };
    let width = rows.columns().len();
    let (mut count, mut line) = (0, 1);
    for row in rows {
        count += 1;
        match row {
            Ok(row) => {
                assert_eq!(row.iter().count(), width);
                assert!(row.line >= line);
                line = row.line;
            }
            Err(skipped) => assert!(skipped.line.is_some() && !skipped.reason.is_empty()),
        }
    }
    if let Ok((found, _)) = articles(ArticleFormat::Csv, "in", "in", bytes) {
        assert_eq!(found.count(), count);
    }
    if let Ok((rows, skipped)) = labelled("in", reader(), Labels::Any, &[]) {
        assert_eq!(rows.len() + skipped.len(), count);
        assert!(rows.iter().all(|row| !row.text().trim().is_empty() && row.weight >= 0.0));
    }
    if let Ok((rows, skipped)) = labelled("in", reader(), Labels::Stances, &[]) {
        assert_eq!(rows.len() + skipped.len(), count);
    }
});
