//! Keeps the message of a panic for the bug report. The module has stopped by then; `npm/wasm/guard.js` starts a new
//! one.

use std::sync::{Mutex, Once};

use wasm_bindgen::prelude::wasm_bindgen;

static MESSAGE: Mutex<String> = Mutex::new(String::new());
static HOOK: Once = Once::new();

/// Keeps the message of a panic from now on.
pub(crate) fn remember() {
    HOOK.call_once(|| {
        std::panic::set_hook(Box::new(|info| {
            if let Ok(mut message) = MESSAGE.lock() {
                *message = info.to_string();
            }
        }));
    });
}

/// What the panic said that stopped the module; empty where there was none.
#[wasm_bindgen]
#[must_use]
pub fn panic_message() -> String {
    MESSAGE.lock().map(|message| message.clone()).unwrap_or_default()
}
