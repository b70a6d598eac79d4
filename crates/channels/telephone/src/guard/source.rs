//! Which trunk a request comes from. A request of no trunk and no registered telephone is nobody's, and is refused.

use ipnet::IpNet;
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::str::FromStr;
use subtle::ConstantTimeEq as _;

/// What a request came over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transport {
    Udp,
    Tcp,
    Tls,
    /// WebSocket with or without TLS (RFC 7118): browsers, never a trunk.
    WebSocket,
}

/// Addresses that a carrier sends from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    pub net: IpNet,
    /// Nothing for any port: carriers that use TCP or TLS send from any.
    pub ports: Option<RangeInclusive<u16>>,
    /// Empty for any but WebSocket.
    pub transports: Vec<Transport>,
}

/// An address or a network cannot be read, or is too wide.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadNet {
    #[error("{0} is no address and no network such as 192.0.2.0/24 or 2001:db8::/48")]
    Unreadable(String),
    /// Whoever writes `0.0.0.0/0` opens the centre's lines to anyone.
    #[error("{0} has too many addresses for a trunk: at least /8 is needed, /19 with IPv6")]
    TooWide(String),
}

impl Addresses {
    /// Reads an address or a network in the notation of RFC 4632 section 3.1 or RFC 4291 section 2.3, for any port.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(net: &str) -> Result<Self, BadNet> {
        let text = net.trim();
        let parsed = IpNet::from_str(text).or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from));
        let parsed = parsed.map_err(|_| BadNet::Unreadable(text.to_owned()))?.trunc();
        let least = if parsed.addr().is_ipv4() { 8 } else { 19 };
        if parsed.prefix_len() < least {
            return Err(BadNet::TooWide(text.to_owned()));
        }
        Ok(Self { net: parsed, ports: None, transports: Vec::new() })
    }

    fn hold(&self, asked: &Asked) -> bool {
        let source = asked.source.ip().to_canonical();
        let transport = if self.transports.is_empty() {
            asked.transport != Transport::WebSocket
        } else {
            self.transports.contains(&asked.transport)
        };
        transport
            && self.net.contains(&source)
            && self.ports.as_ref().is_none_or(|ports| ports.contains(&asked.source.port()))
    }
}

/// How a trunk is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// By the addresses that it sends from.
    ByAddress(Vec<Addresses>),
    /// By our registration with it: the user part of the contact that was registered, which is a word by chance of at least
    /// 16 letters and new each time, so that nobody else knows what to call (RFC 3261 section 10.2). With addresses given,
    /// the request must come from one of them as well; over UDP and TCP a contact can be overheard.
    ByRegistration { contact: String, from: Vec<Addresses> },
}

/// A trunk as far as it is needed to know its requests again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trunk<Id> {
    pub id: Id,
    pub known: Known,
}

/// A request that belongs to no dialog yet.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Where it came from, not what its Via says.
    pub source: SocketAddr,
    pub transport: Transport,
    /// The user part of the request address.
    pub user: &'a str,
}

/// Whose request it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin<Id> {
    Trunk(Id),
    /// Two or more trunks of one carrier share the addresses; the number called tells which of them it is.
    OneOf(Vec<Id>),
    Unknown,
}

/// Finds the trunk of a request: one by registration first, since a contact names exactly one, then the one with the
/// narrowest network.
pub fn origin<Id: Clone>(trunks: &[Trunk<Id>], asked: &Asked) -> Origin<Id> {
    let mut narrowest = 0;
    let mut found = Vec::new();
    for trunk in trunks {
        match &trunk.known {
            Known::ByRegistration { contact, from } => {
                let named = contact.len() >= 16 && bool::from(contact.as_bytes().ct_eq(asked.user.as_bytes()));
                let there = asked.transport != Transport::WebSocket
                    && (from.is_empty() || from.iter().any(|addresses| addresses.hold(asked)));
                if named && there {
                    return Origin::Trunk(trunk.id.clone());
                }
            }
            Known::ByAddress(addresses) => {
                let width = addresses.iter().filter(|a| a.hold(asked)).map(|a| a.net.prefix_len()).max();
                let Some(width) = width else { continue };
                if width > narrowest {
                    narrowest = width;
                    found.clear();
                }
                if width == narrowest {
                    found.push(trunk.id.clone());
                }
            }
        }
    }
    match found.as_slice() {
        [] => Origin::Unknown,
        [one] => Origin::Trunk(one.clone()),
        _ => Origin::OneOf(found),
    }
}

/// The networks of all trunks, which [`super::ban::Ban`] never shuts out.
pub fn networks<Id>(trunks: &[Trunk<Id>]) -> Vec<IpNet> {
    trunks
        .iter()
        .flat_map(|trunk| match &trunk.known {
            Known::ByAddress(addresses) | Known::ByRegistration { from: addresses, .. } => addresses,
        })
        .map(|addresses| addresses.net)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn trunk(id: u8, nets: &[&str]) -> Trunk<u8> {
        Trunk { id, known: Known::ByAddress(nets.iter().map(|n| Addresses::read(n).unwrap()).collect()) }
    }

    fn asked(source: &str, transport: Transport) -> Asked<'static> {
        Asked { source: source.parse().unwrap(), transport, user: "803001" }
    }

    #[test]
    fn the_narrowest_network_has_it() {
        let trunks = [
            trunk(1, &["192.0.2.0/24", "2001:db8:1::/48"]),
            trunk(2, &["192.0.2.7"]),
            trunk(3, &["2001:db8:1:2::/64"]),
        ];
        for (source, origin) in [
            ("192.0.2.8:5060", Origin::Trunk(1)),
            ("192.0.2.7:40000", Origin::Trunk(2)),
            ("192.0.3.7:5060", Origin::Unknown),
            ("[::ffff:192.0.2.8]:5060", Origin::Trunk(1)),
            ("[2001:db8:1:2::9]:5061", Origin::Trunk(3)),
            ("[2001:db8:1:3::9]:5061", Origin::Trunk(1)),
            ("[2001:db8:2::9]:5061", Origin::Unknown),
        ] {
            assert_eq!(super::origin(&trunks, &asked(source, Transport::Udp)), origin, "{source}");
        }
        assert_eq!(super::origin(&trunks, &asked("192.0.2.8:1", Transport::WebSocket)), Origin::Unknown);
        assert_eq!(networks(&trunks).len(), 4);
        assert_eq!(super::origin::<u8>(&[], &asked("192.0.2.8:1", Transport::Udp)), Origin::Unknown);
    }

    #[test]
    fn ports_and_transports_narrow_it_and_two_of_one_carrier_are_told_by_number() {
        let mut one = trunk(1, &["192.0.2.0/24"]);
        let Known::ByAddress(addresses) = &mut one.known else { unreachable!() };
        addresses[0].ports = Some(5060..=5061);
        addresses[0].transports = vec![Transport::Tls];
        let trunks = [one, trunk(2, &["198.51.100.1"]), trunk(3, &["198.51.100.1"])];
        assert_eq!(super::origin(&trunks, &asked("192.0.2.1:5061", Transport::Tls)), Origin::Trunk(1));
        assert_eq!(super::origin(&trunks, &asked("192.0.2.1:5062", Transport::Tls)), Origin::Unknown);
        assert_eq!(super::origin(&trunks, &asked("192.0.2.1:5061", Transport::Udp)), Origin::Unknown);
        assert_eq!(super::origin(&trunks, &asked("198.51.100.1:9", Transport::Udp)), Origin::OneOf(vec![2, 3]));
    }

    #[test]
    fn a_registration_is_known_by_its_contact() {
        let by = |contact: &str, from: &[&str]| Trunk {
            id: 9,
            known: Known::ByRegistration {
                contact: contact.into(),
                from: from.iter().map(|n| Addresses::read(n).unwrap()).collect(),
            },
        };
        let with = |user| Asked { user, ..asked("203.0.113.5:5060", Transport::Udp) };
        let contact = "t9kq2v7xw4h8s3zd";
        assert_eq!(origin(&[by(contact, &[])], &with(contact)), Origin::Trunk(9));
        assert_eq!(origin(&[by(contact, &[])], &with("803001")), Origin::Unknown);
        assert_eq!(origin(&[by(contact, &["203.0.113.0/24"])], &with(contact)), Origin::Trunk(9));
        assert_eq!(origin(&[by(contact, &["198.51.100.0/24"])], &with(contact)), Origin::Unknown);
        // A word that can be guessed names nobody.
        assert_eq!(origin(&[by("803001", &[])], &with("803001")), Origin::Unknown);
        assert_eq!(origin(&[by("", &[])], &with("")), Origin::Unknown);
    }

    #[test]
    fn a_network_is_written_right_and_not_too_wide() {
        assert_eq!(Addresses::read(" 192.0.2.9/24 ").unwrap().net.to_string(), "192.0.2.0/24");
        for bad in ["", "192.0.2", "192.0.2.0/33", "carrier.example", "192.0.2.0/24/1", "::/129"] {
            assert!(matches!(Addresses::read(bad), Err(BadNet::Unreadable(_))), "{bad}");
        }
        for wide in ["0.0.0.0/0", "::/0", "10.0.0.0/7", "2001::/16"] {
            assert!(matches!(Addresses::read(wide), Err(BadNet::TooWide(_))), "{wide}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_network_or_is_not(text in "\\PC{0,30}|[0-9a-f:./]{0,30}") {
            let _ = Addresses::read(&text);
        }
    }
}
