//! What a session may do to the people it visits: which settings make it act, and which limits its jobs
//! share. GramAddict and Insomniac differ in the names of their settings only.

use super::settings::Settings;
use crate::dialect::Lowered;
use crate::dialect::RemarkKind;
use crate::model::{Action, Audience, Automation, Bound, LimitKind, Site, Stated, Verb};

/// One thing that jobs do, and the settings about it.
pub(in crate::dialect) struct Deed {
    /// What is done.
    pub(in crate::dialect) verb: Verb,
    /// Settings that make jobs do it: one must be on, none may be off.
    pub(in crate::dialect) by: &'static [&'static str],
    /// Settings that prevent it when they are off.
    pub(in crate::dialect) unless_off: &'static [&'static str],
    /// How often it is done to one person.
    pub(in crate::dialect) count: Option<&'static str>,
    /// The most in one session, over all jobs.
    pub(in crate::dialect) total: &'static str,
    /// The tool's own limit for a session where the file states none.
    pub(in crate::dialect) usual: Option<f64>,
    /// The most in one day.
    pub(in crate::dialect) daily: &'static [&'static str],
    /// Further limits on it.
    pub(in crate::dialect) limits: &'static [(&'static str, LimitKind)],
    /// Further settings that do nothing without it.
    pub(in crate::dialect) others: &'static [&'static str],
    /// In words, after "no job that is on".
    pub(in crate::dialect) words: &'static str,
}

impl Deed {
    /// Where the setting stands that makes jobs do it, if they do.
    fn acts(&self, settings: &Settings<'_>) -> Option<Site> {
        if self.is_prevented(settings) || self.by.iter().any(|key| settings.is_off(key)) {
            return None;
        }
        self.by.iter().find(|key| settings.is_on(key)).and_then(|key| settings.site(key))
    }

    /// Whether a switch or a total of zero keeps every job from it.
    pub(in crate::dialect) fn is_prevented(&self, settings: &Settings<'_>) -> bool {
        self.unless_off.iter().chain([&self.total]).any(|key| settings.is_off(key))
    }

    /// The act on an audience, if jobs do it.
    pub(in crate::dialect) fn action(&self, settings: &Settings<'_>, audience: &Audience) -> Option<Action> {
        let mut action = Action::new(self.verb, self.acts(settings)?, audience.clone());
        let mut chances = self.by.iter().chain(self.unless_off).filter(|key| key.ends_with("percentage"));
        if let Some((percent, site)) = chances.find_map(|key| settings.number(key)) {
            action.probability = Stated::Known((percent / 100.0).min(1.0), site);
        }
        for (key, kind) in self.limits {
            if let Some((number, site)) = settings.number(key) {
                action.limits.set(*kind, Stated::Known(Bound::AtMost(number), site));
            }
        }
        Some(action)
    }

    /// Gives the actions of all jobs the limits that they share: the total of a session and of a day. A job
    /// with a limit of its own keeps it as long as all of them together stay below the total.
    /// `people` is how many people a session visits at most.
    pub(in crate::dialect) fn share_limits(
        &self,
        settings: &Settings<'_>,
        people: Option<(f64, Site)>,
        automations: &mut [Automation],
    ) {
        let actions = automations.iter_mut().flat_map(|automation| &mut automation.actions);
        let mut actions: Vec<&mut Action> = actions.filter(|action| action.verb == self.verb).collect();
        let Some(first) = actions.first() else { return };
        let total = self.total(settings, people, first.site);
        let alone: Option<f64> = actions
            .iter()
            .map(|action| action.limits.number(LimitKind::PerRun).map(|(number, _)| number))
            .sum();
        let daily = self.daily.iter().find_map(|key| settings.number(key));
        for action in &mut actions {
            if alone.is_none_or(|alone| total.get().is_some_and(|total| alone > total)) {
                action.limits.set(LimitKind::PerRun, total.clone().map(Bound::AtMost));
            }
            if let Some((number, site)) = daily {
                action.limits.set(LimitKind::PerDay, Stated::Known(Bound::AtMost(number), site));
            }
        }
    }

    /// The most in one session: what is stated, or follows from the number of people; else the tool's own limit.
    fn total(&self, settings: &Settings<'_>, people: Option<(f64, Site)>, acts: Site) -> Stated<f64> {
        if let Some(node) = settings.value(self.total).filter(|node| node.templated()) {
            return Stated::Unknown(settings.reader.site(node));
        }
        let count = self.count.and_then(|key| settings.number(key)).map_or(1.0, |(count, _)| count);
        let by_people = people.map(|(people, site)| (people * count, site));
        let stated = settings.number(self.total).into_iter().chain(by_people);
        let least = stated.min_by(|(a, _), (b, _)| a.total_cmp(b));
        match least.or_else(|| Some((self.usual?, acts))) {
            Some((number, site)) => Stated::Known(number, site),
            None => Stated::Absent,
        }
    }

    /// Remarks on every setting about it that is on while no job does it.
    pub(in crate::dialect) fn remark_inert(&self, settings: &Settings<'_>, lowered: &mut Lowered) {
        let mut automations = lowered.model.automations.iter();
        if automations.any(|automation| automation.actions.iter().any(|action| action.verb == self.verb)) {
            return;
        }
        let limits = self.limits.iter().map(|(key, _)| key);
        let keys = self
            .by
            .iter()
            .chain(self.count.iter())
            .chain([&self.total])
            .chain(self.daily)
            .chain(limits)
            .chain(self.others);
        let mut sites: Vec<(Site, &str)> = keys
            .filter(|key| settings.is_on(key))
            .filter_map(|key| Some((settings.name_site(key)?, *key)))
            .collect();
        sites.sort_unstable();
        sites.dedup();
        for (site, key) in sites {
            let text = format!("`{key}` has no effect: no job that is on {}", self.words);
            lowered.remark(RemarkKind::Inert, site, text, "");
        }
    }
}
