//! Rows set under each other.

use unicode_width::UnicodeWidthStr;

/// The rows as lines, the first three cells of each as wide as the widest of their column, two spaces between.
pub(super) fn columns(rows: &[[String; 4]]) -> impl Iterator<Item = String> {
    let widths = [0, 1, 2].map(|i| rows.iter().map(|r| r[i].width()).max().unwrap_or(0));
    rows.iter().map(move |row| {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width - cell.width() + 2));
        }
        line.push_str(&row[3]);
        line.truncate(line.trim_end().len());
        line
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_under_each_other_by_the_width_that_is_seen() {
        let rows = [["é", "b", "c", "d"], ["aaa", "", "c", ""]].map(|row| row.map(str::to_owned));
        assert_eq!(columns(&rows).collect::<Vec<_>>(), ["é    b  c  d", "aaa     c"]);
    }
}
