//! The stack of the WebAssembly module: as large as that of a main thread, for deeply nested files.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-link-arg-cdylib=-zstack-size=8388608");
}
