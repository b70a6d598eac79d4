# Opening hours and holidays.

hours-title = Orari e festività
hours-lead = Quando risponde un operatore. Scriverci si può sempre, anche di notte e nei giorni di festa.
hours-open-now = Aperto ora
hours-closed-now = Chiuso ora
hours-always = sempre aperto, giorno e notte
hours-until = fino alle { $time }
hours-until-day = fino a { $day } alle { $time }
hours-then = { $day } dalle { $time }
hours-opens = apre { $day } alle { $time }
hours-line = { $days }, { $hours }
hours-closed-on = Chiuso { $day } ({ $why })
hours-open-on = aperto { $hours }
hours-ahead = Giorni di chiusura e orari diversi nei prossimi dodici mesi
hours-ahead-of = Giorni diversi dal solito: { $name }
hours-day = Giorno
hours-why = Perché
hours-write-any-time = Fuori orario può scriverci: le rispondiamo alla riapertura.

holiday-new-year = Capodanno
holiday-epiphany = Epifania
holiday-easter = Pasqua
holiday-easter-monday = Lunedì dell’Angelo
holiday-liberation = Festa della Liberazione
holiday-labour = Festa del Lavoro
holiday-republic = Festa della Repubblica
holiday-assumption = Ferragosto
holiday-saint-francis = San Francesco
holiday-all-saints = Ognissanti
holiday-immaculate = Immacolata Concezione
holiday-christmas = Natale
holiday-saint-stephen = Santo Stefano
holiday-patron = { $name }, festa del patrono
holiday-exception = chiusura straordinaria
