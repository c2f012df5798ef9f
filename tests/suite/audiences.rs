//! For whom a site is built: each audience gets what it may see, in a folder of its own.

mod approvals;
mod held;
mod press;

use crate::support::{SiteTest, assert_same, tree};
use backlot::build::Options;
use backlot::clearance::Audience;

pub(crate) const ALL: [Audience; 3] = [Audience::Public, Audience::Press, Audience::Approvals];

/// Builds for an audience as the command line would.
fn build(site: &SiteTest, audience: Audience) -> crate::support::Outcome {
    site.build_with(|options| {
        *options = Options { as_of: options.as_of.clone(), ..Options::for_audience(&site.root(), audience) };
    })
}

#[test]
fn each_audience_has_an_output_of_its_own() {
    let site = SiteTest::good();
    for audience in ALL {
        build(&site, audience).is_good();
    }
    let public = site.tree();
    for audience in ALL {
        assert!(site.path(audience.name()).join("index.html").is_file(), "{audience:?}");
        // What lies in the folders of the others changes nothing.
        build(&site, audience).is_good();
    }
    assert_same(&site.tree(), &public, "the public site, after the others");
    assert_same(&site.clean(), &public, "the public site, with the others beside it");
}

#[test]
fn no_audience_is_built_into_the_folder_of_another() {
    for first in ALL {
        let site = SiteTest::good();
        build(&site, first).is_good();
        let before = tree(&site.path(first.name()));
        for second in ALL.into_iter().filter(|second| *second != first) {
            for folder in [first.name().to_owned(), format!("{}/deep/down", first.name())] {
                let outcome = site.build_with(|options| {
                    options.audience = second;
                    options.output = site.path(&folder);
                });
                let errors = outcome.error_lines();
                assert!(errors.len() == 1 && errors[0].starts_with("output-not-ours:"), "{folder}: {errors:?}");
                assert_same(&tree(&site.path(first.name())), &before, "nothing was to be written");
            }
        }
    }
}

#[test]
fn a_finished_site_among_the_sources_is_not_published() {
    let site = SiteTest::good();
    site.build().is_good();
    let public = site.tree();
    let inside = ["static/for-journalists", "media/day-1/for-journalists"];
    for folder in inside {
        let outcome = site.build_with(|options| {
            options.audience = Audience::Press;
            options.output = site.path(folder);
        });
        outcome.is_good();
    }
    let outcome = site.build();
    let warnings: Vec<String> = outcome.is_good().messages().iter().map(|m| m.message.clone()).collect();
    for folder in inside {
        assert!(warnings.contains(&format!("`{folder}` holds a finished site, so it is left out")), "{warnings:?}");
    }
    assert_same(&site.tree(), &public, "the public site with a press site in its folders");
}
