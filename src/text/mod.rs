//! Texts: what is known of words without knowing what they say.

pub mod near_duplicate;
