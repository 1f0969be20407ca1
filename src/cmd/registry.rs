//! Which office holders a verb knows.

use std::borrow::Cow;
use std::fs::File;
use std::path::Path;

use anyhow::Context;
use demarche::article::Article;
use demarche::statement::{Registry, extract, fill_stakes};

/// Begins to make the tables of extraction on another core: they take as long as loading a model, beside which this is
/// done. They are made at first use, so nobody need wait for it.
pub(super) fn prepare() {
    std::thread::spawn(|| {
        let article = Article { text: "Rome, he said, will talk.".to_owned(), ..Article::default() };
        fill_stakes(&article, &mut extract(&article), Registry::shipped());
    });
}

/// The shipped registry, or the one in the file that a user gives, which is searched first.
pub(super) fn load(path: Option<&Path>) -> anyhow::Result<Cow<'static, Registry>> {
    let Some(path) = path else { return Ok(Cow::Borrowed(Registry::shipped())) };
    let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    let own = Registry::from_csv(file).with_context(|| format!("cannot use {}", path.display()))?;
    let offices = own.offices().iter().chain(Registry::shipped().offices()).cloned().collect();
    Ok(Cow::Owned(Registry::new(offices)))
}
