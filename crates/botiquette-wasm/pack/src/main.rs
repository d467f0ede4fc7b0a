//! Writes the JavaScript and the TypeScript types that belong to the WebAssembly module, and the module without what
//! only this step needs: `botiquette-wasm-pack MODULE FOLDER`.

use std::path::PathBuf;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let module = arguments.next().context("the first argument is the module")?;
    let folder = arguments.next().context("the second argument is the folder to write to")?;
    Bindgen::new()
        .input_path(module)
        .out_name("bindings")
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .reset_state_function(true)
        .generate(folder)
}
