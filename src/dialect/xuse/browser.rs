//! What the browser is told to hide, and from which addresses it comes.

use crate::dialect::gramaddict::settings::Settings;
use crate::dialect::{Lowered, RemarkKind};
use crate::model::{Account, Site, Stated, Switch, SwitchKind};
use crate::syntax::{Kind, NodeRef};

/// Settings that only Chrome obeys; the tool's own default is Firefox.
const CHROME_ONLY: &[(&str, SwitchKind)] =
    &[("use_undetected_chromedriver", SwitchKind::UndetectedDriver), ("enable_stealth", SwitchKind::Stealth)];

/// The switches of `browser_settings`.
pub(super) fn switches(settings: &Settings<'_>, account: &mut Account, lowered: &mut Lowered) {
    let is_chrome = settings.value("type").is_some_and(|kind| kind.text().eq_ignore_ascii_case("chrome"));
    for (key, kind) in CHROME_ONLY {
        let Some(site) = settings.site(key) else { continue };
        let is_on = settings.is_on(key);
        if is_on && !is_chrome {
            let text = format!("`{key}` has no effect: the browser is not Chrome");
            lowered.remark(RemarkKind::Inert, site, text, "");
            continue;
        }
        account.switches.push(switch(*kind, is_on, site));
    }
    if let (Some(value), Some(site)) =
        (settings.value("user_agent_generation"), settings.site("user_agent_generation"))
    {
        account.switches.push(switch(SwitchKind::SpoofedAgent, value.text() == "random", site));
    }
    proxy(settings, account);
    pools(settings, account);
}

/// One address is how a network is reached; a pool is there to change it.
pub(super) fn proxy(settings: &Settings<'_>, account: &mut Account) {
    if let (Some(value), Some(site)) = (settings.value("proxy"), settings.site("proxy"))
        && value.text().trim_start().starts_with("pool:")
    {
        account.switches.push(switch(SwitchKind::RotateIdentity, true, site));
    }
}

/// Pools of several addresses, among which the accounts are spread or rotated.
fn pools(settings: &Settings<'_>, account: &mut Account) {
    let pools = settings.value("proxy_pools").into_iter().flat_map(NodeRef::entries);
    let pool = pools
        .into_iter()
        .find(|pool| pool.value.kind() == Kind::Sequence && pool.value.items().nth(1).is_some());
    if let Some(pool) = pool {
        account.switches.push(switch(SwitchKind::RotateIdentity, true, settings.reader.site(pool.key)));
    }
}

const fn switch(kind: SwitchKind, is_on: bool, site: Site) -> Switch {
    Switch { kind, on: Stated::Known(is_on, site) }
}
