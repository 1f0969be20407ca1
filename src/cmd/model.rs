//! Which model a verb works with.

use std::path::{Path, PathBuf};

use anyhow::Context;
use demarche::model::Model;

/// The model that travels inside the program.
static SHIPPED: &[u8] = include_bytes!("../../models/talks.demarche");

/// Reads the model at `path`, or the shipped one.
pub(super) fn load(path: Option<&PathBuf>) -> anyhow::Result<Model> {
    match path {
        None => Model::from_program(SHIPPED).context("the model inside this program cannot be used"),
        Some(path) => {
            let bytes =
                std::fs::read(path).with_context(|| format!("cannot read the model {}", path.display()))?;
            Model::from_bytes(&bytes).with_context(|| format!("cannot use {}", path.display()))
        }
    }
}

/// What messages call the model.
pub(super) fn name(path: Option<&PathBuf>) -> String {
    path.map_or_else(|| "the shipped model".to_owned(), |p: &PathBuf| Path::display(p).to_string())
}
