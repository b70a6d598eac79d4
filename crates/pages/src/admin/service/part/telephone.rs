//! How a service is on the telephone, as a form: recording, what is offered instead of waiting, what callers hear. Menus and
//! wrap-up codes are trees that the file holds; they stay as they are.

use super::{Reading, first_of_each};
use crate::admin::sheet::{Group, Input, InputKind, Typed, words};
use language::Tr;
use model::service::{Flaw, Prompt, Recording, Said, Service, Telephone, prompt_name};

/// What is turned on and off.
const TICKS: [&str; 5] = ["greet", "callback", "voicemail", "survey", "oversight"];

fn tick<'a>(telephone: &'a mut Telephone, name: &str) -> Option<&'a mut bool> {
    Some(match name {
        "greet" => &mut telephone.greet,
        "callback" => &mut telephone.callback,
        "voicemail" => &mut telephone.voicemail,
        "survey" => &mut telephone.survey,
        "oversight" => &mut telephone.oversight,
        _ => return None,
    })
}

fn field(prompt: &str, language: &str) -> String {
    format!("prompt-{prompt}-{language}")
}

/// The languages in which a prompt is said or may be.
fn languages(service: &Service, prompt: &str) -> Vec<String> {
    let there = service.telephone.prompts.get(prompt).into_iter().flat_map(|prompt| prompt.keys().cloned());
    first_of_each(service.languages.iter().cloned().chain(there))
}

/// What the telephone of a service holds, as it stands in the fields.
pub(super) fn typed(typed: &mut Typed, service: &Service) {
    let mut telephone = service.telephone.clone();
    for name in TICKS {
        if tick(&mut telephone, name).is_some_and(|on| *on) {
            typed.put(name, "1");
        }
    }
    typed.put("recording", telephone.recording.as_str());
    typed.put("keep_recordings_days", telephone.keep_recordings_days.map(|days| days.to_string()).unwrap_or_default());
    typed.put("max_waiting", telephone.max_waiting.to_string());
    typed.put("announce_every_s", telephone.announce_every_s.to_string());
    typed.put("music", telephone.music.unwrap_or_default());
    typed.put("outgoing_from", telephone.outgoing_from.unwrap_or_default());
    for name in prompt_name::ALL {
        for language in languages(service, name) {
            let said = service.telephone.prompts.get(*name).and_then(|prompt| prompt.get(&language));
            let text = if let Some(Said::Text(text)) = said { text.as_str() } else { "" };
            typed.put(field(name, &language), text);
        }
    }
}

/// What a form says, on top of what stands there.
pub(super) fn read(tr: Tr, typed: &Typed, reading: &mut Reading) {
    for name in TICKS {
        if let Some(on) = tick(&mut reading.service.telephone, name) {
            *on = typed.has(name);
        }
    }
    if let Ok(recording) = typed.text("recording").parse::<Recording>() {
        reading.service.telephone.recording = recording;
    }
    reading.service.telephone.keep_recordings_days = number(tr, typed, reading, "keep_recordings_days");
    for name in ["max_waiting", "announce_every_s"] {
        let said = number(tr, typed, reading, name);
        let telephone = &mut reading.service.telephone;
        let place = if name == "max_waiting" { &mut telephone.max_waiting } else { &mut telephone.announce_every_s };
        match said {
            Some(number) => *place = number,
            None if typed.some(name).is_none() => reading.wrong(tr, name, Flaw::Missing),
            None => {}
        }
    }
    reading.service.telephone.music = typed.some("music");
    reading.service.telephone.outgoing_from = typed.some("outgoing_from");
    for name in prompt_name::ALL {
        prompt(typed, &mut reading.service, name);
    }
}

fn number(tr: Tr, typed: &Typed, reading: &mut Reading, name: &str) -> Option<u32> {
    let text = typed.some(name)?;
    let number = text.parse().ok();
    if number.is_none() {
        reading.wrong(tr, name, Flaw::Unreadable);
    }
    number
}

/// What is said where this prompt is: a text takes the place of what was there, and an empty field that of a text alone.
fn prompt(typed: &Typed, service: &mut Service, name: &str) {
    let languages = languages(service, name);
    let mut prompt: Prompt = service.telephone.prompts.remove(name).unwrap_or_default();
    for language in languages {
        let field = field(name, &language);
        match typed.some(&field) {
            Some(text) => drop(prompt.insert(language, Said::Text(text.replace("\r\n", "\n")))),
            None if typed.has(&field) && matches!(prompt.get(&language), Some(Said::Text(_))) => {
                drop(prompt.remove(&language));
            }
            None => {}
        }
    }
    if !prompt.is_empty() {
        service.telephone.prompts.insert(name.to_owned(), prompt);
    }
}

pub(super) fn groups(tr: Tr, typed: &Typed, service: &Service) -> Vec<Group> {
    let say = |key: &str| tr.text(key).into_owned();
    let label = |name: &str| say(&format!("service-telephone-{}", name.replace('_', "-")));
    let input = |name: &str, kind| Input::new(typed, name, label(name), kind);
    let hinted = |name: &str, kind| {
        let hint = say(&format!("service-telephone-{}-hint", name.replace('_', "-")));
        input(name, kind).hinted(hint)
    };
    let recording = vec![
        Input::select(
            typed,
            "recording",
            label("recording"),
            words(tr, None, Recording::ALL, "service-telephone-recording"),
        ),
        hinted("keep_recordings_days", InputKind::Number),
        hinted("oversight", InputKind::Tick),
    ];
    let waiting = vec![
        input("greet", InputKind::Tick),
        input("max_waiting", InputKind::Number),
        input("announce_every_s", InputKind::Number),
        input("callback", InputKind::Tick),
        input("voicemail", InputKind::Tick),
        hinted("music", InputKind::Line),
    ];
    let rest = vec![hinted("outgoing_from", InputKind::Line), input("survey", InputKind::Tick)];
    let mut groups = vec![
        Group::new(say("service-telephone-talks"), recording),
        Group::new(say("service-telephone-waiting"), waiting),
        Group::new(say("service-telephone-rest"), rest),
    ];
    groups.extend(prompt_name::ALL.iter().map(|name| prompt_group(tr, typed, service, name)));
    groups
}

fn prompt_group(tr: Tr, typed: &Typed, service: &Service, name: &str) -> Group {
    let input = |language: String| {
        let spoken = crate::admin::language_name(tr, &language);
        let label = tr.with("service-prompt-in", &[("language", spoken.as_str())]).into_owned();
        let input = Input::new(typed, field(name, &language), label, InputKind::Text);
        match service.telephone.prompts.get(name).and_then(|prompt| prompt.get(&language)) {
            Some(Said::Sound(sound)) => {
                input.hinted(tr.with("service-prompt-sound", &[("sound", sound.sound.as_str())]).into_owned())
            }
            _ => input,
        }
    };
    let inputs = languages(service, name).into_iter().map(input).collect();
    let title = tr.text(&format!("service-prompt-{name}")).into_owned();
    Group { folded: true, ..Group::new(title, inputs) }
}

/// What callers find, a line each.
pub(super) fn facts(tr: Tr, service: &Service) -> Vec<(String, String)> {
    let telephone = &service.telephone;
    let say = |key: &str| tr.text(key).into_owned();
    let recorded = say(&format!("service-telephone-recording-{}", telephone.recording));
    let offered: Vec<String> = [("callback", telephone.callback), ("voicemail", telephone.voicemail)]
        .into_iter()
        .filter(|(_, on)| *on)
        .map(|(name, _)| say(&format!("service-key-{name}")))
        .collect();
    let days = service.keep_recordings_days().map(|days| tr.number(i64::from(days)));
    let menus = i64::try_from(telephone.menus.len()).unwrap_or(i64::MAX);
    [
        (say("service-telephone-recording"), Some(recorded)),
        (say("service-telephone-keep-recordings-days"), days),
        (say("service-telephone-instead"), (!offered.is_empty()).then(|| offered.join(", "))),
        (say("service-telephone-max-waiting"), Some(tr.number(i64::from(telephone.max_waiting)))),
        (say("service-telephone-menus"), Some(tr.number(menus))),
    ]
    .into_iter()
    .filter_map(|(what, value)| Some((what, value?)))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{groups, read, typed};
    use centre::Catalogue;
    use language::Tr;
    use model::service::{Part, Recording, Said, Service};

    fn service() -> Service {
        let text = "id = \"prova\"\nname = \"Prova\"\nlanguages = [\"it\", \"en\"]\n[telephone]\nrecording = \"announced\"\n\
                    keep_recordings_days = 90\nstart = \"main\"\n[telephone.prompts.greeting]\nit = \"Benvenuti.\"\n\
                    en = { sound = \"welcome\" }\n[telephone.prompts.documents]\nit = \"Porti la carta.\"\n\
                    [[telephone.menus]]\nid = \"main\"\n[[telephone.menus.choices]]\ndigit = \"1\"\nlabel = { it = \"i bonus\" }\n";
        toml::from_str(text).unwrap()
    }

    #[test]
    fn a_form_that_is_sent_as_it_came_changes_nothing() {
        let service = service();
        let reading = read(Tr::default(), Part::Telephone, &typed(Part::Telephone, &service), &service);
        assert!(reading.wrongs.is_empty());
        assert_eq!(reading.service, service);
    }

    #[test]
    fn what_is_typed_is_read_and_what_has_no_field_stays() {
        let service = service();
        let mut sent = crate::admin::sheet::Typed::default();
        for (name, value) in [
            ("recording", "off"),
            ("keep_recordings_days", ""),
            ("voicemail", "1"),
            ("max_waiting", "20"),
            ("announce_every_s", "60"),
            ("prompt-greeting-it", ""),
            ("prompt-greeting-en", ""),
            ("prompt-closed-it", "Chiuso."),
        ] {
            sent.put(name, value);
        }
        let reading = read(Tr::default(), Part::Telephone, &sent, &service);
        let telephone = &reading.service.telephone;
        assert!(reading.wrongs.is_empty());
        assert_eq!((telephone.recording, telephone.keep_recordings_days), (Recording::Off, None));
        assert_eq!((telephone.callback, telephone.voicemail, telephone.max_waiting), (false, true, 20));
        assert_eq!(telephone.prompts["closed"]["it"], Said::Text("Chiuso.".to_owned()));
        assert_eq!(telephone.prompts["greeting"].len(), 1, "the text is gone, the sound stays");
        assert_eq!((&telephone.menus, &telephone.start), (&service.telephone.menus, &service.telephone.start));
        assert!(telephone.prompts.contains_key("documents"));
    }

    #[test]
    fn a_flaw_stands_beside_the_field_it_came_from() {
        let mut service = service();
        service.telephone.max_waiting = 0;
        service.telephone.prompts.get_mut("greeting").unwrap().insert("it".to_owned(), Said::Text(" ".to_owned()));
        let flaws = service.flaws(None);
        let form = typed(Part::Telephone, &service);
        let groups = groups(Tr::default(), Part::Telephone, &form, &service, &Catalogue::default());
        let reading = read(Tr::default(), Part::Telephone, &form, &service);
        let names: Vec<&str> = groups.iter().flat_map(|group| &group.inputs).map(|input| input.name.as_str()).collect();
        assert_eq!(flaws.len(), 2);
        for flaw in flaws {
            let placed = reading.placed(Tr::default(), &flaw);
            assert!(names.contains(&placed.field.as_str()), "{}", placed.field);
        }
    }
}
