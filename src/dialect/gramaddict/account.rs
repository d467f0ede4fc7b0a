//! The account that a phone acts as: name, sign-in, switches, memory and working hours. GramAddict and
//! Insomniac differ in the names of their settings only.

use super::pacing::{self, Window};
use super::settings::Settings;
use crate::dialect::{Lowered, RemarkKind};
use crate::model::{
    Account, Auth, Guard, GuardKind, Identity, Property, Site, Stated, Switch, SwitchKind, Verb,
};
use crate::syntax::NodeRef;

/// What both tools can express. They have no setting for who reads what comes in, and nothing else in
/// the phone does it for them: that is as good as a no, see [`close_inbox`].
pub(in crate::dialect) static EXPRESSES: &[Property] =
    &[Property::Limits, Property::QuietHours, Property::Memory, Property::Inbound];

/// Names that stand in the tools' own examples where one's own belongs.
static PLACEHOLDERS: &[&str] =
    &["myusername", "my_username", "your_username", "yourusername", "username", "your-username"];

/// How a tool calls its settings about the account.
pub(in crate::dialect) struct Naming {
    /// Hours after which the same person may be visited again.
    pub(in crate::dialect) again_after: &'static str,
    /// Working hours.
    pub(in crate::dialect) hours: &'static str,
    /// Switches that change how the whole bot behaves.
    pub(in crate::dialect) switches: &'static [(&'static str, SwitchKind)],
}

impl Naming {
    /// The account of a file; `instance` is what its files have in common.
    pub(in crate::dialect) fn account(
        &self,
        settings: &Settings<'_>,
        document: NodeRef<'_>,
        instance: Option<String>,
        lowered: &mut Lowered,
    ) -> Account {
        let site = settings.site("username").unwrap_or_else(|| settings.reader.site(document));
        let handle = handle(settings, site, lowered);
        let switches = self.switches.iter().filter_map(|(key, kind)| {
            Some(Switch { kind: *kind, on: Stated::Known(settings.is_on(key), settings.site(key)?) })
        });
        // Either the file holds the password, or the phone is signed in already: a person's account both ways.
        let password = settings.site("password").filter(|_| settings.is_on("password"));
        let auth = password.map_or((Auth::Browser, site), |site| (Auth::Password, site));
        let mut account = Account {
            name: handle.known().cloned().unwrap_or_else(|| "the account".to_owned()),
            site,
            identity: Identity {
                platform: Stated::Known("instagram".to_owned(), site),
                handle,
                secret: None,
                instance,
            },
            auth: Stated::Known(auth.0, auth.1),
            switches: switches.collect(),
            expressible: EXPRESSES.to_vec(),
            ..Account::default()
        };
        self.memory(settings, &mut account);
        self.quiet_hours(settings, &mut account);
        account
    }

    /// The tools visit nobody twice, unless told after how many hours they may.
    fn memory(&self, settings: &Settings<'_>, account: &mut Account) {
        match settings.number(self.again_after) {
            Some((hours, site)) => {
                let window = Stated::Known(hours / 24.0, site);
                let mut guard = Guard::new(GuardKind::OncePerUser, site);
                guard.window = window;
                account.guards.push(guard);
            }
            None => account.enforced_by_tool.push(GuardKind::OncePerUser),
        }
    }

    fn quiet_hours(&self, settings: &Settings<'_>, account: &mut Account) {
        let windows = self.windows(settings).unwrap_or_default();
        if let Some(site) = settings.site(self.hours)
            && !windows.is_empty()
            && windows.iter().all(|window| window.spares_the_night())
        {
            account.guards.push(Guard::new(GuardKind::QuietHours, site));
        }
    }

    /// The working hours; none means the whole day, `None` that they cannot be read.
    pub(in crate::dialect) fn windows(&self, settings: &Settings<'_>) -> Option<Vec<Window>> {
        if !settings.is_on(self.hours) {
            return Some(Vec::new());
        }
        pacing::windows(settings.texts(self.hours).iter().map(|text| text.text.as_str()))
    }
}

fn handle(settings: &Settings<'_>, site: Site, lowered: &mut Lowered) -> Stated<String> {
    match settings.value("username").filter(|_| settings.is_on("username")) {
        Some(node) if PLACEHOLDERS.contains(&node.text()) => {
            let text = "this looks like the tool's own example: the user name is a placeholder";
            lowered.remark(RemarkKind::Example, site, text, "put your own user name here");
            Stated::Unknown(site)
        }
        Some(node) => settings.reader.stated_text(node),
        None => Stated::Absent,
    }
}

/// That nobody reads what comes in is worth saying once the bot writes to people; liking or following them
/// opens no conversation.
pub(in crate::dialect) fn close_inbox(lowered: &mut Lowered, account: usize) {
    let own = lowered.model.automations.iter().filter(|automation| automation.account == account);
    let writes = own.flat_map(|automation| &automation.actions).any(|action| action.verb == Verb::Dm);
    if let Some(account) = lowered.model.accounts.get_mut(account).filter(|_| !writes) {
        account.expressible.retain(|property| *property != Property::Inbound);
    }
}
