//! Finds the statements of an article: direct quotes, reported speech and the reporter's own sentences; whose
//! willingness they put at stake, on what condition, and through which channel.

mod according;
mod apostrophe;
mod around;
mod assemble;
mod attribution;
mod channel;
mod clause;
mod condition;
mod csv_fields;
mod described;
mod extract;
mod follows;
mod furniture;
mod head;
mod holder;
mod inverted;
mod lexicon;
mod loose;
mod name;
mod name_list;
mod name_words;
mod overlap;
mod party;
mod phrase;
#[cfg(test)]
mod properties;
mod quote;
mod recent;
mod registry;
mod reported;
mod speaker;
mod subject;
mod surname;
mod table;
mod tag;
mod token;
mod transcript;
mod unit;
mod unsaid;
mod verb;
mod words;

pub use channel::{Channel, channel};
pub use condition::{Condition, ConditionKind, condition};
pub use extract::{extract, unclosed_quotations};
pub use holder::{Said, Stakes, fill_stakes, holder};
pub use party::{Mention, Parties};

pub use registry::{Office, Registry, RegistryError};
