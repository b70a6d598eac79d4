//! Removing what is over, a bounded number of rows at a time: nobody waits long for a transaction that sweeps.

use crate::{Result, Tx};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{EntityTrait, QueryFilter, QuerySelect, QueryTrait};

/// Removes at most `limit` rows for which `over` holds; `keys` are the columns of the primary key. Returns how many.
pub(crate) async fn some<E: EntityTrait>(tx: &Tx, keys: &[E::Column], over: Expr, limit: u64) -> Result<u64> {
    let rows = keys.iter().fold(E::find().select_only(), |query, key| query.column(*key)).filter(over).limit(limit);
    let key = Expr::tuple(keys.iter().map(|key| Expr::col(*key)));
    Ok(E::delete_many().filter(key.in_subquery(rows.into_query())).exec(tx).await?.rows_affected)
}
