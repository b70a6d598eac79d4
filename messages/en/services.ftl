# Services, and the ways to reach each of them.

services-title = Services
services-lead = Whom to turn to, from which telephone, what it costs and when we answer.
services-special = Special service
services-write = Write to { $name }
services-email = E-mail: <a href="mailto:{ $address }"><bdi>{ $address }</bdi></a>
services-desk = In person: <bdi>{ $place }</bdi>
service-from-anywhere = From any telephone
service-from-italy = From landlines and mobiles
service-from-landline = From a landline
service-from-mobile = From a mobile
service-from-mobile-abroad = From a mobile and from abroad
service-from-abroad = From abroad
service-cost-free = free of charge
service-cost-local = at the cost of a local call
service-cost-charged = at your plan’s rate
