# Said only by the sample pages, which show each page filled with invented people.

sample-hours = Monday–Friday, 9–18
sample-holiday = Closed on Tuesday 8 December
