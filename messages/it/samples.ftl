# Said only by the sample pages, which show each page filled with invented people.

sample-hours = Lunedì–venerdì, 9–18
sample-holiday = Chiuso martedì 8 dicembre
