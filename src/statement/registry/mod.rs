//! Office holders: who spoke for which party, and when.

mod lookup;
mod office;

pub use lookup::Registry;
pub use office::{Office, RegistryError};
