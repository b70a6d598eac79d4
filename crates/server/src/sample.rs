//! Sample content: invented services, people and cases in every state, played through the real use cases under a clock
//! that is set back to when each thing happened.

mod clock;
mod story;

use crate::config::Config;
use crate::house;
use anyhow::{Context, Result, ensure};
use centre::{By, Centre};
use clock::SetClock;
use db::staff::NewStaff;
use model::service::Service;
use model::structure::Structure;
use model::topic::Topic;
use model::user::{Roles, Staff};
use model::{QueueId, ServiceId, StructureId};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::Arc;

/// The password of every invented operator.
pub const PASSWORD: &str = "prova-linea-amica";
/// A file in the data folder that says that its content is invented.
const MARK: &str = "sample";

const SERVICES: [&str; 3] = [
    include_str!("../../../sample/services/linea-amica.toml"),
    include_str!("../../../sample/services/abruzzo.toml"),
    include_str!("../../../sample/services/immigrazione.toml"),
];

#[derive(Deserialize)]
struct Topics {
    topic: Vec<Topic>,
}

#[derive(Deserialize)]
struct Templates {
    template: Vec<Template>,
}

#[derive(Deserialize)]
struct Template {
    name: String,
    service: Option<ServiceId>,
    language: String,
    text: String,
}

#[derive(Deserialize)]
struct Structures {
    structure: Vec<Structure>,
}

#[derive(Deserialize)]
struct People {
    staff: Vec<Invented>,
}

#[derive(Deserialize)]
struct Invented {
    login: String,
    name: String,
    roles: Written,
    scope: Option<String>,
    queues: Vec<String>,
}

/// Roles as the sample writes them: `admin,supervisor`.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct Written(Roles);

impl TryFrom<String> for Written {
    type Error = model::problem::UnknownWord;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

/// The invented staff by their sign-in names.
type Crew = HashMap<String, Arc<Staff>>;

/// True when the data folder was filled by `lineaamica sample`.
pub fn is_sample(config: &Config) -> bool {
    config.storage.data.join(MARK).exists()
}

/// Fills an empty centre.
pub async fn run(config: &Config) -> Result<()> {
    let clock = Arc::new(SetClock::new());
    let centre = house::open_at(config, clock.clone()).await?;
    ensure!(
        centre::staff::all(&centre).await?.is_empty(),
        "this centre has staff already: sample content goes into an empty one"
    );
    let now = clock.real_now();

    for text in SERVICES {
        let service: Service = toml::from_str(text).context("cannot read a sample service")?;
        centre::service::apply(&centre, By::System, service).await?;
    }
    let topics: Topics = toml::from_str(include_str!("../../../sample/topics.toml"))?;
    centre::topic::apply_all(&centre, By::System, topics.topic).await?;
    let structures: Structures = toml::from_str(include_str!("../../../sample/structures.toml"))?;
    centre::service::apply_structures(&centre, By::System, structures.structure).await?;
    let templates: Templates = toml::from_str(include_str!("../../../sample/templates.toml"))?;
    for Template { name, service, language, text } in templates.template {
        let typed = centre::reply_template::Typed { name, service, language, text };
        centre
            .work(By::System, move |w| Box::pin(async move { centre::reply_template::add(w, &typed).await }))
            .await
            .context("cannot add a sample template")?;
    }
    let crew = hire(&centre).await?;

    let stories = story::read()?;
    let count = stories.len();
    story::tell(&centre, &clock, &crew, stories, now).await?;
    std::fs::write(config.storage.data.join(MARK), "The content of this folder is invented.\n")
        .context("cannot mark the data folder")?;
    println!("{} invented services, {} operators, {count} cases.", SERVICES.len(), crew.len());
    Ok(())
}

async fn hire(centre: &Centre) -> Result<Crew> {
    let people: People = toml::from_str(include_str!("../../../sample/staff.toml"))?;
    let mut crew = Crew::new();
    for person in people.staff {
        let new = NewStaff {
            login: person.login.clone(),
            name: person.name,
            password: Some(PASSWORD.to_owned()),
            roles: person.roles.0,
            scope: person.scope.map(StructureId),
            queues: person.queues.into_iter().map(QueueId).collect(),
            language: "it".to_owned(),
            ..NewStaff::default()
        };
        let id = centre::staff::add(centre, By::System, new)
            .await
            .with_context(|| format!("cannot add {}", person.login))?;
        let staff = centre::staff::load(centre, id).await?.with_context(|| format!("{} was not kept", person.login))?;
        crew.insert(person.login, staff);
    }
    Ok(crew)
}
