//! Safety switches: a rehearsal or an approval holds for the whole bot or for one job, and a job that overrides
//! what the whole bot promises leaves a switch that does nothing.

use super::job::Job;
use super::walk::Scope;
use crate::model::{DeadSwitch, Guard, GuardKind, Site, Stated, Switch, SwitchFlaw, SwitchKind};

/// Gives each job the switches that hold for it, and tells the account which ones are dead.
pub(super) fn settle(scope: &mut Scope, jobs: &mut [Job]) {
    rehearsals(scope, jobs);
    approvals(scope, jobs);
}

fn rehearsals(scope: &mut Scope, jobs: &mut [Job]) {
    let is_on = |switch: &&mut Switch| switch.kind == SwitchKind::DryRun && switch.on.get() == Some(true);
    let Some(ignored) = overridden(jobs, |job| &job.rehearsal) else { return };
    let Some(switch) = scope.account.switches.iter_mut().find(is_on) else { return };
    let Some(declared) = switch.on.site() else { return };
    switch.on = Stated::Known(false, ignored);
    for job in jobs.iter_mut().filter(|job| job.rehearsal.is_absent()) {
        job.rehearsal = Stated::Known(true, declared);
    }
    let name = scope.rehearsal.clone().unwrap_or_else(|| SwitchKind::DryRun.name().to_owned());
    scope.account.dead_switches.push(dead(name, declared, ignored));
}

fn approvals(scope: &mut Scope, jobs: &mut [Job]) {
    let Some(ignored) = overridden(jobs, |job| &job.approval) else { return };
    let guards = &mut scope.account.guards;
    let Some(number) = guards.iter().position(|guard| guard.kind == GuardKind::Approval) else {
        let on = Stated::Known(true, ignored);
        scope.account.switches.push(Switch { kind: SwitchKind::SkipApproval, on });
        return;
    };
    let guard: Guard = guards.remove(number);
    for job in jobs.iter_mut().filter(|job| job.approval.is_absent()) {
        job.guards.push(guard.clone());
    }
    let name = scope.approval.clone().unwrap_or_else(|| GuardKind::Approval.name().to_owned());
    scope.account.dead_switches.push(dead(name, guard.site, ignored));
}

/// Where the first live job states that it goes without.
fn overridden(jobs: &[Job], switch: impl Fn(&Job) -> &Stated<bool>) -> Option<Site> {
    let live = jobs.iter().filter(|job| job.is_live());
    live.filter_map(|job| match switch(job) {
        Stated::Known(false, site) => Some(*site),
        _ => None,
    })
    .next()
}

fn dead(name: String, declared: Site, ignored: Site) -> DeadSwitch {
    DeadSwitch { name, declared, ignored, flaw: SwitchFlaw::HardCoded }
}
