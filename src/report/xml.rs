//! XML for the reports that are it: three elements deep, written as it goes.

use std::fmt::{self, Display, Write};

/// What stands before the root element.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Text as it stands in XML, in an element or between double quotes.
///
/// What XML 1.0 cannot hold (<https://www.w3.org/TR/xml/#charsets>) becomes U+FFFD; line breaks and tabs are kept by reference, because a
/// reader makes spaces of them in an attribute.
pub struct Text<'a>(pub &'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\n' | '\r' | '\t' => write!(f, "&#{};", c as u32)?,
                '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => f.write_char('\u{fffd}')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_reserves_or_refuses_is_written_otherwise() {
        assert_eq!(
            Text("« a & b » <i>\"x\"\n\u{1}\u{ffff}").to_string(),
            "« a &amp; b » &lt;i&gt;&quot;x&quot;&#10;\u{fffd}\u{fffd}"
        );
    }
}
