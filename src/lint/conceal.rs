//! The last step before anything is written: no secret is left in what a run gives back.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{FileStatus, Report};
use crate::mask::{self, Mask};
use crate::model::Model;
use crate::source::{FileId, Place, Sources, Span};

/// Masks every secret in the texts of the files, in the findings and in the model. Files that are no bot's are
/// never shown and stay as they are.
pub(super) fn conceal(report: &mut Report, model: &mut Model, sources: &mut Sources) {
    let foreign = report.files.iter().filter(|outcome| outcome.status == FileStatus::Unrecognised);
    let foreign: BTreeSet<FileId> = foreign.map(|outcome| outcome.file).collect();
    let mut places: BTreeMap<FileId, Vec<Span>> = BTreeMap::new();
    let mut mask = Mask::default();
    let broken = report.files.iter().filter(|outcome| outcome.status == FileStatus::Failed);
    let broken: BTreeSet<FileId> = broken.map(|outcome| outcome.file).collect();
    for (id, file) in sources.iter().filter(|(id, _)| !foreign.contains(id)) {
        places.insert(id, mask.learn(file.path(), file.text(), broken.contains(&id)));
    }
    for site in model.secret_sites() {
        let defined = site.defined.map(|span| Place { span, ..site.used });
        for place in std::iter::once(site.used).chain(defined) {
            mask.learn_value(sources.place_text(place));
            places.entry(place.file).or_default().push(place.span);
        }
    }
    let mask = mask.learned();
    for (id, mut places) in places {
        let Some(file) = sources.get(id) else { continue };
        places.extend(mask.known(file.text()));
        if !places.is_empty() {
            let text = mask::masked(file.text(), places);
            sources.put_masked(id, text);
        }
    }
    report.findings.iter_mut().for_each(|finding| finding.each_text(&mut |text| mask.cover_all(text)));
    model.each_text(&mut |text| mask.cover_all(text));
}
