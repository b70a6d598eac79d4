# The portal, for citizens.

## Head

portal-owner = A service of the Italian public administration
portal-tagline = the public administration’s answer
portal-skip-links = Skip links
portal-skip-to-search = Skip to search
portal-nav = Main
portal-nav-answers = Answers
portal-nav-topics = Topics
portal-nav-news = News
portal-nav-special-services = Special services
portal-nav-your-case = Your case
portal-menu = Menu
portal-search = Search
portal-sign-in = Sign in with SPID or CIE
portal-crumbs = Breadcrumb
portal-home = Home

## The strip that asks about accessibility

portal-feedback-label = Accessibility of this page
portal-feedback-question = Is anything on this page hard to read or to use?
portal-feedback-link = Tell us: we answer within 5 working days

## Foot

portal-foot-about = The public administration’s contact centre. Free, for everyone, in other languages too.
portal-foot-contacts = Contact us
portal-foot-landline = From a landline: <a href="tel:{ $dial }"><bdi>{ $number }</bdi></a>
portal-foot-mobile = From a mobile: <a href="tel:{ $dial }"><bdi>{ $number }</bdi></a>
portal-foot-sms = SMS: <a href="sms:{ $dial }"><bdi>{ $number }</bdi></a>
portal-foot-write = Write to Linea Amica
portal-foot-hours = Hours
portal-foot-all-hours = All opening hours and holidays
portal-foot-site = This site
portal-foot-accessibility = Accessibility statement
portal-foot-privacy = How we treat your data
portal-foot-results = Our results
portal-foot-open-source = Open source
portal-foot-sample = The contents and people of this site are invented, as an example.
