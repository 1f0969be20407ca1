//! Parquet in and out: the same rows as in other formats, typed, and never a torn or continued file.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef, BinaryArray, Int32Array, ListArray, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReader;
use parquet::basic::{Compression, Encoding, GzipLevel, ZstdLevel};
use parquet::file::properties::{WriterProperties, WriterVersion};

use crate::run::{demarche, piped, rows};

const TEXTS: [&str; 3] =
    ["“We will talk,” the minister said.", "We talk “only if” they stop.", "“No talks,” the envoy said."];

fn batch() -> RecordBatch {
    let columns: [(&str, ArrayRef, bool); 3] = [
        ("id", Arc::new(Int32Array::from(vec![Some(1), None, Some(3), Some(4)])), true),
        ("date", Arc::new(StringArray::from(vec![None, Some("2026-02-24"), None, None])), true),
        ("text", Arc::new(StringArray::from(vec![TEXTS[0], " ", TEXTS[1], TEXTS[2]])), false),
    ];
    RecordBatch::try_from_iter_with_nullable(columns).unwrap()
}

fn packed(batch: &RecordBatch, compression: Compression) -> Vec<u8> {
    let properties = WriterProperties::builder().set_compression(compression).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.into_inner().unwrap()
}

fn table(path: &Path) -> RecordBatch {
    let mut reader = ParquetRecordBatchReader::try_new(File::open(path).unwrap(), 1 << 20).unwrap();
    let batch = reader.next().unwrap().unwrap();
    assert!(reader.next().is_none());
    batch
}

#[test]
fn statements_come_from_parquet_as_from_csv() {
    let folder = tempfile::tempdir().unwrap();
    let csv = format!(
        "id,date,text\n1,,\"{}\"\n,2026-02-24,\" \"\n3,,\"{}\"\n4,,\"{}\"\n",
        TEXTS[0], TEXTS[1], TEXTS[2]
    );
    let expect = piped(&["classify", "-", "--as", "statements"], csv.as_bytes()).out;
    let all = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::ZSTD(ZstdLevel::default()),
        Compression::GZIP(GzipLevel::default()),
    ];
    for compression in all {
        let bytes = packed(&batch(), compression);
        let path = crate::run::file(folder.path(), "in.parquet", &bytes);
        let said = demarche(&["classify", "--as", "statements", &path]);
        assert_eq!((said.code, &said.out), (1, &expect), "{}", said.err);
        assert!(said.err.contains("in.parquet:2: the text is empty"), "{}", said.err);
        let said = piped(&["classify", "-", "--as", "statements", "--input-format", "parquet"], &bytes);
        assert_eq!((said.code, &said.out), (1, &expect), "{}", said.err);
    }
}

#[test]
fn strings_that_are_not_said_to_be_strings_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let bytes: ArrayRef = Arc::new(BinaryArray::from(vec![TEXTS[1].as_bytes(), b"\xFF"]));
    let packed = packed(&RecordBatch::try_from_iter([("text", bytes)]).unwrap(), Compression::SNAPPY);
    let path = crate::run::file(folder.path(), "in.parquet", &packed);
    let said = demarche(&["classify", "--as", "statements", "--columns", "text", &path]);
    assert_eq!(
        (said.code, said.out.as_str()),
        (0, format!("text\n{}\nff\n", TEXTS[1]).as_str()),
        "{}",
        said.err
    );
}

#[test]
fn articles_come_from_parquet() {
    let folder = tempfile::tempdir().unwrap();
    let path = crate::run::file(folder.path(), "in.parquet", packed(&batch(), Compression::SNAPPY));
    let said = demarche(&["extract", &path]);
    let found: Vec<String> = rows(&said.out).iter().map(|row| row["article"].clone()).collect();
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(said.err.contains("in.parquet:2: there is neither text nor html"), "{}", said.err);
    assert!(found.contains(&"1".to_owned()) && found.contains(&"4".to_owned()), "{found:?}");
    let out = folder.path().join("out.parquet");
    let said = demarche(&["extract", &path, "--format", "parquet", "-o", &out.display().to_string()]);
    assert_eq!((said.code, table(&out).num_rows()), (1, found.len()), "{}", said.err);
}

#[test]
fn scored_rows_go_out_typed_and_as_in_csv() {
    let folder = tempfile::tempdir().unwrap();
    let input = crate::run::file(folder.path(), "in.csv", crate::output::statements(3000));
    let out = folder.path().join("out.parquet");
    let run = |threads: &str| {
        let out = out.display().to_string();
        let said = demarche(&["classify", "--as", "statements", &input, "-o", &out, "--threads", threads]);
        assert_eq!(said.code, 0, "{}", said.err);
        fs::read(&out).unwrap()
    };
    assert!(run("1") == run("3"));
    assert_eq!(crate::output::names(folder.path()), ["in.csv", "out.parquet"]);
    let expect = rows(&demarche(&["classify", "--as", "statements", &input]).out);
    let found = table(&out);
    assert_eq!(found.num_rows(), expect.len());
    let column = |name: &str| Arc::clone(found.column_by_name(name).unwrap());
    for (i, row) in expect.iter().enumerate() {
        for name in ["id", "input_text", "text", "label", "terms"] {
            let column = column(name);
            let words = column.as_string::<i32>();
            assert_eq!(if words.is_null(i) { "" } else { words.value(i) }, row[name], "{name} of row {i}");
        }
        assert_eq!(column("end").as_primitive::<Int64Type>().value(i).to_string(), row["end"]);
        assert_eq!(format!("{:.6}", column("none").as_primitive::<Float64Type>().value(i)), row["none"]);
    }
}

#[test]
fn parts_of_parquet_are_files_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let input = crate::run::file(folder.path(), "in.csv", crate::output::statements(700));
    let out = folder.path().join("out.parquet").display().to_string();
    let said = demarche(&["classify", "--as", "statements", &input, "-o", &out, "--split-rows", "300"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let sizes = [1, 2, 3].map(|i| table(&folder.path().join(format!("out-0000{i}.parquet"))).num_rows());
    assert_eq!(sizes, [300, 300, 100]);
}

#[test]
fn what_parquet_cannot_do_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let input = crate::run::file(folder.path(), "in.csv", crate::output::statements(3));
    for (name, more, why) in [
        ("o.parquet", &["--resume"][..], "a Parquet file cannot be continued"),
        ("o.parquet", &["--checkpoint-rows", "10"], "a Parquet file cannot be continued"),
        ("o.parquet", &["--excel"], "--excel is for csv and tsv"),
        ("o.parquet.gz", &[], "a Parquet file is compressed in itself"),
    ] {
        let out = folder.path().join(name).display().to_string();
        let said = demarche(&[&["classify", "--as", "statements", &input, "-o", &out], more].concat());
        assert!(said.code == 2 && said.err.contains(why), "{name} {more:?}: {said:?}");
    }
    assert_eq!(crate::output::names(folder.path()), ["in.csv"]);
}

#[test]
fn damaged_parquet_is_told_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = packed(&batch(), Compression::SNAPPY);
    for (bytes, why) in [
        // A finding of the fuzzer: a footer that promises 2^31 booleans, which were counted one by one.
        (&b"PAR1\xF9\xF1\xFF\xFF\xFF\xFF\x07\0\x08\0\0\0PAR1"[..], "what the file holds is damaged"),
        (&b""[..], "in.parquet"),
        (&b"PAR1 is not all"[..], "in.parquet"),
        (&bytes[..bytes.len() - 5], "in.parquet"),
    ] {
        let path = crate::run::file(folder.path(), "in.parquet", bytes);
        let said = demarche(&["classify", "--as", "statements", &path]);
        assert!(said.code == 2 && said.out.is_empty() && said.err.contains(why), "{said:?}");
        assert!(!said.err.contains("panicked"), "{said:?}");
    }
}

/// Findings of the fuzzer: the header of the first page promises 2^31 booleans, which were counted one by one, or a
/// dictionary of 2^31 words in ten bytes, for which room was made.
#[test]
fn pages_that_promise_too_much_are_told_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let whole = packed(&batch(), Compression::UNCOMPRESSED);
    let many = "a page promises more than it holds";
    for (header, why) in [
        (&b"\x19\xF1\xFF\xFF\xFF\xFF\x07\0"[..], "what the file holds is damaged"),
        (b"\x15\x04\x15\x14\x15\x14\x4C\x15\xD3\xD3\xD3\xD3\xD3\xD3\xD3\x08\x15\0\0\0", many),
        (b"\x15\x04\x15\x14\x15\x14\x4C\x15\xFE\xFF\xFF\xFF\x0F\x15\0\0\0", many),
        // 1 GiB out of ten bytes.
        (
            b"\x15\x04\x15\x80\x80\x80\x80\x08\x15\x14\x4C\x15\x04\x15\0\0\0",
            "10 compressed bytes expand to more",
        ),
    ] {
        let mut bytes = whole.clone();
        bytes[4..4 + header.len()].copy_from_slice(header);
        let path = crate::run::file(folder.path(), "in.parquet", &bytes);
        let said = demarche(&["classify", "--as", "statements", &path]);
        assert!(said.code == 2 && said.err.contains("in.parquet:1: ") && said.err.contains(why), "{said:?}");
    }
}

/// Of a column of lists the reader looks at the header of the next page before it reads the page.
#[test]
fn lists_over_many_pages_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let text = StringArray::from(vec!["We will not talk to them."; 900]);
    let tags =
        ListArray::from_iter_primitive::<Int64Type, _, _>((0..900).map(|i| Some([Some(i), Some(i * i)])));
    let columns: [(&str, ArrayRef); 2] = [("text", Arc::new(text)), ("tags", Arc::new(tags))];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    for version in [WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0] {
        for (codec, encoding) in [
            (Compression::UNCOMPRESSED, Encoding::DELTA_BYTE_ARRAY),
            (Compression::SNAPPY, Encoding::DELTA_LENGTH_BYTE_ARRAY),
            (Compression::GZIP(GzipLevel::default()), Encoding::PLAIN),
            (Compression::ZSTD(ZstdLevel::default()), Encoding::DELTA_BYTE_ARRAY),
        ] {
            let settings = WriterProperties::builder().set_writer_version(version).set_compression(codec);
            let settings = settings.set_column_encoding("text".into(), encoding);
            let settings = settings.set_column_dictionary_enabled("text".into(), encoding == Encoding::PLAIN);
            let settings = settings.set_data_page_row_count_limit(100).set_write_batch_size(100);
            let mut bytes = Vec::new();
            let mut writer =
                ArrowWriter::try_new(&mut bytes, batch.schema(), Some(settings.build())).unwrap();
            writer.write(&batch).unwrap();
            writer.close().unwrap();
            let path = crate::run::file(folder.path(), "in.parquet", &bytes);
            let said = demarche(&["classify", "--as", "statements", &path, "--columns", "label"]);
            assert_eq!(
                (said.code, said.out.lines().count()),
                (0, 901),
                "{version:?} {codec:?}: {}",
                said.err
            );
        }
    }
}

#[test]
fn a_damaged_arrow_schema_is_passed_over() {
    let whole = packed(&batch(), Compression::UNCOMPRESSED);
    let name = b"ARROW:schema";
    let found = whole.windows(name.len()).position(|bytes| bytes == name).unwrap();
    let expect = piped(&["classify", "-", "--as", "statements", "--input-format", "parquet"], &whole);
    // Base64 of a flatbuffer: every eighth digit, in turn, made another.
    for at in (found + name.len() + 40..found + name.len() + 300).step_by(8) {
        let mut bytes = whole.clone();
        bytes[at] = if bytes[at] == b'V' { b'z' } else { b'V' };
        let said = piped(&["classify", "-", "--as", "statements", "--input-format", "parquet"], &bytes);
        assert_eq!((said.code, &said.out), (expect.code, &expect.out), "byte {at}: {}", said.err);
    }
}

/// Findings of the fuzzer: a page that says it holds billions of items, a column that lies before the file, numbers of more
/// bits than there are, and a page whose body says that it holds millions of millions of words, for which room was made.
#[test]
fn damaged_pages_and_places_are_told_at_once() {
    for file in ["endless", "below-zero", "wide", "words"] {
        let path = format!("tests/fixtures/parquet/{file}.parquet");
        let said = demarche(&["classify", "--as", "statements", &path]);
        assert_eq!(said.code, 2, "{}", said.err);
        assert!(said.err.contains("parquet:1: ") && !said.err.contains("panic"), "{}", said.err);
    }
}

#[test]
fn a_parquet_output_is_verified_row_by_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (out, summary) = (path("out.parquet"), path("run.json"));
    let input = crate::run::file(folder.path(), "in.csv", crate::output::statements(700));
    let run = ["classify", "--as", "statements", &input, "-o", &out, "--summary", &summary];
    assert_eq!(demarche(&run).code, 0);
    let verify = || demarche(&["verify", &out, "--summary", &summary]);
    assert!(verify().code == 0 && verify().err.contains("700 rows"), "{:?}", verify());
    let few = crate::run::file(folder.path(), "few.csv", crate::output::statements(300));
    demarche(&["classify", "--as", "statements", &few, "-o", &out]);
    assert!(verify().code == 2 && verify().err.contains("the number of rows is 300"), "{:?}", verify());
}
