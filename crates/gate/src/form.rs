//! Forms, with or without files, read within bounds: a field, a file and the whole have each a largest size, what is past
//! it is not read to its end, and all that are being read at once have a largest size too.

use axum::extract::multipart::MultipartError;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::StreamExt;
use http::{StatusCode, header};
use model::attachment::{COUNT_MAX, SIZE_MAX};
use model::problem::{FieldProblem, Problem};
use sha2::{Digest, Sha256};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

/// Bytes of all that is not a file.
const TEXT_MAX: usize = 512 * 1024;
/// Fields of one form of a citizen's, and of one behind the sign-in: a service of many queues is a long one.
const FIELDS_MAX: usize = 200;
const STAFF_FIELDS_MAX: usize = 4_000;
/// Bytes of a whole form: every file it may hold and as much again as its text.
const BODY_MAX: u64 = SIZE_MAX * COUNT_MAX as u64 + 2 * TEXT_MAX as u64;

/// Bytes read of a form at all. Of files that are too large nothing is kept, but they are read on: a browser that is cut
/// off while it sends shows no answer, and who chose a film would neither learn why nor find again what they wrote. What
/// is past this is cut off.
const READ_MAX: u64 = 4 * BODY_MAX;

/// Steps of [`STEP`] bytes of files that are in memory at once: 256 MiB. They are taken as bytes come, so that whoever
/// sends slowly holds up nobody; when all are taken, the next step waits for a moment.
static ROOM: Semaphore = Semaphore::const_new(4 * 1024);
const STEP: usize = 64 * 1024;
const ROOM_PATIENCE: Duration = Duration::from_secs(5);
/// How long the next bytes of a form are waited for.
const BYTES_PATIENCE: Duration = Duration::from_secs(20);
/// Bytes a second that whoever sends comes to at the least, on the whole: the slowest of lines does.
const SLOWEST: u64 = 16 * 1024;
const LONGEST: Duration = Duration::from_secs(30 * 60);

/// How long a body of so many bytes may take.
#[must_use]
pub fn patience(bytes: u64) -> Duration {
    (BYTES_PATIENCE + Duration::from_secs(bytes / SLOWEST)).min(LONGEST)
}

/// Marks a request to a place behind the sign-in, whoever it comes from: what somebody typed until their session ended is
/// read as well.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BehindSignIn;

/// A form as it was sent, to a place that takes no files: none are read.
#[derive(Debug, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    pub files: Vec<Upload>,
    /// Files that were left out, with why: the rest of the form is kept.
    pub problems: Vec<FieldProblem>,
    /// Given back when the form was dealt with.
    room: Option<SemaphorePermit<'static>>,
}

/// A form as it was sent, to a place that takes files.
#[derive(Debug, Default)]
pub struct WithFiles(pub Form);

/// A file as it was sent.
#[derive(Debug, Clone)]
pub struct Upload {
    pub name: String,
    pub bytes: Bytes,
    /// SHA-256 of the bytes, made while they were read.
    digest: [u8; 32],
}

/// Fields that hold passwords: whoever sends the form again types them again.
const SECRET: &[&str] = &["password", "old"];

/// What a form had brought when it could not be carried out, to be shown and sent again. Rides on the answer.
#[derive(Debug, Clone)]
pub struct Unsent {
    /// Where the form goes.
    pub action: String,
    pub fields: Vec<(String, String)>,
}

/// Why a form was not read.
#[derive(Debug)]
pub enum FormError {
    TooLarge,
    Unreadable,
    /// Too many are being sent just now.
    Busy,
}

impl IntoResponse for FormError {
    fn into_response(self) -> Response {
        match self {
            // The rest of the body is not read, so the connection cannot be used again.
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, [(header::CONNECTION, "close")]).into_response(),
            Self::Unreadable => StatusCode::BAD_REQUEST.into_response(),
            Self::Busy => {
                let headers = [(header::CONNECTION, "close"), (header::RETRY_AFTER, "10")];
                (StatusCode::SERVICE_UNAVAILABLE, headers).into_response()
            }
        }
    }
}

impl Form {
    /// The field's text, or nothing when it was not sent.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// The field's text where something was typed.
    #[must_use]
    pub fn typed(&self, name: &str) -> Option<String> {
        Some(self.text(name)).filter(|t| !t.trim().is_empty()).map(str::to_owned)
    }

    /// True when a box was ticked or a button pressed.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(n, _)| n == name)
    }

    /// Every value sent under this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// Tells one sending of a form from another whose contents differ, in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> String {
        let mut whole = Sha256::new();
        let mut add = |part: &[u8]| {
            whole.update((part.len() as u64).to_be_bytes());
            whole.update(part);
        };
        for (name, value) in &self.fields {
            add(name.as_bytes());
            add(value.as_bytes());
        }
        for file in &self.files {
            add(file.name.as_bytes());
            add(&file.digest);
        }
        whole.finalize().iter().map(|b| format!("{b:02x}")).collect()
    }

    /// Every word of it by the name of its field, as it was sent.
    #[must_use]
    pub fn words(&self) -> &[(String, String)] {
        &self.fields
    }

    /// What can be sent again of it: its words, without the files, and without passwords, which stand in no page.
    #[must_use]
    pub fn unsent(&self, action: String) -> Unsent {
        let words = self.fields.iter().filter(|(name, _)| !SECRET.contains(&name.as_str()));
        Unsent { action, fields: words.cloned().collect() }
    }

    /// The field read as something else; nothing when it is empty or cannot be read.
    #[must_use]
    pub fn parsed<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).trim().parse().ok()
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = FormError;

    async fn from_request(request: Request, state: &S) -> Result<Self, FormError> {
        Self::read(request, state, TEXT_MAX as u64).await
    }
}

impl<S: Send + Sync> FromRequest<S> for WithFiles {
    type Rejection = FormError;

    async fn from_request(request: Request, state: &S) -> Result<Self, FormError> {
        Form::read(request, state, READ_MAX).await.map(Self)
    }
}

impl Form {
    async fn read<S: Send + Sync>(request: Request, state: &S, most: u64) -> Result<Self, FormError> {
        let length = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
        let deadline = patience(length.unwrap_or(most).min(READ_MAX));
        timeout(deadline, Self::read_whole(request, state, most)).await.map_err(|_| FormError::Unreadable)?
    }

    async fn read_whole<S: Send + Sync>(mut request: Request, state: &S, most: u64) -> Result<Self, FormError> {
        let length = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
        let of_files = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|v| v.to_str().ok())
            .is_some_and(|t| t.starts_with("multipart/form-data"));
        let most = if of_files { most } else { TEXT_MAX as u64 };
        let is_staff = request.extensions().get::<BehindSignIn>().is_some();
        let fields_max = if is_staff { STAFF_FIELDS_MAX } else { FIELDS_MAX };
        if let Some(length) = length.filter(|length| *length > most) {
            if length <= READ_MAX {
                drain(request.into_body(), READ_MAX).await;
            }
            return Err(FormError::TooLarge);
        }
        if of_files {
            // The framework's own limit is smaller than one photograph.
            DefaultBodyLimit::max(usize::try_from(most).unwrap_or(usize::MAX)).apply(&mut request);
            let multipart = Multipart::from_request(request, state).await.map_err(|_| FormError::Unreadable)?;
            return read_parts(multipart, fields_max).await;
        }
        let read = timeout(BYTES_PATIENCE, axum::body::to_bytes(request.into_body(), TEXT_MAX)).await;
        let body = read.map_err(|_| FormError::Unreadable)?.map_err(|_| FormError::TooLarge)?;
        let fields: Vec<(String, String)> =
            form_urlencoded::parse(&body).map(|(name, value)| (name.into_owned(), written(&value))).collect();
        if fields.len() > fields_max {
            return Err(FormError::TooLarge);
        }
        Ok(Self { fields, ..Self::default() })
    }
}

impl Form {
    /// Has room for this many bytes of files.
    async fn hold(&mut self, bytes: usize) -> Result<(), FormError> {
        let held = self.room.as_ref().map_or(0, SemaphorePermit::num_permits);
        let missing = bytes.div_ceil(STEP).saturating_sub(held);
        if missing == 0 {
            return Ok(());
        }
        let more = ROOM.acquire_many(u32::try_from(missing).unwrap_or(u32::MAX));
        let more = timeout(ROOM_PATIENCE, more).await.map_err(|_| FormError::Busy)?.map_err(|_| FormError::Busy)?;
        match &mut self.room {
            Some(room) => room.merge(more),
            None => self.room = Some(more),
        }
        Ok(())
    }
}

/// What somebody may have written: no keyboard has a NUL, and no database takes one.
fn written(value: &str) -> String {
    value.replace('\0', "")
}

/// The next piece of a form, if it comes in time.
async fn in_time<T>(next: impl Future<Output = Result<T, MultipartError>>) -> Result<T, FormError> {
    timeout(BYTES_PATIENCE, next).await.map_err(|_| FormError::Unreadable)?.map_err(unread)
}

fn unread(error: MultipartError) -> FormError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { FormError::TooLarge } else { FormError::Unreadable }
}

/// Reads at most `most` bytes of what nobody will look at, so that whoever is sending them comes to read the answer.
pub async fn drain(body: axum::body::Body, most: u64) {
    let mut data = body.into_data_stream();
    let mut read: u64 = 0;
    while let Some(Ok(chunk)) = data.next().await {
        read += chunk.len() as u64;
        if read > most {
            break;
        }
    }
}

async fn read_parts(mut multipart: Multipart, fields_max: usize) -> Result<Form, FormError> {
    let mut form = Form::default();
    let (mut text, mut fields, mut in_files) = (0, 0, 0);
    while let Some(mut part) = in_time(multipart.next_field()).await? {
        fields += 1;
        if fields > fields_max {
            return Err(FormError::TooLarge);
        }
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let most = if file_name.is_some() { usize::try_from(SIZE_MAX).unwrap_or(usize::MAX) } else { TEXT_MAX - text };
        let (mut bytes, mut digest) = (Vec::new(), Sha256::new());
        let mut too_large = false;
        while let Some(chunk) = in_time(part.chunk()).await? {
            if bytes.len() + chunk.len() > most && !too_large {
                too_large = true;
                in_files -= bytes.len();
                bytes = Vec::new();
            }
            if !too_large {
                bytes.extend_from_slice(&chunk);
                digest.update(&chunk);
                in_files += chunk.len();
            }
            form.hold(in_files).await?;
        }
        match file_name {
            None if too_large => return Err(FormError::TooLarge),
            None => {
                text += bytes.len();
                form.fields.push((name, written(&String::from_utf8_lossy(&bytes))));
            }
            // An empty file box is sent as a file without name and bytes.
            Some(file) if file.is_empty() && bytes.is_empty() && !too_large => {}
            Some(_) if too_large => form.problems.push(FieldProblem::limited("files", Problem::FileTooLarge, SIZE_MAX)),
            Some(_) if form.files.len() >= COUNT_MAX => {
                in_files -= bytes.len();
                form.problems.push(FieldProblem::limited("files", Problem::TooManyFiles, COUNT_MAX as u64))
            }
            Some(file) => form.files.push(Upload { name: file, bytes: bytes.into(), digest: digest.finalize().into() }),
        }
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn what_is_sent_again_holds_no_password() {
        let of = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let fields = vec![of("name", "Gestore"), of("password", "segretissima"), of("old", "vecchia")];
        let form = Form { fields, ..Form::default() };
        let unsent = form.unsent("/admin/trunks/new".to_owned());
        assert_eq!(unsent.fields, [of("name", "Gestore")]);
        assert_eq!(form.text("password"), "segretissima");
    }
}
