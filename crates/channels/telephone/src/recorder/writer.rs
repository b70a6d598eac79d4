//! The thread that writes all recordings down, so that nobody who carries sound waits for a disk.

use centre::Chance;
use centre::recording::Seal;
use model::RecordingId;
use std::collections::HashMap;
use std::fs::File;
use std::io::Write;
use std::sync::mpsc;
use tokio::sync::mpsc::UnboundedSender;

enum Word {
    Begins(File),
    Sound(Vec<u8>),
    Ends,
}

#[derive(Clone)]
pub(super) struct Writer(mpsc::Sender<(RecordingId, Word)>);

/// What a recording is written with. It is whole when this is gone.
pub struct Pen {
    id: RecordingId,
    to: Writer,
}

impl Pen {
    pub fn write(&self, sound: Vec<u8>) {
        if !sound.is_empty() {
            self.to.tell(self.id, Word::Sound(sound));
        }
    }
}

impl Drop for Pen {
    fn drop(&mut self) {
        self.to.tell(self.id, Word::Ends);
    }
}

impl Writer {
    /// Starts the thread; it tells of each recording that is whole, and ends with the last who may write.
    pub(super) fn start(seal: Seal, chance: Chance, done: UnboundedSender<RecordingId>) -> std::io::Result<Self> {
        let (tell, told) = mpsc::channel();
        std::thread::Builder::new().name("recorder".to_owned()).spawn(move || write(&told, &seal, &chance, &done))?;
        Ok(Self(tell))
    }

    pub(super) fn begin(&self, id: RecordingId, file: File) -> Pen {
        self.tell(id, Word::Begins(file));
        Pen { id, to: self.clone() }
    }

    fn tell(&self, id: RecordingId, word: Word) {
        // The thread ends with its last teller.
        let _ = self.0.send((id, word));
    }
}

fn write(
    told: &mpsc::Receiver<(RecordingId, Word)>,
    seal: &Seal,
    chance: &Chance,
    done: &UnboundedSender<RecordingId>,
) {
    let mut files: HashMap<RecordingId, File> = HashMap::new();
    for (id, word) in told {
        match word {
            Word::Begins(file) => drop(files.insert(id, file)),
            Word::Sound(sound) => {
                let Some(file) = files.get_mut(&id) else { continue };
                if let Err(error) = put(file, seal, chance.bytes(), &sound) {
                    tracing::error!(%error, recording.id = %id, "cannot write a recording down: the rest of it is lost");
                    files.remove(&id);
                }
            }
            Word::Ends => {
                files.remove(&id);
                let _ = done.send(id);
            }
        }
    }
}

/// Writes one sealed piece with its length.
fn put(file: &mut File, seal: &Seal, chance: [u8; 24], piece: &[u8]) -> std::io::Result<()> {
    let sealed = seal.close(chance, piece).map_err(std::io::Error::other)?;
    let length = u32::try_from(sealed.len()).map_err(std::io::Error::other)?;
    let mut whole = length.to_le_bytes().to_vec();
    whole.extend(sealed);
    file.write_all(&whole)
}
