# What portal and desk both say.

language-endonym = English

## Hours and days

clock-time = { $hour }:{ $minute }
day-and-time = { $day }, { $time }
day-today = today
day-yesterday = yesterday
day-tomorrow = tomorrow

relative-now = now
relative-minutes-ago = { $count } min ago
relative-in-minutes = in { $count } min
relative-hours-ago =
    { $count ->
        [one] an hour ago
       *[other] { $count } h ago
    }
relative-in-hours =
    { $count ->
        [one] in an hour
       *[other] in { $count } h
    }
relative-days-ago = { $count } days ago
relative-in-days = in { $count } days
relative-weeks-ago = { $count } weeks ago
relative-in-weeks = in { $count } weeks
relative-months-ago = { $count } months ago
relative-in-months = in { $count } months
relative-years-ago = { $count } years ago
relative-in-years = in { $count } years

## Lengths of time, as short as they are clear

duration-seconds = { $count } s
duration-minutes = { $count } min
duration-hours = { $count } h
duration-days = { $count } d
duration-two = { $larger } { $smaller }

## Numbers and sizes

percent = { $value }%
size-bytes = { $size } bytes
size-kilobytes = { $size } kB
size-megabytes = { $size } MB
size-gigabytes = { $size } GB

## The frame of every page

brand = Linea Amica
skip-to-content = Skip to content
language-label = Language:
