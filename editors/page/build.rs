//! The stack of the page is as large as that of a program: texts are read by recursion, and nested ones need it.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("TARGET").is_ok_and(|target| target.starts_with("wasm32")) {
        println!("cargo::rustc-link-arg-cdylib=-zstack-size=8388608");
    }
}
