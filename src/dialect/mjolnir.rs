//! Mjolnir and Draupnir, moderation bots for Matrix rooms. People give them commands in a management room; the
//! file says where that is, how the bot signs in, and the little that it does by itself.

use super::reading::Reader;
use super::{Candidate, Dialect, Lowered, RemarkKind};
use crate::model::{
    Account, AccountKind, Action, Audience, AudienceKind, Auth, Automation, Event, Identity, Secret, Site,
    Stated, Switch, SwitchKind, Trigger, Verb,
};
use crate::syntax::{Kind, NodeRef, Schema};

/// The dialect.
pub(super) static DIALECT: Dialect = Dialect {
    name: "mjolnir",
    title: "Mjolnir and Draupnir, moderation bots for Matrix",
    reference: "https://github.com/matrix-org/mjolnir/blob/main/config/default.yaml, read as of version 1.11 (see docs/dialects/mjolnir.md)",
    recognised_by: "`managementRoom` beside two more of its own keys, such as `homeserverUrl`, `protectedRooms`, `noop`",
    expresses: &[],
    hints: &["managementRoom"],
    detect,
    lower,
};

/// Keys beside `managementRoom` by which the file is known.
const MARKS: &[&str] = &[
    "homeserverUrl",
    "rawHomeserverUrl",
    "accessToken",
    "pantalaimon",
    "autojoinOnlyIfManager",
    "protectedRooms",
    "protectAllJoinedRooms",
    "verboseLogging",
    "syncOnStartup",
    "verifyPermissionsOnStartup",
    "noop",
    "automaticallyRedactForReasons",
    "fasterMembershipChecks",
    "confirmWildcardBan",
];

/// Where the bot may sign in with a password.
const LOGINS: &[&str] = &["encryption", "pantalaimon"];

fn detect(candidate: &Candidate<'_>) -> bool {
    document(candidate).is_some_and(|root| {
        let marks = root.entries().filter(|entry| MARKS.contains(&entry.key.text()));
        root.get("managementRoom").is_some() && marks.count() > 1
    })
}

fn document<'t>(candidate: &Candidate<'t>) -> Option<NodeRef<'t>> {
    candidate.tree.documents().find(|document| document.kind() == Kind::Mapping)
}

fn lower(candidate: &Candidate<'_>, lowered: &mut Lowered) {
    let Some(root) = document(candidate) else { return };
    let Some(first) = root.entries().next() else { return };
    // The bot is written in TypeScript and reads YAML 1.2.
    let reader = Reader::new(*candidate, Schema::Yaml12);
    let site = reader.site(root.entry("managementRoom").unwrap_or(first).key);
    let account = lowered.account(account(reader, root, site));
    // The room of the shipped file, which nobody can be in.
    if let Some(room) = root.get("managementRoom").filter(|room| room.text().ends_with(":example.org")) {
        let text = "this looks like the tool's own example: the management room is a placeholder";
        lowered.remark(
            RemarkKind::Example,
            reader.site(room),
            text,
            "name the room where your moderators are",
        );
    }
    let mut automate = |name: &str, event: Event, verb: Verb, kind: AudienceKind, site: Site| {
        let mut trigger = Trigger::new(event, site);
        if let (Event::Sanctioned, Some(reasons)) = (event, root.get(name)) {
            trigger.filters = reader.texts(reasons);
        }
        lowered.automation(Automation {
            name: name.to_owned(),
            site,
            account,
            triggers: vec![trigger],
            actions: vec![Action::new(verb, site, Audience::new(kind, site))],
            ..Automation::default()
        });
    };
    let on = |key: &str| {
        root.get(key).filter(|node| reader.flag(*node).get() == Some(true)).map(|node| reader.site(node))
    };
    if let Some(site) = on("forwardMentionsToManagementRoom") {
        automate("forwardMentionsToManagementRoom", Event::Mention, Verb::Notify, AudienceKind::Team, site);
    }
    // A moderator bans somebody for one of these reasons; the messages go with the person.
    let reasons = root.entry("automaticallyRedactForReasons");
    if let Some(reasons) = reasons.filter(|reasons| reasons.value.items().next().is_some()) {
        let site = reader.site(reasons.key);
        automate(
            "automaticallyRedactForReasons",
            Event::Sanctioned,
            Verb::DeleteContent,
            AudienceKind::Initiator,
            site,
        );
    }
}

fn account(reader: Reader<'_>, root: NodeRef<'_>, site: Site) -> Account {
    let login = LOGINS.iter().find_map(|key| {
        root.get(key)
            .filter(|login| login.get("use").is_some_and(|used| reader.flag(used).get() == Some(true)))
    });
    let handle = login.and_then(|login| login.get("username")).map(|name| reader.stated_text(name));
    let passwords = LOGINS.iter().filter_map(|key| root.get(key)?.entry("password"));
    let secrets = root.entry("accessToken").into_iter().chain(passwords);
    let secrets = secrets.filter(|entry| entry.value.kind() == Kind::Scalar && !entry.value.templated());
    let noop = root.get("noop").map(|node| Switch { kind: SwitchKind::DryRun, on: reader.flag(node) });
    Account {
        name: handle
            .as_ref()
            .and_then(|handle| handle.known().cloned())
            .unwrap_or_else(|| "the moderation bot".to_owned()),
        site,
        identity: Identity {
            platform: Stated::Known("matrix".to_owned(), site),
            // A name without its server is no handle that another file could mean as well.
            instance: reader.candidate.path.parent().map(|folder| format!("mjolnir {}", folder.display())),
            ..Identity::default()
        },
        kind: Stated::Known(AccountKind::Bot, site),
        auth: Stated::Known(Auth::OfficialApi, site),
        secrets: secrets
            .filter_map(|entry| Secret::new(entry.key.text(), entry.value.text(), reader.site(entry.value)))
            .collect(),
        switches: noop.into_iter().collect(),
        expressible: DIALECT.expresses.to_vec(),
        ..Account::default()
    }
}
