//! What an account is and shows of itself.

use super::FieldKind::{Cue, Flag, Number, Text as Words};
use super::{Datum, Field, field, spellings};
use crate::model::{AccountKind, Auth, Stated};

pub(super) const FIELDS: &[Field] = &[
    field!("account", Words, Account, "the account's name; a place to point at", |view, out| {
        out.push(Datum::Text(&view.account.name), view.account.site);
    }),
    field!("account.kind", spellings!(AccountKind), Account, "bot, person or organisation", |view, out| {
        out.stated(&view.account.kind, |kind| Datum::Word(kind.name()));
    }),
    field!("account.auth", spellings!(Auth), Account, "how it signs in", |view, out| {
        out.stated(&view.account.auth, |auth| Datum::Word(auth.name()));
    }),
    field!("account.platform", Words, Account, "the platform, in lower case", |view, out| {
        out.stated(&view.account.identity.platform, |text| Datum::Text(text));
    }),
    field!("account.handle", Words, Account, "its handle", |view, out| {
        out.stated(&view.account.identity.handle, |text| Datum::Text(text));
    }),
    field!("account.bot-flag", Flag, Account, "the platform's mark for automated accounts", |view, out| {
        out.stated(&view.account.profile.bot_flag, |flag| Datum::Flag(*flag));
    }),
    field!("account.bio", Words, Account, "the profile's description", |view, out| {
        out.stated(&view.account.profile.bio, |text| Datum::Text(text));
    }),
    field!("account.bio-cues", Cue, Account, "cue families that the description shows", |view, out| {
        out.stated(&view.account.profile.bio, |text| Datum::Text(text));
    }),
    field!("account.avatar", Words, Account, "the profile's picture; empty means none", |view, out| {
        out.stated(&view.account.profile.avatar, |text| Datum::Text(text));
    }),
    field!("account.url", Words, Account, "the profile's link", |view, out| {
        out.stated(&view.account.profile.url, |text| Datum::Text(text));
    }),
    field!("account.operator", Words, Account, "who runs it", |view, out| {
        out.stated(&view.account.profile.operator, |text| Datum::Text(text));
    }),
    field!("account.contact", Words, Account, "where to write to", |view, out| {
        out.stated(&view.account.profile.contact, |text| Datum::Text(text));
    }),
    field!("account.posts", Number, Account, "how many posts it has", |view, out| {
        out.stated(&view.account.profile.posts, |number| Datum::Number(*number));
    }),
    field!("account.ratio", Number, Account, "followers divided by following", |view, out| {
        let profile = &view.account.profile;
        if let (Stated::Known(followers, site), Some(following)) =
            (&profile.followers, profile.following.get())
            && following > 0.0
        {
            out.push(Datum::Number(followers / following), *site);
        }
    }),
    field!("account.following", Number, Account, "how many accounts it follows", |view, out| {
        out.stated(&view.account.profile.following, |number| Datum::Number(*number));
    }),
];
