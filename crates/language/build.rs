//! A new file of messages is a reason to build again; changes of the old ones are followed by the compiler itself.

fn main() {
    println!("cargo:rerun-if-changed=../../messages");
}
