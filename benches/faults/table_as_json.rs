//! Prints the rows of the CSV table on standard input as the library reads them, as JSON, for `run.py spectrum`.

#![allow(missing_docs, clippy::print_stdout, reason = "a program for measuring")]

use std::io;

use demarche::read::table;
use serde_json::{Map, Value};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let table = table("standard input", io::stdin().lock())?;
    let columns = table.columns().to_vec();
    let mut rows = Vec::new();
    for record in table {
        let record = record.map_err(|skipped| skipped.to_string())?;
        let fields = columns.iter().cloned().zip(record.iter().map(Value::from));
        rows.push(Value::Object(fields.collect::<Map<_, _>>()));
    }
    println!("{}", Value::Array(rows));
    Ok(())
}
