//! Queues that are closed by hand, as the centre keeps them.

use centre::By;
use centre::closing::{self, Reason, Wanted};
use model::case::Level;
use stories::on_both;

on_both! {
    async fn of_all_who_close_a_queue_at_once_one_closing_stands(office) {
        let elena = office.hire("elena", "supervisor").await;
        let queue = office.centre.catalogue().queues(Level::Front).next().unwrap().1.id.to_string();
        let close = |note: u8| {
            let texts = [("it".to_owned(), "Oggi siamo chiusi.".to_owned())].into();
            let (queue, note) = (queue.clone(), note.to_string());
            let wanted = Wanted { queue, reason: Some(Reason::Alert), note, texts, ..Wanted::default() };
            closing::close(&office.centre, By::Staff(elena.clone()), wanted)
        };
        for closed in futures::future::join_all((0..12).map(close)).await {
            closed.unwrap();
        }
        let standing = db::closing::standing(office.centre.db().read()).await.unwrap();
        assert_eq!(standing.len(), 1);
    }
}
