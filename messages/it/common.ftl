# What portal and desk both say.

language-endonym = Italiano

## Hours and days

clock-time = { $hour }:{ $minute }
day-and-time = { $day }, { $time }
day-today = oggi
day-yesterday = ieri
day-tomorrow = domani

relative-now = adesso
relative-minutes-ago = { $count } min fa
relative-in-minutes = fra { $count } min
relative-hours-ago =
    { $count ->
        [one] un’ora fa
       *[other] { $count } h fa
    }
relative-in-hours =
    { $count ->
        [one] fra un’ora
       *[other] fra { $count } h
    }
relative-days-ago = { $count } giorni fa
relative-in-days = fra { $count } giorni
relative-weeks-ago = { $count } settimane fa
relative-in-weeks = fra { $count } settimane
relative-months-ago = { $count } mesi fa
relative-in-months = fra { $count } mesi
relative-years-ago = { $count } anni fa
relative-in-years = fra { $count } anni

## Lengths of time, as short as they are clear

duration-seconds = { $count } s
duration-minutes = { $count } min
duration-hours = { $count } h
duration-days = { $count } g
duration-two = { $larger } { $smaller }

## Numbers and sizes

percent = { $value }%
size-bytes = { $size } byte
size-kilobytes = { $size } kB
size-megabytes = { $size } MB
size-gigabytes = { $size } GB

## The frame of every page

brand = Linea Amica
skip-to-content = Vai al contenuto
language-label = Lingua:
