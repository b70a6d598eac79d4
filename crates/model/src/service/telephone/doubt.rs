//! What may be a slip of the pen in the telephone of a definition. Calls are served all the same, so none of it is refused:
//! a language can be added before its words are.

use super::{Go, prompt_name};
use crate::path;
use crate::service::Service;
use crate::service::flaw::{Flaw, Found};
use crate::{ServiceId, TopicId};

impl Service {
    /// Menus that are not asked in a language which the service speaks, and prompts that are said nowhere.
    #[must_use]
    pub fn doubts(&self) -> Vec<Found> {
        let telephone = &self.telephone;
        let mut found = Vec::new();
        let choices = || telephone.menus.iter().flat_map(|menu| &menu.choices);
        for name in telephone.prompts.keys() {
            let is_named = choices().any(|choice| choice.go == Go::Say(name.clone()));
            if !is_named && !prompt_name::ALL.contains(&name.as_str()) {
                found.push(Found::at(path!["telephone", "prompts", name.as_str()], Flaw::NotReached).with(name));
            }
            for language in self.languages.iter().filter(|_| is_named) {
                if telephone.prompts.get(name).is_some_and(|prompt| !prompt.contains_key(language)) {
                    found.push(
                        Found::at(path!["telephone", "prompts", name.as_str()], Flaw::NotInLanguage).with(language),
                    );
                }
            }
        }
        for (n, menu) in telephone.menus.iter().enumerate() {
            for language in self.languages.iter().filter(|language| !menu.is_said_in(language)) {
                found.push(Found::at(path!["telephone", "menus", n, "ask"], Flaw::NotInLanguage).with(language));
            }
        }
        found
    }

    /// The other services that its menus lead to, with the place of each.
    pub fn menu_services(&self) -> impl Iterator<Item = (Found, &ServiceId)> {
        let menus = self.telephone.menus.iter().enumerate();
        menus.flat_map(|(n, menu)| {
            menu.choices.iter().enumerate().filter_map(move |(at, choice)| match &choice.go {
                Go::Service(id) => {
                    let place = path!["telephone", "menus", n, "choices", at, "go"];
                    Some((Found::at(place, Flaw::NoSuchService).with(id), id))
                }
                _ => None,
            })
        })
    }

    /// The topics that its menus name.
    pub fn menu_topics(&self) -> impl Iterator<Item = &TopicId> {
        self.telephone.menus.iter().flat_map(|menu| &menu.choices).filter_map(|choice| choice.topic.as_ref())
    }
}
