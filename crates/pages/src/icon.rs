//! Icons, as references into the one sprite that web/build.mjs makes.

use std::sync::LazyLock;

use askama::filters::Safe;

use crate::asset_url;

/// An icon beside a word, which says the same: it is hidden from those who listen. `mail` is drawn for the project
/// (web/icons/mail.svg), `it-bookmark` is bootstrap-italia's.
pub fn icon(name: &str) -> Safe<String> {
    icon_as(name, "")
}

/// An icon with classes of its own, such as `flip` for one that turns round where the text runs right to left.
pub fn icon_as(name: &str, classes: &str) -> Safe<String> {
    static SPRITE: LazyLock<String> = LazyLock::new(|| asset_url("icons.svg"));
    let sprite = SPRITE.as_str();
    let (class, symbol) = match name.strip_prefix("it-") {
        Some(_) => ("i", name.to_owned()),
        None => ("i i-s", format!("la-{name}")),
    };
    let space = if classes.is_empty() { "" } else { " " };
    Safe(format!(r##"<svg class="{class}{space}{classes}" aria-hidden="true"><use href="{sprite}#{symbol}"/></svg>"##))
}

/// An icon from the sprite in the same page: of a page that stands alone.
pub fn inline(name: &str) -> Safe<String> {
    Safe(format!(r##"<svg class="i i-s" aria-hidden="true"><use href="#la-{name}"/></svg>"##))
}
