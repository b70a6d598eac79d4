# The portal, for citizens.

## Head

portal-owner = A service of the Italian public administration
portal-tagline = the public administration’s answer
portal-skip-links = Skip links
portal-skip-to-search = Skip to search
portal-nav = Main
portal-nav-write = Write
portal-nav-services = Services
portal-nav-hours = Hours
portal-nav-your-case = Your case
portal-menu = Menu
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
portal-foot-sample = The contents and people of this site are invented, as an example.

## Home

home-title = A question for the public administration?
home-heading = A question for the public administration? We find who can answer it.
home-lead = An operator answers you. If another office is needed, we take your case there and come back to you with the solution.
home-ask = Your question
home-ask-placeholder = Write your question here
home-ask-button = Continue
home-ways = How to reach us
home-call = Call
home-write = Write
home-write-lead = We answer by e-mail, by telephone or here.
home-answer-by = Answer by { $when }.
home-sms = By SMS too: <a href="sms:{ $dial }"><bdi>{ $number }</bdi></a>.
home-email = By e-mail: <a href="mailto:{ $address }"><bdi>{ $address }</bdi></a>.
home-write-button = Write your question
home-follow = Follow your case
home-follow-number = Case number, like <span class="nowrap">{ $number }</span>
home-follow-button = Follow
home-special-more = All about <bdi>{ $name }</bdi>
home-topics = Write about a topic

## When something is amiss

trouble-too-many = What you wrote is still below: try again from { $when }.
trouble-storage-title = We could not save it
trouble-storage = The fault is ours and nothing of what you sent was kept. What you wrote is still below: try again in a few minutes.
trouble-reading = The fault is ours: your case is safe. Try again in a few minutes.
