//! A rebuilt web/dist is a reason to embed it again; new templates, to render them again.

fn main() {
    println!("cargo:rerun-if-changed=../../web/dist");
    println!("cargo:rerun-if-changed=../../templates");
}
