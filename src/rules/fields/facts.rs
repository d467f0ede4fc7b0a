//! What the configuration claims about an account and no automation shows.

use super::FieldKind::{Number, Text as Words};
use super::{Datum, Field, Reading, field, spellings};
use crate::model::{Account, FactKind, Stated};

pub(super) const FIELDS: &[Field] = &[
    field!("account.fact", spellings!(FactKind), Account, "the facts that are stated", |view, out| {
        for fact in &view.account.facts {
            if let Some(site) = fact.value.site() {
                out.push(Datum::Word(fact.kind.name()), site);
            }
        }
    }),
    field!("account.mode", Words, Account, "the declared mode: feed, alerts, mutuals", |view, out| {
        fact(view.account, FactKind::Mode, out);
    }),
    field!("account.environment", Words, Account, "test or production", |view, out| {
        fact(view.account, FactKind::Environment, out);
    }),
    field!("account.content", Words, Account, "who writes the content", |view, out| {
        fact(view.account, FactKind::Content, out);
    }),
    field!("account.opt-out", Words, Account, "how people can stop it, in words", |view, out| {
        fact(view.account, FactKind::OptOut, out);
    }),
    field!("account.topic", Words, Account, "what it is about, and what the bot is for", |view, out| {
        fact(view.account, FactKind::Topic, out);
        fact(view.account, FactKind::Purpose, out);
    }),
    field!("account.opt-out-delay", Number, Account, "days until an opt-out takes effect", |view, out| {
        number_fact(view.account, FactKind::OptOutDelay, out);
    }),
    field!(
        "account.opt-out-expires",
        Number,
        Account,
        "days after which an opt-out is forgotten",
        |view, out| {
            number_fact(view.account, FactKind::OptOutExpires, out);
        }
    ),
    field!("account.opt-out-scope", Words, Account, "what an opt-out covers", |view, out| {
        fact(view.account, FactKind::OptOutScope, out);
    }),
    field!("account.opt-out-steps", Number, Account, "steps to leave", |view, out| {
        number_fact(view.account, FactKind::OptOutSteps, out);
    }),
    field!("account.opt-in-steps", Number, Account, "steps to join", |view, out| {
        number_fact(view.account, FactKind::OptInSteps, out);
    }),
    field!("account.opt-out-excess", Number, Account, "steps to leave beyond those to join", |view, out| {
        let (mut leave, mut join) = (Reading::default(), Reading::default());
        number_fact(view.account, FactKind::OptOutSteps, &mut leave);
        number_fact(view.account, FactKind::OptInSteps, &mut join);
        if let (Some((Datum::Number(leave), site)), Some((Datum::Number(join), _))) =
            (leave.values.first(), join.values.first())
        {
            out.push(Datum::Number(leave - join), *site);
        }
    }),
    field!("account.replies-within", Number, Account, "days until people get an answer", |view, out| {
        number_fact(view.account, FactKind::RepliesWithin, out);
    }),
];

fn fact<'m>(account: &'m Account, kind: FactKind, out: &mut Reading<'m>) {
    for fact in account.facts.iter().filter(|fact| fact.kind == kind) {
        out.stated(&fact.value, |text| Datum::Text(text));
    }
}

fn number_fact<'m>(account: &'m Account, kind: FactKind, out: &mut Reading<'m>) {
    for fact in account.facts.iter().filter(|fact| fact.kind == kind) {
        if let Stated::Known(text, site) = &fact.value
            && let Ok(number) = text.parse()
        {
            out.push(Datum::Number(number), *site);
        }
    }
}
