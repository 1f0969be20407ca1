//! `classify` and `extract`: what comes out, and that it depends on nothing but the input.

use crate::run::{demarche, file, piped, rows};

const COLUMNS: &str = "article,date,source,statement,start,end,kind,speaker,speaker_start,speaker_end,holder,text,\
                       label,open,conditional,rejecting,none,channel,condition,terms,model,duplicate_of";

#[test]
fn the_seeds_become_a_scored_table_whose_offsets_hold_the_text() {
    let said = demarche(&["classify", "seeds"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(said.out.lines().next(), Some(COLUMNS));
    let rows = rows(&said.out);
    assert!(rows.len() > 30, "{} rows", rows.len());
    for row in &rows {
        let article = std::fs::read_to_string(format!("seeds/{}", row["article"])).unwrap();
        let (start, end): (usize, usize) = (row["start"].parse().unwrap(), row["end"].parse().unwrap());
        let text: String = article.chars().skip(start).take(end - start).collect();
        assert_eq!(text, row["text"]);
        let sum: f64 = ["open", "conditional", "rejecting", "none"]
            .iter()
            .map(|l| row[*l].parse::<f64>().unwrap())
            .sum();
        assert!((sum - 1.0).abs() < 1e-9, "{row:?}");
        assert_eq!(row["model"].len(), 12);
    }
    assert!(said.err.contains("in 3 articles"), "{}", said.err);
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let one = demarche(&["classify", "seeds", "--threads", "1"]);
    assert_eq!(one.out, demarche(&["classify", "seeds", "--threads", "2"]).out);
    assert_eq!(one.out, demarche(&["classify", "seeds", "--threads", "7"]).out);
}

#[test]
fn json_lines_have_the_fields_of_the_table() {
    let lines = demarche(&["classify", "seeds", "--format", "jsonl"]).out;
    let table = rows(&demarche(&["classify", "seeds"]).out);
    assert_eq!(lines.lines().count(), table.len());
    for (line, row) in lines.lines().zip(&table) {
        let object: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(object["text"], row["text"].as_str());
        assert_eq!(object["start"].as_u64().unwrap().to_string(), row["start"]);
        assert!((object["open"].as_f64().unwrap() - row["open"].parse::<f64>().unwrap()).abs() < 1e-12);
        assert_eq!(object["date"].is_null(), row["date"].is_empty());
    }
}

#[test]
fn statement_rows_keep_their_columns_and_score_alone_as_in_the_batch() {
    let folder = tempfile::tempdir().unwrap();
    let texts =
        ["We are ready to meet them anywhere.", "It rained, and \"then\" it snowed.", "No talks, ever."];
    let mut csv = "key,label,text\n".to_owned();
    for (i, text) in texts.iter().enumerate() {
        csv.push_str(&format!("k{i},gold,\"{}\"\n", text.replace('"', "\"\"")));
    }
    let all = demarche(&["classify", "--as", "statements", &file(folder.path(), "all.csv", &csv)]);
    assert_eq!(all.code, 0, "{}", all.err);
    assert!(all.out.starts_with("key,input_label,input_text,article,date,"), "{}", all.out);
    let together = rows(&all.out);
    assert_eq!(together.len(), texts.len());
    for (i, text) in texts.iter().enumerate() {
        assert_eq!(
            (together[i]["key"].as_str(), together[i]["input_label"].as_str()),
            (&*format!("k{i}"), "gold")
        );
        assert_eq!(together[i]["text"], *text);
        let single = format!("key,label,text\nk{i},gold,\"{}\"\n", text.replace('"', "\"\""));
        let alone =
            rows(&demarche(&["classify", "--as", "statements", &file(folder.path(), "one.csv", single)]).out);
        for column in ["label", "open", "conditional", "rejecting", "none", "terms", "model"] {
            assert_eq!(alone[0][column], together[i][column]);
        }
    }
}

#[test]
fn articles_come_in_every_format_and_from_standard_input() {
    let text = "The ministry spoke at noon. “We will not sit down with them,” the minister said.";
    let folder = tempfile::tempdir().unwrap();
    let json =
        serde_json::json!({"id": "a", "text": text, "date": "2026-01-02", "source": "Post"}).to_string();
    let files = [
        file(folder.path(), "a.txt", text),
        file(folder.path(), "a.jsonl", json),
        file(folder.path(), "a.csv", format!("id,date,source,text\na,2026-01-02,Post,{text:?}\n")),
    ];
    let labels: Vec<Vec<String>> = files
        .iter()
        .map(|f| {
            rows(&demarche(&["classify", f]).out).iter().map(|r| r["label"].clone() + &r["start"]).collect()
        })
        .collect();
    assert!(!labels[0].is_empty());
    assert!(labels.iter().all(|l| *l == labels[0]), "{labels:?}");
    let row = &rows(&demarche(&["classify", &files[1]]).out)[0];
    assert_eq!(
        (row["article"].as_str(), row["date"].as_str(), row["source"].as_str()),
        ("a", "2026-01-02", "Post")
    );
    let piped = rows(&piped(&["classify", "-"], text.as_bytes()).out);
    assert_eq!(piped.len(), labels[0].len());
    assert_eq!(piped[0]["article"], "stdin");
}

#[test]
fn extract_gives_the_same_statements_without_scores() {
    let scored = rows(&demarche(&["classify", "seeds"]).out);
    let plain = rows(&demarche(&["extract", "seeds"]).out);
    let place = |r: &std::collections::BTreeMap<String, String>| {
        (r["article"].clone(), r["start"].clone(), r["end"].clone())
    };
    assert_eq!(scored.iter().map(place).collect::<Vec<_>>(), plain.iter().map(place).collect::<Vec<_>>());
    assert!(!plain[0].contains_key("label"));
}

#[test]
fn contributions_and_intercept_sum_to_the_logit() {
    let said = demarche(&["explain", "We will not negotiate under pressure, the minister said."]);
    assert_eq!(said.code, 0, "{}", said.err);
    let lines: Vec<&str> = said.out.lines().skip_while(|l| !l.starts_with("logit of")).skip(1).collect();
    let value =
        |line: &str| line.trim_start_matches(['=', ' ']).split_whitespace().next().unwrap().parse::<f64>();
    let (total, parts): (Vec<&str>, Vec<&str>) =
        lines.iter().filter(|l| !l.is_empty()).partition(|l| l.starts_with('='));
    let sum: f64 = parts.iter().map(|l| value(l).unwrap()).sum();
    assert!(parts.len() > 5 && (sum - value(total[0]).unwrap()).abs() < 1e-4, "{sum} {total:?}");
}

#[test]
fn reported_speech_is_scored_with_the_verb_that_gives_it() {
    let folder = tempfile::tempdir().unwrap();
    let article = file(folder.path(), "a.txt", "Tilda Brand dismissed the talks as “a circus”.\n");
    let whole = file(folder.path(), "s.csv", "text\nTilda Brand dismissed the talks as “a circus”\n");
    let columns = ["text", "open", "conditional", "rejecting", "none", "terms"];
    let said = rows(&demarche(&["classify", &article]).out);
    let read = rows(&demarche(&["classify", "--as", "statements", &whole]).out);
    assert_eq!(said[0]["text"], "the talks as “a circus”");
    for column in &columns[1..] {
        assert_eq!(said[0][*column], read[0][*column], "{column}");
    }
}
