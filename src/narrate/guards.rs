//! Under which conditions: `only if a person approves first`, `ignoring itself and other bots`.

use super::words::{days, listed, quotes};
use crate::model::{Guard, GuardKind, Stated};

/// The conditions as clauses, in the order of the vocabulary; nothing where there are none.
#[must_use]
pub fn guards<'g>(guards: impl Iterator<Item = &'g Guard> + Clone) -> Vec<String> {
    let mut clauses = Vec::new();
    let ignored: Vec<String> = IGNORED
        .iter()
        .filter(|(kind, _)| guards.clone().any(|guard| guard.kind == *kind))
        .map(|(_, what)| (*what).to_owned())
        .collect();
    if !ignored.is_empty() {
        clauses.push(format!("ignoring {}", listed(&ignored, "and")));
    }
    let mut others: Vec<&Guard> =
        guards.filter(|guard| IGNORED.iter().all(|(kind, _)| guard.kind != *kind)).collect();
    others.sort_by_key(|guard| guard.kind);
    let said: Vec<String> = others.into_iter().filter_map(clause).collect();
    for clause in said {
        if !clauses.contains(&clause) {
            clauses.push(clause);
        }
    }
    joined(clauses)
}

/// Exceptions as one clause: `unless …, or …`.
fn joined(clauses: Vec<String>) -> Vec<String> {
    let (exceptions, mut others): (Vec<_>, Vec<_>) =
        clauses.into_iter().partition(|clause| clause.starts_with("unless "));
    if !exceptions.is_empty() {
        let exceptions: Vec<&str> =
            exceptions.iter().map(|clause| clause.trim_start_matches("unless ")).collect();
        others.push(format!("unless {}", exceptions.join(", or ")));
    }
    others
}

/// `once for each person`, `once a day for each thread`, `once in 7 days for each person`.
fn once(each: &str, window: &Stated<f64>) -> String {
    match window {
        Stated::Known(time, _) if (*time - 1.0).abs() < 1e-9 => format!("once a day {each}"),
        Stated::Known(time, _) => format!("once in {} {each}", days(*time)),
        Stated::Unknown(_) => format!("once {each} within a time that is filled in later"),
        Stated::Absent => format!("once {each}"),
    }
}

/// Guards that leave somebody or something out, and what.
const IGNORED: &[(GuardKind, &str)] = &[
    (GuardKind::ExcludeSelf, "itself"),
    (GuardKind::ExcludeBots, "other bots"),
    (GuardKind::ExcludeMirrored, "marked copies"),
    (GuardKind::OriginalsOnly, "reposts"),
];

fn clause(guard: &Guard) -> Option<String> {
    let values = |with: &str, without: &str| {
        if guard.values.is_empty() {
            without.to_owned()
        } else {
            format!("{with} {}", quotes(&guard.values, "or"))
        }
    };
    let window = |before: &str, without: &str| match guard.window {
        Stated::Known(time, _) => format!("{before} {}", days(time)),
        Stated::Unknown(_) => format!("{before} a time that is filled in later"),
        Stated::Absent => without.to_owned(),
    };
    Some(match guard.kind {
        GuardKind::Approval => "only if a person approves first".to_owned(),
        GuardKind::SelfApproval => window("approving it by itself after", "approving it by itself"),
        GuardKind::OncePerUser => once("for each person", &guard.window),
        GuardKind::OncePerThread => once("for each thread", &guard.window),
        GuardKind::Dedupe => "never twice for the same thing".to_owned(),
        GuardKind::DedupeExact => "leaving out exact copies".to_owned(),
        GuardKind::SuppressionList if !guard.said.is_empty() => guard.said.clone(),
        GuardKind::SuppressionList => "leaving out people who said stop".to_owned(),
        GuardKind::FirstTime => "only for people who come for the first time".to_owned(),
        GuardKind::ExaminesPerson => "after a look at the person".to_owned(),
        // The trigger has told which numbers.
        GuardKind::ProfileNumbers if !guard.said.is_empty() => return None,
        GuardKind::ProfileNumbers => "depending on numbers in their profile".to_owned(),
        GuardKind::FollowsUs => "only for people who follow you".to_owned(),
        GuardKind::HasReposted => "only for people who reposted you".to_owned(),
        GuardKind::HasStarred => "only for people who starred it".to_owned(),
        GuardKind::NotStarred => "only for people who have not starred it".to_owned(),
        GuardKind::HasTagged => "only for people who tagged others".to_owned(),
        GuardKind::MutualsOnly => "only for people who follow you and whom you follow".to_owned(),
        GuardKind::OptedIn => "only for people who agreed to it".to_owned(),
        GuardKind::Keyword => values("only if they say", "only if they say a certain word"),
        GuardKind::OnlyLabels => values("only if it is labelled", "only with certain labels"),
        GuardKind::Unlabelled => "only if it has no label".to_owned(),
        GuardKind::ByAuthor if !guard.said.is_empty() => format!("only if {}", guard.said),
        GuardKind::ByAuthor => "only if its author did it".to_owned(),
        GuardKind::ExemptLabels => values("unless it is labelled", "unless it has certain labels"),
        GuardKind::ExemptAssigned => "unless somebody is assigned to it".to_owned(),
        GuardKind::ExemptMilestones => "unless it is in a milestone".to_owned(),
        GuardKind::ExemptDrafts => "unless it is a draft".to_owned(),
        GuardKind::QuietHours => values("with quiet hours:", "with quiet hours"),
        GuardKind::StopOnReply => "until they answer".to_owned(),
        GuardKind::StopOnOptOut => "until they say stop".to_owned(),
        GuardKind::WordFilter => "after a check for bad words".to_owned(),
        GuardKind::SkipNobot => "leaving out people whose profile asks for no bots".to_owned(),
        GuardKind::ElsewhereConduct => {
            values("judging people by what they do elsewhere:", "judging people by what they do elsewhere")
        }
        GuardKind::Relevance if !guard.said.is_empty() => format!("only if {}", guard.said),
        GuardKind::Relevance => {
            values("only where it fits:", "only where a condition holds that a run decides")
        }
        GuardKind::EscapesMentions => "without calling the people who are named".to_owned(),
        GuardKind::Window => window("for at most", "for a limited time"),
        GuardKind::AgeLimit => window("leaving out what is older than", "leaving out what is old"),
        GuardKind::Probability => "only sometimes".to_owned(),
        GuardKind::AutomaticMark => "marked as automatic".to_owned(),
        // What a platform does by itself is no news to anybody who never saw the file.
        GuardKind::PlatformIgnoresSelf
        | GuardKind::ExcludeSelf
        | GuardKind::ExcludeBots
        | GuardKind::ExcludeMirrored
        | GuardKind::OriginalsOnly => return None,
    })
}
