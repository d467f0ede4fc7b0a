//! What became of each setting of a file, for the model.

use std::collections::{HashMap, HashSet};

use crate::dialect::coverage;
use crate::model::{Coverage, Use};
use crate::reader::walk::{DEEPEST, Walk};
use crate::syntax::{Entry, NodeRef};

impl<'t> Walk<'t> {
    /// What was made of each setting. Whoever runs out of what may be looked at has not understood the rest.
    pub(crate) fn coverage(&self) -> Coverage {
        let mut uses: HashMap<u32, Use> = HashMap::with_capacity(self.uses.len());
        for (key, what) in &self.uses {
            let known = uses.entry(written_at(*key)).or_insert(*what);
            *known = (*known).max(*what);
        }
        let aside = self.read_aside();
        let unread = |depth| (self.budget == 0 || depth > DEEPEST).then_some(Use::Unknown);
        coverage(&self.reader.candidate, |entry, depth| match uses.get(&written_at(entry.key)) {
            Some(Use::Unknown) | None if self.is_aside(&entry, &aside) => Some(Use::Used),
            None => unread(depth),
            known => known.copied(),
        })
    }

    /// Where entries stand that are understood although no clause holds them: platforms, and who signs in and how.
    fn read_aside(&self) -> HashSet<u32> {
        let accounts = self.scopes.iter().map(|scope| &scope.account);
        let sites = accounts.flat_map(|account| {
            let stated = [account.auth.site(), account.identity.handle.site()];
            let secrets = account.secrets.iter().map(|secret| secret.site);
            stated.into_iter().flatten().chain(secrets)
        });
        let sites = sites.map(|site| site.defined.unwrap_or(site.used.span).start);
        sites.chain(self.introduces.iter().map(|key| written_at(*key))).collect()
    }

    /// Texts that another entry names are said there.
    fn is_aside(&self, entry: &Entry<'t>, aside: &HashSet<u32>) -> bool {
        if aside.contains(&written_at(entry.key)) || aside.contains(&written_at(entry.value)) {
            return true;
        }
        let name = entry.key.text().to_lowercase();
        self.named.contains(&name) && self.catalogue.contains_key(&name)
    }
}

/// Where a node is written, wherever aliases use it.
fn written_at(node: NodeRef<'_>) -> u32 {
    node.defined().unwrap_or(node.span()).start
}
