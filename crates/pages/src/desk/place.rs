//! The list and the service that somebody works through: it stays in the address from case to case and back.

use centre::desk::List;
use model::ServiceId;
use model::number::CaseNumber;
use serde::Deserialize;

/// As it stands in a query; an unknown word is nobody's list.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Place {
    list: Option<String>,
    service: Option<String>,
}

impl Place {
    pub fn new(list: List, service: Option<&ServiceId>) -> Self {
        Self { list: Some(list.as_str().to_owned()), service: service.map(|s| s.as_str().to_owned()) }
    }

    pub fn list(&self) -> List {
        self.list.as_deref().and_then(|word| word.parse().ok()).unwrap_or(List::Team)
    }

    pub fn service(&self) -> Option<ServiceId> {
        self.service.as_deref().filter(|word| !word.is_empty()).map(ServiceId::new)
    }

    /// `list=mine&service=abruzzo`
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("list", self.list().as_str());
        if let Some(service) = self.service() {
            query.append_pair("service", service.as_str());
        }
        query.finish()
    }

    pub fn list_href(&self) -> String {
        match self.service() {
            Some(service) => {
                let query =
                    form_urlencoded::Serializer::new(String::new()).append_pair("service", service.as_str()).finish();
                format!("/desk/list/{}?{query}", self.list().as_str())
            }
            None => format!("/desk/list/{}", self.list().as_str()),
        }
    }

    pub fn case(&self, number: CaseNumber) -> String {
        format!("/desk/case/{number}?{}", self.query())
    }

    /// The address of an action on a case.
    pub fn act(&self, number: CaseNumber, word: &str) -> String {
        format!("/desk/case/{number}/{word}?{}", self.query())
    }
}
