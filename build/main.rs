//! Turns the readable data under `rules/` into the forms that the binary embeds.

mod packs;

fn main() {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build");
    packs::write();
}
