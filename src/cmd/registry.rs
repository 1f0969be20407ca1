//! Which office holders a verb knows.

use std::borrow::Cow;
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

/// The office holders that are known.
pub(super) struct Known {
    pub(super) registry: Cow<'static, Registry>,
    /// BLAKE3 of the file that a user gives; empty without one.
    pub(super) digest: String,
}

/// The shipped registry, or the one in the file that a user gives, which is searched first.
pub(super) fn load(path: Option<&Path>) -> anyhow::Result<Known> {
    let Some(path) = path else {
        return Ok(Known { registry: Cow::Borrowed(Registry::shipped()), digest: String::new() });
    };
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let own =
        Registry::from_csv(bytes.as_slice()).with_context(|| format!("cannot use {}", path.display()))?;
    let offices = own.offices().iter().chain(Registry::shipped().offices()).cloned().collect();
    let digest = blake3::hash(&bytes).to_string();
    Ok(Known { registry: Cow::Owned(Registry::new(offices)), digest })
}
