//! Recording: what rooms receive is written down as it comes, sealed, by a thread of its own, and turned into Opus in Ogg
//! when the talk is over. What a program that broke off has left behind is turned by its next life.

mod writer;

pub use writer::Pen;

use crate::sound::{ogg, record};
use centre::recording::{self, Seal};
use centre::{By, Centre};
use model::RecordingId;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use tokio::sync::mpsc;
use writer::Writer;

/// The longest sealed piece that is read back: what is longer was not written here.
const PIECE_MAX: usize = 1 << 20;

/// Writes recordings down.
pub struct Recorder {
    folder: PathBuf,
    seal: Seal,
    centre: Centre,
    writer: Writer,
}

impl Recorder {
    /// A recorder on this folder; ids of recordings that are whole come out of the receiver, those that were left behind
    /// first.
    ///
    /// # Errors
    /// A folder that cannot be made, a database that does not answer.
    pub async fn open(
        centre: Centre,
        folder: PathBuf,
    ) -> Result<(Self, mpsc::UnboundedReceiver<RecordingId>), crate::Error> {
        std::fs::create_dir_all(&folder)?;
        let seal = Seal::of(&centre).await?;
        let (done, whole) = mpsc::unbounded_channel();
        for left in std::fs::read_dir(&folder)?.flatten() {
            let id = left.path().file_stem().and_then(|stem| stem.to_str()?.parse().ok());
            if let Some(id) = id {
                let _ = done.send(RecordingId(id));
            }
        }
        let writer = Writer::start(seal.clone(), centre.chance().clone(), done)?;
        Ok((Self { folder, seal, centre, writer }, whole))
    }

    fn file(&self, id: RecordingId) -> PathBuf {
        self.folder.join(format!("{id}.raw"))
    }

    /// Begins to write a recording.
    ///
    /// # Errors
    /// A file that cannot be made.
    pub fn begin(&self, id: RecordingId) -> std::io::Result<Pen> {
        let file = File::options().create_new(true).append(true).open(self.file(id))?;
        Ok(self.writer.begin(id, file))
    }

    /// Turns a recording into what is kept; how many seconds it has.
    ///
    /// # Errors
    /// A file that cannot be read, a storage or database that does not answer.
    pub async fn turn(&self, id: RecordingId) -> Result<Option<i64>, crate::Error> {
        let (file, seal) = (self.file(id), self.seal.clone());
        let read = tokio::task::spawn_blocking(move || turned(&file, &seal)).await;
        let read = read.map_err(|error| crate::Error::Sound(std::io::Error::other(error)))??;
        let seconds = match read {
            Some((sound, seconds)) => {
                recording::keep(&self.centre, &self.seal, id, seconds, &sound).await?;
                Some(seconds)
            }
            None => {
                self.centre.work(By::System, move |w| Box::pin(recording::fail(w, id))).await?;
                None
            }
        };
        std::fs::remove_file(self.file(id))?;
        Ok(seconds)
    }
}

/// Turns what an earlier life of the program left in a folder into what is kept, where nobody makes recordings in it.
///
/// # Errors
/// A folder that cannot be read, a database that does not answer. A recording that cannot be turned stays where it is.
pub async fn turn_left_behind(centre: Centre, folder: PathBuf) -> Result<(), crate::Error> {
    let (recorder, mut left) = Recorder::open(centre, folder).await?;
    while let Ok(id) = left.try_recv() {
        if let Err(error) = recorder.turn(id).await {
            tracing::error!(%error, recording.id = %id, "cannot keep a recording that was left behind");
        }
    }
    Ok(())
}

/// The sound of a raw recording as Ogg, and its seconds; None when there is none in it.
fn turned(file: &Path, seal: &Seal) -> std::io::Result<Option<(Vec<u8>, i64)>> {
    let mut sealed = Vec::new();
    File::open(file)?.read_to_end(&mut sealed)?;
    let mut plain = Vec::new();
    let mut rest = sealed.as_slice();
    // A piece that was being written when the program broke off is left out.
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
        let Some((piece, next)) = after.split_at_checked(length).filter(|_| length <= PIECE_MAX) else { break };
        let Ok(opened) = seal.open(piece) else { break };
        plain.extend(opened);
        rest = next;
    }
    let mut sound = Vec::new();
    let summary = ogg::export(record::Reader::new(plain.as_slice()), &mut sound, 1).map_err(std::io::Error::other)?;
    let seconds = i64::try_from(summary.frames.div_ceil(50)).unwrap_or(i64::MAX);
    Ok((summary.heard > 0).then_some((sound, seconds)))
}
