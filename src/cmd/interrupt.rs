//! Ctrl-C: a run that can be continued ends in order.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::progress::tell;

/// Ctrl-C was pressed.
#[derive(Debug, thiserror::Error)]
#[error("interrupted")]
pub(crate) struct Interrupted;

static PRESSED: AtomicBool = AtomicBool::new(false);

/// How long the work may take to come to an end in order; it may be waiting for input that never comes.
const PATIENCE: Duration = Duration::from_secs(5);

/// The exit code of a run that was interrupted.
pub(crate) const CODE: u8 = 130;

/// From now on Ctrl-C only asks the work to end; if it does not, the process ends by itself, and so it does at once when
/// Ctrl-C is pressed again.
pub(crate) fn listen() -> anyhow::Result<()> {
    let ended = || {
        tell("demarche: interrupted; --resume goes on after the last checkpoint, if there is one");
        std::process::exit(i32::from(CODE));
    };
    ctrlc::set_handler(move || {
        if PRESSED.swap(true, Ordering::SeqCst) {
            ended();
        }
        std::thread::spawn(move || {
            std::thread::sleep(PATIENCE);
            ended()
        });
    })?;
    Ok(())
}

/// Whether Ctrl-C was pressed.
pub(crate) fn pressed() -> bool {
    PRESSED.load(Ordering::Relaxed)
}

/// An error if Ctrl-C was pressed.
pub(crate) fn check() -> Result<(), Interrupted> {
    if pressed() { Err(Interrupted) } else { Ok(()) }
}
