//! A centre that answers the telephone: the program on a free SIP port, with a trunk from the loopback and a service with
//! a number, and the office of the same database beside it.

use crate::clock::SystemClock;
use crate::{Answers, Authority, Baresip, Caller, Server, eventually, free_port};
use centre::{By, Centre, Chance, Parts};
use db::{Db, Engine};
use model::availability::{Wish, Wished};
use model::user::Staff;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::net::SocketAddr;
use std::sync::Arc;

/// The number that callers dial.
pub const NUMBER: &str = "803001";
/// The password of every telephone.
pub const TELEPHONE_PASSWORD: &str = "una-parola-lunga";

/// A running centre with a telephone.
pub struct Exchange {
    pub server: Server,
    pub centre: Centre,
    /// Who vouches for its certificate, and for those whom it calls.
    pub authority: Authority,
    sip: u16,
    encrypted: u16,
}

/// A service that is always open, with this for its part `[telephone]` and more.
fn service(more: &str) -> String {
    format!(
        "id = \"linea-amica\"\nname = \"Linea Amica\"\nlanguages = [\"it\"]\n\n[calendar]\nzone = \"Europe/Rome\"\n\
         holidays = \"none\"\n[calendar.week]\nmon = [\"0-24\"]\ntue = [\"0-24\"]\nwed = [\"0-24\"]\nthu = [\"0-24\"]\n\
         fri = [\"0-24\"]\nsat = [\"0-24\"]\nsun = [\"0-24\"]\n\n[[entry_points]]\nkind = \"phone\"\nvalue = \"{NUMBER}\"\n\n\
         [[queues]]\nid = \"linea-amica\"\nname = \"Linea Amica\"\nlevel = \"front\"\n{more}"
    )
}

impl Exchange {
    /// Opens one; `more` follows the queue in the service's file.
    pub async fn open(engine: Engine, more: &str) -> Self {
        let mut server = Server::stopped(engine).await;
        let sip = free_port();
        server.set("LINEA_TELEPHONE__LISTEN", format!("127.0.0.1:{sip}"));
        server.set("LINEA_TELEPHONE__LEASE_S", "2");
        let (authority, encrypted) = (Authority::new(), free_port());
        server.set("LINEA_TELEPHONE__TLS_LISTEN", format!("127.0.0.1:{encrypted}"));
        for (name, file) in [
            ("LINEA_TELEPHONE__TLS_CERTIFICATE", authority.certificate()),
            ("LINEA_TELEPHONE__TLS_KEY", authority.key()),
            ("LINEA_TELEPHONE__TLS_AUTHORITIES", authority.file()),
        ] {
            server.set(name, file.display().to_string());
        }
        server.set("LINEA_TELEPHONE__RTP_PORTS", format!("[{}, {}]", 20_000, 27_998));
        server.apply("service", &service(more));
        server.apply("telephone", "[[trunks]]\nid = \"prova\"\nname = \"Prova\"\nfrom = [\"127.0.0.1\"]\n");
        server.run().await;
        let db = Db::open(&server.database(), false).await.unwrap();
        let parts = Parts {
            db,
            store: Arc::new(object_store::memory::InMemory::new()),
            clock: Arc::new(SystemClock),
            chance: Chance::new(StdRng::from_os_rng().random()),
            public_url: String::new(),
            node: "story".to_owned(),
            operator_figures: false,
        };
        let centre = Centre::open(parts).await.unwrap();
        Self { server, centre, authority, sip, encrypted }
    }

    /// Another process of the same centre, on the same SIP port as soon as it is its turn; where each has its own folder
    /// there is a server for the database.
    pub async fn another(&self) -> Server {
        let mut another = match self.centre.db().engine() {
            Engine::Sqlite => self.server.beside(),
            Engine::Postgres => self.server.second(),
        };
        another.run().await;
        another
    }

    #[must_use]
    pub fn address(&self) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], self.sip))
    }

    #[must_use]
    pub fn port(&self) -> u16 {
        self.sip
    }

    /// The port for SIP over TLS.
    #[must_use]
    pub fn encrypted_port(&self) -> u16 {
        self.encrypted
    }

    /// Its only trunk is this one from now on, written as TOML after its id and name.
    pub fn trunk(&self, written: &str) {
        self.server.apply("telephone", &format!("[[trunks]]\nid = \"prova\"\nname = \"Prova\"\n{written}\n"));
    }

    /// Somebody dials the number.
    #[must_use]
    pub fn dial(&self, from: &str, hertz: f32) -> Caller {
        Caller::dial(self.address(), NUMBER, from, hertz)
    }

    /// Takes on an operator with an account for a telephone.
    pub async fn hire(&self, login: &str) -> Arc<Staff> {
        self.hire_as(login, "front").await
    }

    /// The same in other roles.
    pub async fn hire_as(&self, login: &str, roles: &str) -> Arc<Staff> {
        self.server.hire(login, roles);
        let said = self.server.try_command(&["telephone", "account", login, "--password-stdin"], TELEPHONE_PASSWORD);
        said.unwrap();
        let all = centre::staff::all(&self.centre).await.unwrap();
        all.into_iter().find(|(staff, _)| staff.login == login).map(|(staff, _)| Arc::new(staff)).unwrap()
    }

    /// An operator's telephone, registered.
    pub async fn telephone(&self, login: &str, hertz: u32, answers: Answers) -> Baresip {
        self.telephone_with(login, TELEPHONE_PASSWORD, hertz, answers).await
    }

    /// The same by a password of its own.
    pub async fn telephone_with(&self, login: &str, password: &str, hertz: u32, answers: Answers) -> Baresip {
        Baresip::start(self.sip, login, password, hertz, answers).await
    }

    /// An operator says that they take calls, and is ready for one.
    pub async fn ready(&self, staff: &Arc<Staff>) {
        self.wish(staff, Wish::Ready).await;
        eventually("the operator is ready", async || {
            let stands = centre::availability::of(&self.centre, staff.id).await.unwrap();
            (stands.standing == model::availability::Standing::Ready).then_some(())
        })
        .await;
    }

    pub async fn wish(&self, staff: &Arc<Staff>, wish: Wish) {
        let wished = Wished { wish, reason: (wish == Wish::Pause).then_some(model::availability::PauseReason::Break) };
        let done = self.centre.work(By::Staff(staff.clone()), move |w| Box::pin(centre::availability::wish(w, wished)));
        done.await.unwrap();
    }

    /// The contacts of today, oldest first.
    pub async fn contacts(&self) -> Vec<db::contact::Stored> {
        db::contact::latest(self.centre.db().read(), 100).await.unwrap()
    }
}
