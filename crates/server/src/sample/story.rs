//! The stories of the invented cases.

use super::Crew;
use super::clock::SetClock;
use anyhow::{Context, Result, bail};
use centre::case::{self, Reply};
use centre::intake::{self, Inbound};
use centre::{By, Centre, citizen, files, manual};
use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use chrono_tz::Europe::Rome;
use model::calendar::Calendar;
use model::case::{Kind, Outcome};
use model::contact::Channel;
use model::{CaseId, QueueId, ServiceId, TopicId};
use serde::Deserialize;

/// A case as it begins, and what then happens to it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    service: String,
    channel: Channel,
    /// The operator who wrote it down; without one, the citizen wrote.
    by: Option<String>,
    name: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    from: Option<String>,
    language: Option<String>,
    region: Option<String>,
    kind: Option<Kind>,
    topic: String,
    subject: String,
    text: String,
    file: Option<String>,
    /// Solved on the spot.
    outcome: Option<Outcome>,
    day: u64,
    time: TimeOfDay,
    #[serde(default)]
    step: Vec<Step>,
}

/// One thing that happens.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    day: u64,
    time: TimeOfDay,
    by: Option<String>,
    #[serde(rename = "do")]
    what: What,
    #[serde(default)]
    text: String,
    queue: Option<String>,
    into: Option<String>,
    file: Option<String>,
    outcome: Option<Outcome>,
    #[serde(default)]
    solution: bool,
    #[serde(default)]
    solve: bool,
    #[serde(default)]
    wait: bool,
    #[serde(default)]
    days: i64,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum What {
    Take,
    Reply,
    Note,
    Escalate,
    GiveBack,
    Solve,
    Remind,
    Citizen,
    /// Into the case with the title `into`.
    Merge,
    /// As the centre does by itself when nobody reopens a solved case.
    Close,
}

/// A time of the day, `09:12`.
#[derive(Deserialize, Clone, Copy)]
#[serde(try_from = "String")]
struct TimeOfDay(NaiveTime);

impl TryFrom<String> for TimeOfDay {
    type Error = chrono::ParseError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        NaiveTime::parse_from_str(&text, "%H:%M").map(Self)
    }
}

#[derive(Deserialize)]
struct Stories {
    story: Vec<Story>,
}

pub fn read() -> Result<Vec<Story>> {
    let stories: Stories =
        toml::from_str(include_str!("../../../../sample/cases.toml")).context("cannot read the sample cases")?;
    Ok(stories.story)
}

/// One thing to play, at its time.
enum Play {
    Open(usize),
    Step(usize, usize),
}

/// Plays all stories together in order of time, so that numbers and events are in the order things happened.
pub async fn tell(
    centre: &Centre,
    clock: &SetClock,
    crew: &Crew,
    stories: Vec<Story>,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut plays = Vec::new();
    let when = |day, time| when(day, time, &stories, now);
    for (at, story) in stories.iter().enumerate() {
        plays.push((when(story.day, story.time.0), Play::Open(at)));
        plays.extend(story.step.iter().enumerate().map(|(step, s)| (when(s.day, s.time.0), Play::Step(at, step))));
    }
    plays.sort_by_key(|(time, play)| (*time, matches!(play, Play::Step(..))));
    let mut cases: Vec<Option<CaseId>> = stories.iter().map(|_| None).collect();
    for (time, play) in plays {
        clock.set(time);
        match play {
            Play::Open(at) => {
                let story = stories.get(at).context("no such story")?;
                let id = open(centre, crew, story).await.with_context(|| format!("the story {:?}", story.subject))?;
                *cases.get_mut(at).context("no such story")? = Some(id);
            }
            Play::Step(at, step) => {
                let story = stories.get(at).context("no such story")?;
                let case = cases
                    .get(at)
                    .copied()
                    .flatten()
                    .with_context(|| format!("{:?} goes on before it begins", story.subject))?;
                let step = story.step.get(step).context("no such step")?;
                let other = stories.iter().position(|story| Some(&story.subject) == step.into.as_ref());
                let into = other.and_then(|at| cases.get(at).copied().flatten());
                go_on(centre, crew, case, into, step, time)
                    .await
                    .with_context(|| format!("a step of {:?}", story.subject))?;
            }
        }
    }
    Ok(())
}

/// The time of day on the working day that lies `back` working days before today. Today's last thing happened a moment
/// ago, whatever the time is now, and the others of today as long before it as is written.
fn when(back: u64, time: NaiveTime, stories: &[Story], now: DateTime<Utc>) -> DateTime<Utc> {
    if back == 0 {
        let steps = stories.iter().flat_map(|story| &story.step).filter(|step| step.day == 0).map(|step| step.time.0);
        let openings = stories.iter().filter(|story| story.day == 0).map(|story| story.time.0);
        let last = steps.chain(openings).max().unwrap_or(time);
        return now - TimeDelta::minutes(2) - (last - time);
    }
    let calendar = Calendar::default_italian();
    let today = now.with_timezone(&Rome).date_naive();
    let mut day = today;
    let mut left = back;
    while left > 0 {
        day = day.checked_sub_days(Days::new(1)).unwrap_or(day);
        if !calendar.slots_on(day).is_empty() {
            left -= 1;
        }
    }
    day.and_time(time).and_local_timezone(Rome).earliest().map_or(now, |t| t.with_timezone(&Utc))
}

async fn keep(centre: &Centre, name: Option<&String>) -> Result<Vec<files::Kept>> {
    match name {
        Some(name) => Ok(vec![centre.files().keep(name, "Documento inventato, a scopo di esempio.\n".into()).await?]),
        None => Ok(Vec::new()),
    }
}

fn by(crew: &Crew, login: Option<&String>) -> Result<By> {
    match login {
        Some(login) => {
            Ok(By::Staff(crew.get(login).with_context(|| format!("there is no operator {login:?}"))?.clone()))
        }
        None => Ok(By::Citizen),
    }
}

async fn open(centre: &Centre, crew: &Crew, story: &Story) -> Result<CaseId> {
    let inbound = Inbound {
        service: Some(ServiceId::new(&story.service)),
        channel: Some(story.channel),
        from: story.from.clone(),
        name: story.name.clone(),
        email: story.email.clone(),
        phone: story.phone.clone(),
        language: story.language.clone(),
        region: story.region.clone(),
        kind: story.kind,
        topic: Some(TopicId::new(&story.topic)),
        subject: Some(story.subject.clone()),
        text: story.text.clone(),
        files: keep(centre, story.file.as_ref()).await?,
        ..Inbound::default()
    };
    let (written_down, outcome) = (story.by.is_some(), story.outcome);
    let accepted = centre
        .work(by(crew, story.by.as_ref())?, move |w| {
            Box::pin(async move {
                if written_down { manual::record(w, inbound, outcome).await } else { intake::accept(w, inbound).await }
            })
        })
        .await?;
    Ok(accepted.case)
}

async fn go_on(
    centre: &Centre,
    crew: &Crew,
    id: CaseId,
    into: Option<CaseId>,
    step: &Step,
    now: DateTime<Utc>,
) -> Result<()> {
    let by = by(crew, step.by.as_ref())?;
    let text = step.text.clone();
    let kept = keep(centre, step.file.as_ref()).await?;
    let outcome = step.outcome.unwrap_or(Outcome::Solved);
    match step.what {
        What::Take => centre.work(by, move |w| Box::pin(async move { case::take(w, id).await })).await?,
        What::Note => {
            centre.work(by, move |w| Box::pin(async move { case::note(w, id, &text, kept).await.map(drop) })).await?
        }
        What::Citizen => {
            centre.work(By::Citizen, move |w| Box::pin(async move { citizen::write(w, id, &text, kept).await })).await?
        }
        What::Solve => {
            centre.work(by, move |w| Box::pin(async move { case::solve(w, id, outcome, None).await })).await?
        }
        What::Reply => {
            let reply = Reply { text, files: kept, seen: None, solve: step.solve, wait: step.wait };
            centre.work(by, move |w| Box::pin(async move { case::reply(w, id, reply).await.map(drop) })).await?;
        }
        What::Escalate => {
            let Some(queue) = step.queue.clone().map(QueueId) else { bail!("an escalation without a queue") };
            centre.work(by, move |w| Box::pin(async move { case::escalate(w, id, &queue, &text).await })).await?;
        }
        What::GiveBack => {
            let solution = step.solution;
            centre.work(by, move |w| Box::pin(async move { case::give_back(w, id, &text, solution).await })).await?;
        }
        What::Merge => {
            let into = into.context("a merge into no case")?;
            centre.work(by, move |w| Box::pin(async move { case::merge(w, id, into).await })).await?;
        }
        What::Close => centre.work(By::System, move |w| Box::pin(async move { case::close(w, id).await })).await?,
        What::Remind => {
            let on = now + TimeDelta::days(step.days);
            centre.work(by, move |w| Box::pin(async move { case::remind(w, id, Some(on)).await })).await?;
        }
    }
    Ok(())
}
