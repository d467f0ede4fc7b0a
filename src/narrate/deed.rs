//! What an automation does, in a few words that stand without its trigger: `follows back whoever follows`.

use super::acts::act;
use super::message::names_somebody;
use super::people::Initiator;
use super::words::shortened;
use crate::model::{Action, AudienceKind, Event, Verb, View, Visibility};

/// The longest that a deed may be, so that it fits beside an arrow.
const LONGEST: usize = 60;

/// A short clause about the action that the view looks at, else about the first one that people notice: lower
/// case, without a subject and a final period.
#[must_use]
pub fn deed(view: &View<'_>) -> String {
    let Some(automation) = view.automation else { return String::new() };
    let all = || automation.actions.iter().chain(&automation.otherwise);
    let noticed = all().find(|action| action.verb.is_outward());
    let Some(action) = view.action.or(noticed).or_else(|| all().next()) else {
        return "does nothing".to_owned();
    };
    let trigger = automation.triggers.first();
    let event = trigger.map(|trigger| trigger.event);
    let initiator = Initiator::unknown(trigger);
    let short = match action.verb {
        Verb::Post if names_somebody(action) => format!("posts a message that names {}", initiator.person),
        Verb::Post => match (event, action.visible_to()) {
            (Some(Event::PostBy), _) => format!("copies {}", initiator.thing),
            (Some(Event::FeedItem), _) => "posts what a feed brings".to_owned(),
            (_, Visibility::Team) => "posts a message for the team".to_owned(),
            _ => "posts a message".to_owned(),
        },
        _ => act(&bare(action), event, &initiator),
    };
    shortened(&short, LONGEST)
}

/// The action without what is too long for a few words: its texts, its chances, its deadlines.
fn bare(action: &Action) -> Action {
    let mut bare = Action::new(action.verb, action.site, action.audience.clone());
    bare.manner = action.manner.clone();
    if bare.audience.kind == AudienceKind::Named {
        bare.audience.of.truncate(2);
    }
    bare
}
