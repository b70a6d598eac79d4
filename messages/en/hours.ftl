# Opening hours and holidays.

hours-title = Opening hours and holidays
hours-lead = When an operator answers. You can write to us at any time, at night and on holidays too.
hours-open-now = Open now
hours-closed-now = Closed now
hours-always = always open, day and night
hours-until = until { $time }
hours-until-day = until { $day } at { $time }
hours-then = { $day } from { $time }
hours-opens = opens { $day } at { $time }
hours-line = { $days }, { $hours }
hours-closed-on = Closed { $day } ({ $why })
hours-open-on = open { $hours }
hours-ahead = Closing days and different hours in the next twelve months
hours-ahead-of = Days that differ from the usual: { $name }
hours-day = Day
hours-why = Why
hours-write-any-time = Outside these hours you can write to us: we answer when we open again.

holiday-new-year = New Year’s Day
holiday-epiphany = Epiphany
holiday-easter = Easter
holiday-easter-monday = Easter Monday
holiday-liberation = Liberation Day
holiday-labour = Labour Day
holiday-republic = Republic Day
holiday-assumption = Assumption Day
holiday-saint-francis = Saint Francis
holiday-all-saints = All Saints’ Day
holiday-immaculate = Immaculate Conception
holiday-christmas = Christmas
holiday-saint-stephen = Saint Stephen’s Day
holiday-patron = { $name }, patron saint’s day
holiday-exception = special closure
