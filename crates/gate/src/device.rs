//! What somebody's browser says that it is, in two words of fixed lists: enough to know one's own sessions apart, and too
//! little to know anybody by.

use http::{HeaderMap, header};

/// `firefox linux`; `other` for what is not known. The order matters: most browsers claim to be others as well.
#[must_use]
pub fn device(headers: &HeaderMap) -> String {
    let said = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    named(said)
}

fn named(said: &str) -> String {
    const BROWSERS: &[(&str, &str)] = &[
        ("Edg", "edge"),
        ("OPR/", "opera"),
        ("SamsungBrowser", "samsung"),
        ("Firefox/", "firefox"),
        ("FxiOS/", "firefox"),
        ("CriOS/", "chrome"),
        ("Chrome/", "chrome"),
        ("Safari/", "safari"),
    ];
    const SYSTEMS: &[(&str, &str)] = &[
        ("iPhone", "iphone"),
        ("iPad", "ipad"),
        ("Android", "android"),
        ("Windows", "windows"),
        ("CrOS", "chromeos"),
        ("Mac OS X", "mac"),
        ("Linux", "linux"),
    ];
    let of = |list: &[(&str, &'static str)]| {
        list.iter().find(|(mark, _)| said.contains(mark)).map_or("other", |(_, word)| word)
    };
    format!("{} {}", of(BROWSERS), of(SYSTEMS))
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_browser_is_known_by_what_it_alone_says() {
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
        assert_eq!(named(windows), "chrome windows");
        assert_eq!(named(&format!("{windows} Edg/142.0.0.0")), "edge windows");
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
        assert_eq!(named(phone), "safari iphone");
        assert_eq!(named("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"), "firefox linux");
        assert_eq!(named("curl/8.5.0"), "other other");
    }
}
