//! One language's messages and formatters, made on first use and kept.

use std::sync::LazyLock;

use fluent_bundle::{FluentResource, FluentValue, concurrent::FluentBundle};
use icu_datetime::{DateTimeFormatter, fieldsets};
use icu_decimal::DecimalFormatter;
use icu_locale_core::Locale;
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

use crate::{Language, amount};

#[derive(RustEmbed)]
#[folder = "../../messages"]
struct Messages;

/// A formatter is missing only where the data compiled in lacks the locale; dates and numbers are then plain.
pub(crate) struct Voice {
    pub(crate) messages: FluentBundle<FluentResource>,
    pub(crate) numbers: Option<DecimalFormatter>,
    /// lunedì 23 novembre 2026
    pub(crate) date: Option<DateTimeFormatter<fieldsets::YMDE>>,
    /// lunedì 23 novembre
    pub(crate) date_this_year: Option<DateTimeFormatter<fieldsets::MDE>>,
    /// 3 mar 2025
    pub(crate) day_other_year: Option<DateTimeFormatter<fieldsets::YMD>>,
    /// 3 mar
    pub(crate) day_this_year: Option<DateTimeFormatter<fieldsets::MD>>,
    /// ven
    pub(crate) weekday: Option<DateTimeFormatter<fieldsets::E>>,
    /// venerdì
    pub(crate) weekday_long: Option<DateTimeFormatter<fieldsets::E>>,
    /// novembre 2026
    pub(crate) month: Option<DateTimeFormatter<fieldsets::YM>>,
}

pub(crate) fn voice(language: Language) -> &'static Voice {
    static ITALIAN: LazyLock<Voice> = LazyLock::new(|| Voice::load(Language::Italian).0);
    static ENGLISH: LazyLock<Voice> = LazyLock::new(|| Voice::load(Language::English).0);
    match language {
        Language::Italian => &ITALIAN,
        Language::English => &ENGLISH,
    }
}

/// What is wrong with the messages as they are written: files that do not parse, keys that are there twice.
pub fn mistakes() -> Vec<String> {
    Language::ALL.into_iter().flat_map(|language| Voice::load(language).1).collect()
}

impl Voice {
    fn load(language: Language) -> (Voice, Vec<String>) {
        let mut mistakes = Vec::new();
        let identifier: LanguageIdentifier = language.locale().parse().unwrap_or_default();
        let mut messages = FluentBundle::new_concurrent(vec![identifier]);
        // The pages isolate what they insert with <bdi>; marks of Unicode's would end in SMS and in searches.
        messages.set_use_isolating(false);
        messages.set_formatter(Some(match language {
            Language::Italian => |value: &FluentValue<'_>, _: &_| localised(Language::Italian, value),
            Language::English => |value: &FluentValue<'_>, _: &_| localised(Language::English, value),
        }));
        let folder = format!("{}/", language.code());
        for file in Messages::iter().filter(|file| file.starts_with(&folder) && file.ends_with(".ftl")) {
            let bytes = Messages::get(&file).map(|file| file.data).unwrap_or_default();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, errors)| {
                mistakes.extend(errors.iter().map(|error| format!("messages/{file}: {error}")));
                resource
            });
            if let Err(errors) = messages.add_resource(resource) {
                mistakes.extend(errors.iter().map(|error| format!("messages/{file}: {error}")));
            }
        }
        for mistake in &mistakes {
            tracing::error!(%mistake, "message not understood");
        }
        let locale: Locale = language.locale().parse().unwrap_or(Locale::UNKNOWN);
        let voice = Voice {
            messages,
            numbers: DecimalFormatter::try_new((&locale).into(), Default::default()).ok(),
            date: DateTimeFormatter::try_new((&locale).into(), fieldsets::YMDE::long()).ok(),
            date_this_year: DateTimeFormatter::try_new((&locale).into(), fieldsets::MDE::long()).ok(),
            day_other_year: DateTimeFormatter::try_new((&locale).into(), fieldsets::YMD::medium()).ok(),
            day_this_year: DateTimeFormatter::try_new((&locale).into(), fieldsets::MD::medium()).ok(),
            weekday: DateTimeFormatter::try_new((&locale).into(), fieldsets::E::medium()).ok(),
            weekday_long: DateTimeFormatter::try_new((&locale).into(), fieldsets::E::long()).ok(),
            month: DateTimeFormatter::try_new((&locale).into(), fieldsets::YM::long()).ok(),
        };
        (voice, mistakes)
    }
}

fn localised(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(amount::decimal_text(language, &number.as_string())),
        _ => None,
    }
}
