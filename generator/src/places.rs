pub fn make(_: &std::path::Path, _: &dyn Fn(&str) -> bool, _: &std::path::Path) {}
