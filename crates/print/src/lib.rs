//! Documents on paper: a template and what stands in it become a PDF that is read aloud as well as it is printed
//! (PDF/UA-1) and can be kept for ever (PDF/A-3a).
//!
//! This crate knows nothing of what is printed, so that the typesetter, which takes long to compile, is compiled once.

use serde::Serialize;
use std::fmt::Write as _;
use typst::diag::{SourceDiagnostic, Warned};
use typst_as_lib::typst_kit_options::TypstKitFontOptions;
use typst_as_lib::{TypstAsLibError, TypstEngine};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot write down what is to be printed")]
    Data(#[from] serde_json::Error),
    #[error("cannot set the type of the document: {0}")]
    Typeset(String),
    #[error("cannot write the PDF: {0}")]
    Pdf(String),
}

/// A document that was printed.
#[derive(Debug)]
pub struct Printed {
    pub pdf: Vec<u8>,
    /// Why it is not what the standards ask for, such as a letter that no font here has.
    pub lacking: Option<String>,
}

/// Where a template finds what stands in it.
const DATA: &str = "data.json";

/// Prints `data` by a template, which reads it as `json("data.json")`, with these fonts and, for letters that they do not
/// have, those of the machine.
///
/// # Errors
/// When the template does not fit what stands in it.
pub fn print(template: &'static str, data: &impl Serialize, fonts: Vec<Vec<u8>>) -> Result<Printed, Error> {
    let engine = TypstEngine::builder()
        .main_file(template)
        .fonts(fonts)
        .search_fonts_with(TypstKitFontOptions::default())
        .with_static_file_resolver([(DATA, serde_json::to_vec(data)?)])
        .build();
    let Warned { output, .. } = engine.compile::<PagedDocument>();
    let document = output.map_err(|error| Error::Typeset(told(error)))?;
    match write(&document, &[PdfStandard::A_3a, PdfStandard::Ua_1]) {
        Ok(pdf) => Ok(Printed { pdf, lacking: None }),
        Err(lacking) => Ok(Printed { pdf: write(&document, &[]).map_err(Error::Pdf)?, lacking: Some(lacking) }),
    }
}

fn write(document: &PagedDocument, standards: &[PdfStandard]) -> Result<Vec<u8>, String> {
    let standards = PdfStandards::new(standards).map_err(|error| error.message().to_string())?;
    let options = PdfOptions { standards, ..PdfOptions::default() };
    typst_pdf::pdf(document, &options).map_err(|errors| lines(&errors))
}

fn told(error: TypstAsLibError) -> String {
    match error {
        TypstAsLibError::TypstSource(errors) => lines(&errors),
        other => other.to_string(),
    }
}

fn lines(errors: &[SourceDiagnostic]) -> String {
    let mut told = String::new();
    for error in errors {
        let _ = write!(told, "{}{}", if told.is_empty() { "" } else { "; " }, error.message);
    }
    told
}
