# Services, and the ways to reach each of them.

services-title = I servizi
services-lead = A chi rivolgersi, da quale telefono, quanto costa e quando rispondiamo.
services-special = Servizio speciale
services-write = Scrivi a { $name }
services-email = E-mail: <a href="mailto:{ $address }"><bdi>{ $address }</bdi></a>
services-desk = Di persona: <bdi>{ $place }</bdi>
service-from-anywhere = Da qualsiasi telefono
service-from-italy = Da telefono fisso e cellulare
service-from-landline = Da telefono fisso
service-from-mobile = Da cellulare
service-from-mobile-abroad = Da cellulare e dall’estero
service-from-abroad = Dall’estero
service-cost-free = gratuito
service-cost-local = al costo di una chiamata urbana
service-cost-charged = costo del suo piano
