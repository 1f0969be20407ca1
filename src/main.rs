//! The program: arguments → verb → exit code.
//!
//! 0: done. 1: done, but some input was left out; the summary on standard error says what and where; or a check
//! found something. 2: nothing was done. 130: Ctrl-C. A reader that closes the pipe early ends the program quietly,
//! unless other files had to be left unwritten.

mod cmd;

use std::process::ExitCode;

use clap::Parser;

use cmd::output::is_closed_pipe;
use cmd::progress::tell;
use cmd::{Arguments, Outcome, interrupt};

fn main() -> ExitCode {
    keep_parquet_quiet();
    let arguments = Arguments::parse();
    match arguments.verb.run(arguments.quiet) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partial | Outcome::Findings) => ExitCode::from(1),
        // Nobody is left to be told.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&format!("demarche: {error:#}"));
            ExitCode::from(if interrupt::pressed() { interrupt::CODE } else { 2 })
        }
    }
}

/// The Parquet reader panics on some damaged files; `read` tells that as an error, so nothing more need be said.
fn keep_parquet_quiet() {
    let others = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let file = panic.location().map_or("", std::panic::Location::file);
        if !file.contains("parquet-") && !file.contains("arrow-") {
            others(panic);
        }
    }));
}
