//! `demarche explain --html`.

use crate::run::demarche;

#[test]
fn the_page_marks_every_word_in_its_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("why.html").display().to_string();
    let said = demarche(&["explain", "They <flatly> refused to negotiate.", "--html", &path]);
    assert_eq!(said.code, 0, "{}", said.err);
    let page = std::fs::read_to_string(path).unwrap();
    let statement = page.split("class=\"statement\">").nth(1).unwrap().split("</p>").next().unwrap();
    assert_eq!(statement.matches("<mark ").count(), 5, "{statement}");
    let mut plain = String::new();
    for piece in statement.split('<') {
        plain += piece.split_once('>').map_or(piece, |(_, words)| words);
    }
    assert_eq!(plain, "They &lt;flatly&gt; refused to negotiate.");
    assert!(!page.contains("<script") && !page.contains("href="));
}
