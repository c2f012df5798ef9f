//! What is held is nowhere: not in a byte of the output, and not as a gap either. The measure is
//! hard: the output with something held equals the output of a site that never had it.

mod decisions;
mod leak;
mod names;
mod people;
mod places;
mod restrictions;
mod stories;

use crate::support::{SiteTest, Tree, assert_same, files_that_say};

/// A secret, told three times: public, held, and never written.
struct Secret {
    /// Adds it to the good site, public.
    tell: fn(&SiteTest),
    /// The least that holds it.
    hold: fn(&SiteTest),
    /// Takes it out by hand instead, with everything that shows it.
    forget: fn(&SiteTest),
    /// Words that stand nowhere but in it.
    words: &'static [&'static str],
}

impl Secret {
    fn is_kept(&self, name: &str) {
        let site = SiteTest::good();
        (self.tell)(&site);
        site.build().is_good();
        let public = site.tree();
        for word in self.words {
            assert!(!files_that_say(&public, &[word]).is_empty(), "{name}: {word:?} is not public to begin with");
        }
        (self.hold)(&site);
        let outcome = site.build();
        outcome.is_good();
        assert!(!outcome.report.held.is_empty(), "{name}: nothing is held");
        let held = site.tree();
        assert_silent(&held, self.words, name);
        assert!(held.len() < public.len(), "{name}: no file is gone");
        assert_same(&held, &site.clean(), &format!("{name}: built again, and built anew"));
        let never = SiteTest::good();
        (self.tell)(&never);
        (self.forget)(&never);
        assert_same(&held, &never.clean(), &format!("{name}: held, and never written"));
    }
}

fn assert_silent(tree: &Tree, words: &[&str], name: &str) {
    let said = files_that_say(tree, words);
    assert!(said.is_empty(), "{name}:\n{}", said.join("\n"));
}
