//! How a queue of calls is served, set while callers wait.

use super::closing::{BACK, path};
use crate::admin::{FormPage, flaw_sentence};
use crate::desk::fault::{Answer, Fault};
use crate::desk::field::{Choice, Field, Kind, sentence};
use crate::desk::flash::Flash;
use crate::desk::oversight::Overseen;
use crate::desk::seat::Seat;
use crate::desk::{DeskFrame, Open, Panes};
use axum::extract::Path;
use centre::service::Steering;
use centre::{By, Error, closing};
use gate::Form;
use language::Tr;
use model::QueueId;
use model::problem::{FieldProblem, Problem};
use model::queue::{Priority, QueueDefinition};
use model::service::Step;

/// `GET /desk/squadra/telefono/code/{queue}/servizio`
pub(in crate::desk) async fn show(seat: Seat, Path(queue): Path<String>) -> Answer {
    let (_, queue, _) = closing::of(&seat.gate.centre, &seat.me, &QueueId::new(queue))?;
    let steering = Steering::of(&queue);
    let frame = DeskFrame::read(&seat, None, Panes::Two, Open::Case).await?.overseeing(Overseen::Floor);
    Ok(page(seat.tr, frame, &queue, &Typed::of(steering), carried(steering)).answer(&[]))
}

/// `POST /desk/squadra/telefono/code/{queue}/servizio`
pub(in crate::desk) async fn send(seat: Seat, Path(queue): Path<String>, form: Form) -> Answer {
    let (_, queue, _) = closing::of(&seat.gate.centre, &seat.me, &QueueId::new(queue))?;
    let typed = Typed::read(&form);
    let seen: Steering = seen(form.text("seen")).unwrap_or(Steering::of(&queue));
    let frame = DeskFrame::read(&seat, None, Panes::Two, Open::Case).await?.overseeing(Overseen::Floor);
    let again = || page(seat.tr, frame, &queue, &typed, form.text("seen").to_owned());
    let wanted = match typed.steering() {
        Ok(wanted) => wanted,
        Err(problems) => return Ok(again().answer(&problems)),
    };
    let by = By::Staff(seat.me.clone());
    match centre::service::steer(&seat.gate.centre, by, queue.id.clone(), seen, wanted).await {
        Ok(()) => Ok(seat.on_to(BACK, Flash::new("steering-changed").about(queue.name)).await),
        Err(Error::Service(flaws)) => {
            let mut view = again();
            for flaw in &flaws {
                let Some(Step::Key(key)) = flaw.path.last() else { continue };
                let said = flaw_sentence(seat.tr, flaw.flaw, flaw.with.as_deref());
                match view.fields.iter_mut().find(|field| field.name == key) {
                    Some(field) => field.problem = Some(said),
                    None => view.problem = Some(said),
                }
            }
            Ok(view.refused())
        }
        Err(error) => Err(Fault::from(error).with(form.unsent(path(&queue.id, "servizio")))),
    }
}

/// What stands in the fields.
struct Typed {
    priority: String,
    /// By their names: seconds.
    seconds: [(&'static str, String); 4],
}

const SECONDS: [&str; 4] = ["target_s", "offer_s", "wrap_up_s", "own_operator_s"];

impl Typed {
    fn of(steering: Steering) -> Self {
        let Steering { priority, target_s, offer_s, wrap_up_s, own_operator_s } = steering;
        let numbers = [target_s, Some(offer_s), Some(wrap_up_s), Some(own_operator_s)];
        let shown = numbers.map(|seconds| seconds.map(|seconds| seconds.to_string()).unwrap_or_default());
        let mut each = shown.into_iter();
        Self { priority: priority.to_string(), seconds: SECONDS.map(|name| (name, each.next().unwrap_or_default())) }
    }

    fn read(form: &Form) -> Self {
        let seconds = SECONDS.map(|name| (name, form.text(name).trim().to_owned()));
        Self { priority: form.text("priority").to_owned(), seconds }
    }

    fn steering(&self) -> Result<Steering, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut numbers = self.seconds.iter().map(|(name, text)| {
            if text.is_empty() && *name != "target_s" {
                problems.push(FieldProblem::new(name, Problem::Missing));
            }
            let read = text.parse::<u32>();
            if read.is_err() && !text.is_empty() {
                problems.push(FieldProblem::new(name, Problem::NotANumber));
            }
            read.ok()
        });
        let [target_s, offer_s, wrap_up_s, own_operator_s] = std::array::from_fn(|_| numbers.next().flatten());
        drop(numbers);
        match (self.priority.parse::<Priority>(), offer_s, wrap_up_s, own_operator_s) {
            (Ok(priority), Some(offer_s), Some(wrap_up_s), Some(own_operator_s)) if problems.is_empty() => {
                Ok(Steering { priority, target_s, offer_s, wrap_up_s, own_operator_s })
            }
            (Err(_), ..) => {
                problems.push(FieldProblem::new("priority", Problem::NotInTheList));
                Err(problems)
            }
            _ => Err(problems),
        }
    }
}

/// What was seen, as the form carries it.
fn carried(steering: Steering) -> String {
    let Typed { priority, seconds } = Typed::of(steering);
    let numbers = seconds.map(|(_, seconds)| seconds);
    format!("{priority} {}", numbers.join(" "))
}

fn seen(carried: &str) -> Option<Steering> {
    let mut words = carried.split(' ');
    let priority = words.next()?.to_owned();
    let seconds = SECONDS.map(|name| (name, words.next().unwrap_or_default().to_owned()));
    Typed { priority, seconds }.steering().ok()
}

fn page(tr: Tr, frame: DeskFrame, queue: &QueueDefinition, typed: &Typed, seen: String) -> FormPage {
    let choice = |priority: Priority| {
        let word = tr.text(&format!("service-priority-{priority}")).into_owned();
        Choice::new(priority, word).chosen_if(typed.priority == priority.as_str())
    };
    let priorities = [Priority::High, Priority::Normal, Priority::Low].map(choice).to_vec();
    let priority = Field::new("priority", tr.text("steering-priority"), Kind::Radio(priorities));
    let seconds = typed.seconds.iter().map(|(name, text)| {
        let key = name.trim_end_matches("_s").replace('_', "-");
        let field = Field::new(name, tr.text(&format!("steering-{key}")), Kind::Line);
        let field = field.hinted(tr.text(&format!("steering-{key}-hint"))).with(text.as_str());
        if *name == "target_s" { field.optional() } else { field }
    });
    let fields = std::iter::once(priority.hinted(tr.text("steering-priority-hint"))).chain(seconds).collect();
    let back = (BACK.to_owned(), tr.text("floor-title").into_owned());
    let form = FormPage::new(tr, frame, "steering", queue.name.clone(), back, path(&queue.id, "servizio"));
    FormPage { keys: "floor", fields, hidden: vec![("seen", seen)], ..form }
}

/// The pages that the samples show of this form.
pub(crate) fn samples(tr: Tr, frame: DeskFrame) -> FormPage {
    let queue = QueueDefinition::new(QueueId::new("linea-amica"), "Linea Amica", model::case::Level::Front);
    let steering = Steering::of(&queue);
    let mut view = page(tr, frame, &queue, &Typed::of(steering), carried(steering));
    if let Some(field) = view.fields.last_mut() {
        field.problem = Some(sentence(tr, &FieldProblem::new("own_operator_s", Problem::NotANumber)));
    }
    view
}
