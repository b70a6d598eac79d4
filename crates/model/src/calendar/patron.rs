//! Patron saints: the one holiday of its own that an Italian town keeps.

use chrono::{Datelike, NaiveDate};

/// The day of a patron saint, every year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patron {
    month: u32,
    day: u32,
    name: String,
}

impl Patron {
    /// `None` when the month has no such day. 29 February is kept in leap years alone.
    pub fn new(month: u32, day: u32, name: impl Into<String>) -> Option<Self> {
        const LEAP_YEAR: i32 = 2024;
        NaiveDate::from_ymd_opt(LEAP_YEAR, month, day)?;
        Some(Self { month, day, name: name.into() })
    }

    /// The patron of a city of the table, by its Italian name in any case of letters.
    pub fn of(city: &str) -> Option<Self> {
        let city = city.trim().to_lowercase();
        let (_, month, day, saint) = PATRONS.iter().find(|(name, ..)| name.to_lowercase() == city)?;
        Self::new(*month, *day, *saint)
    }

    /// 1 to 12.
    pub fn month(&self) -> u32 {
        self.month
    }

    /// 1 to 31.
    pub fn day(&self) -> u32 {
        self.day
    }

    /// Of the saint, or of the feast.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn falls_on(&self, date: NaiveDate) -> bool {
        date.month() == self.month && date.day() == self.day
    }
}

/// The cities that [`Patron::of`] knows, in alphabetical order.
pub fn cities() -> impl Iterator<Item = &'static str> {
    PATRONS.iter().map(|(city, ..)| *city)
}

/// City, month, day, saint.
///
/// Provincial capitals whose feast has one fixed date, on which sources agree. Where it moves (Asti, Bolzano,
/// Brindisi) or sources differ (Latina, Pordenone, Ragusa), a calendar writes the day itself, or an exception a year.
const PATRONS: &[(&str, u32, u32, &str)] = &[
    ("Agrigento", 2, 25, "San Gerlando"),
    ("Alessandria", 11, 10, "San Baudolino"),
    ("Ancona", 5, 4, "San Ciriaco"),
    ("Aosta", 9, 7, "San Grato"),
    ("Arezzo", 8, 7, "San Donato"),
    ("Ascoli Piceno", 8, 5, "Sant'Emidio"),
    ("Avellino", 2, 14, "San Modestino"),
    ("Bari", 12, 6, "San Nicola"),
    ("Belluno", 11, 11, "San Martino"),
    ("Benevento", 8, 24, "San Bartolomeo"),
    ("Bergamo", 8, 26, "Sant'Alessandro"),
    ("Biella", 12, 26, "Santo Stefano"),
    ("Bologna", 10, 4, "San Petronio"),
    ("Brescia", 2, 15, "Santi Faustino e Giovita"),
    ("Cagliari", 10, 30, "San Saturnino"),
    ("Caltanissetta", 9, 29, "San Michele"),
    ("Campobasso", 4, 23, "San Giorgio"),
    ("Caserta", 1, 20, "San Sebastiano"),
    ("Catania", 2, 5, "Sant'Agata"),
    ("Catanzaro", 7, 16, "San Vitaliano"),
    ("Cesena", 6, 24, "San Giovanni Battista"),
    ("Chieti", 5, 11, "San Giustino"),
    ("Como", 8, 31, "Sant'Abbondio"),
    ("Cosenza", 2, 12, "Madonna del Pilerio"),
    ("Cremona", 11, 13, "Sant'Omobono"),
    ("Crotone", 10, 9, "San Dionigi"),
    ("Cuneo", 9, 29, "San Michele"),
    ("Enna", 7, 2, "Madonna della Visitazione"),
    ("Ferrara", 4, 23, "San Giorgio"),
    ("Firenze", 6, 24, "San Giovanni Battista"),
    ("Foggia", 3, 22, "Madonna dei Sette Veli"),
    ("Forlì", 2, 4, "Madonna del Fuoco"),
    ("Frosinone", 6, 20, "San Silverio"),
    ("Genova", 6, 24, "San Giovanni Battista"),
    ("Gorizia", 3, 16, "Santi Ilario e Taziano"),
    ("Grosseto", 8, 10, "San Lorenzo"),
    ("Imperia", 11, 26, "San Leonardo"),
    ("Isernia", 5, 19, "San Pietro Celestino"),
    ("L'Aquila", 6, 10, "San Massimo"),
    ("La Spezia", 3, 19, "San Giuseppe"),
    ("Lecce", 8, 26, "Sant'Oronzo"),
    ("Lecco", 12, 6, "San Nicolò"),
    ("Livorno", 5, 22, "Santa Giulia"),
    ("Lodi", 1, 19, "San Bassiano"),
    ("Lucca", 7, 12, "San Paolino"),
    ("Macerata", 8, 31, "San Giuliano"),
    ("Mantova", 3, 18, "Sant'Anselmo"),
    ("Massa", 10, 4, "San Francesco"),
    ("Matera", 7, 2, "Madonna della Bruna"),
    ("Messina", 6, 3, "Madonna della Lettera"),
    ("Milano", 12, 7, "Sant'Ambrogio"),
    ("Modena", 1, 31, "San Geminiano"),
    ("Monza", 6, 24, "San Giovanni Battista"),
    ("Napoli", 9, 19, "San Gennaro"),
    ("Novara", 1, 22, "San Gaudenzio"),
    ("Nuoro", 8, 5, "Madonna della Neve"),
    ("Oristano", 2, 13, "Sant'Archelao"),
    ("Padova", 6, 13, "Sant'Antonio"),
    ("Palermo", 7, 15, "Santa Rosalia"),
    ("Parma", 1, 13, "Sant'Ilario"),
    ("Pavia", 12, 9, "San Siro"),
    ("Perugia", 1, 29, "San Costanzo"),
    ("Pesaro", 9, 24, "San Terenzio"),
    ("Pescara", 10, 10, "San Cetteo"),
    ("Piacenza", 7, 4, "Sant'Antonino"),
    ("Pisa", 6, 17, "San Ranieri"),
    ("Pistoia", 7, 25, "San Jacopo"),
    ("Potenza", 5, 30, "San Gerardo"),
    ("Prato", 12, 26, "Santo Stefano"),
    ("Ravenna", 7, 23, "Sant'Apollinare"),
    ("Reggio Emilia", 11, 24, "San Prospero"),
    ("Rieti", 12, 4, "Santa Barbara"),
    ("Rimini", 10, 14, "San Gaudenzo"),
    ("Roma", 6, 29, "Santi Pietro e Paolo"),
    ("Rovigo", 11, 26, "San Bellino"),
    ("Salerno", 9, 21, "San Matteo"),
    ("Sassari", 12, 6, "San Nicola"),
    ("Savona", 3, 18, "Nostra Signora della Misericordia"),
    ("Siena", 12, 1, "Sant'Ansano"),
    ("Siracusa", 12, 13, "Santa Lucia"),
    ("Sondrio", 6, 19, "Santi Gervasio e Protasio"),
    ("Taranto", 5, 10, "San Cataldo"),
    ("Teramo", 12, 19, "San Berardo"),
    ("Terni", 2, 14, "San Valentino"),
    ("Torino", 6, 24, "San Giovanni Battista"),
    ("Trapani", 8, 7, "Sant'Alberto"),
    ("Trento", 6, 26, "San Vigilio"),
    ("Treviso", 4, 27, "San Liberale"),
    ("Trieste", 11, 3, "San Giusto"),
    ("Udine", 7, 12, "Santi Ermacora e Fortunato"),
    ("Urbino", 6, 1, "San Crescentino"),
    ("Varese", 5, 8, "San Vittore"),
    ("Venezia", 4, 25, "San Marco"),
    ("Verbania", 5, 8, "San Vittore"),
    ("Vercelli", 8, 1, "Sant'Eusebio"),
    ("Verona", 5, 21, "San Zeno"),
    ("Vibo Valentia", 3, 1, "San Leoluca"),
    ("Vicenza", 9, 8, "Madonna di Monte Berico"),
    ("Viterbo", 9, 4, "Santa Rosa"),
];
