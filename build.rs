//! Tells cargo when to look again: files that are embedded by folder are not followed one by one.

fn main() {
    for folder in ["templates", "themes", "src/cli/scaffold"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
