//! `backlot withdraw`: what it touches when somebody withdraws their consent.

use super::arguments::{Format, Withdraw};
use super::summary::count;
use crate::build::Options;
use crate::desk::{self, Mention, Withdrawal};
use crate::diagnostic::{Diagnostics, nearest};
use crate::trail::Entry;
use crate::{build, disk};
use jiff::Timestamp;
use serde_json::json;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Prints the report; with `--apply`, changes the profile and keeps the report.
pub(super) fn run(arguments: &Withdraw) -> u8 {
    let mut options = super::seen(&arguments.view);
    options.base_url.clone_from(&arguments.base_url);
    let mut messages = Diagnostics::new();
    let Some(read) = build::read(&options, &mut messages) else {
        super::complain(&messages);
        return super::SITE_HAS_ERRORS;
    };
    let Some(person) = desk::person(&read.production, &arguments.person) else {
        super::complain(&messages);
        let near = nearest(&arguments.person, desk::names(&read.production));
        let near = near.map(|near| format!(" Did you mean `{near}`?")).unwrap_or_default();
        super::tell(&format!("Nobody in crew/ is called `{}`.{near}", arguments.person));
        return super::WRONG_USE;
    };
    let mut messages = Diagnostics::new();
    let withdrawal = desk::withdraw(&options, &person.slug, &mut messages);
    let good = super::complain(&messages);
    let Some(withdrawal) = withdrawal else { return super::SITE_HAS_ERRORS };
    let now = read.clock.show(read.occasion.as_of);
    let text = human(&withdrawal, &now);
    match arguments.format {
        Format::Human => super::print(&text),
        Format::Json => super::print(&object(&withdrawal).to_string()),
    }
    if arguments.apply {
        return apply(&options, &withdrawal, &text);
    }
    if !withdrawal.is_done() {
        super::tell(&format!(
            "\nNothing has been changed. `backlot withdraw {} --apply` changes the profile and keeps this report.",
            withdrawal.person.slug
        ));
    }
    if good { super::DONE } else { super::SITE_HAS_ERRORS }
}

fn apply(options: &Options, withdrawal: &Withdrawal, text: &str) -> u8 {
    let file = &withdrawal.person.origin.file;
    // The report comes first: after the next build nobody can tell any more what was there.
    let report = match keep(options, withdrawal, text) {
        Ok(report) => report,
        Err(error) => {
            super::tell(&format!("The report cannot be written, so nothing was changed: {error}"));
            return super::SITE_HAS_ERRORS;
        }
    };
    super::tell(&format!("\nThis report is kept in `{}`.", report.display()));
    if withdrawal.is_done() {
        super::tell(&format!("`{}` says so already.", file.path));
        return super::DONE;
    }
    let Some(changed) = desk::withdrawn(file) else {
        super::tell(&format!(
            "`{}` could not be changed. Write `status = \"withdrawn\"` under `[consent]` in it yourself.",
            file.path
        ));
        return super::SITE_HAS_ERRORS;
    };
    if let Err(error) = disk::write_atomically(&options.site.join(&file.path), changed.as_bytes()) {
        super::tell(&format!("`{}` cannot be written: {error}", file.path));
        return super::SITE_HAS_ERRORS;
    }
    super::tell(&format!("`{}` says `status = \"withdrawn\"` now. {}", file.path, next(withdrawal)));
    super::DONE
}

fn next(withdrawal: &Withdrawal) -> &'static str {
    if withdrawal.mentions.iter().any(|mention| mention.stops) {
        "Take the name out of the lines marked with ! first; then build, upload, and purge."
    } else {
        "Build now, upload, and purge the addresses above."
    }
}

/// Where the report is kept. It names a name, so it must not lie in the output.
fn keep(options: &Options, withdrawal: &Withdrawal, text: &str) -> std::io::Result<PathBuf> {
    let (records, output) = (disk::canonical(&options.records), disk::canonical(&options.output));
    if records.starts_with(&output) || output.starts_with(&records) {
        return Err(std::io::Error::other("the folder `records` and the website lie in each other"));
    }
    let stamp = Timestamp::now().strftime("%Y-%m-%d-%H%M%S");
    let file = options.records.join(format!("withdrawal-{}-{stamp}.txt", withdrawal.person.slug));
    disk::write_atomically(&file, format!("{text}\n").as_bytes())?;
    Ok(file)
}

fn human(withdrawal: &Withdrawal, now: &str) -> String {
    let Withdrawal { person, stills, clips, stories, mentions, gone, changed, purge, issued } = withdrawal;
    let mut text =
        format!("If {} withdraws consent, as of {now}, {} is held.\n", person.name.value, person.origin.file.path);
    let mut list = |heading: &str, items: Vec<String>| {
        if !items.is_empty() {
            let _ = writeln!(text, "\n{heading}");
            items.iter().for_each(|item| text += &format!("  {item}\n"));
        }
    };
    list("Stills of them, which are held:", stills.clone());
    list("Clips of them, which are held:", clips.clone());
    list("Stories that show or name them:", stories.clone());
    let line = |m: &Mention| format!("{} {}:{}: {}", if m.stops { "!" } else { " " }, m.file, m.line, m.text);
    list(
        "Lines that name them. Those marked with ! stop the next build until the name is out, prose without a mark as \
         soon as it is public:",
        mentions.iter().map(line).collect(),
    );
    let files = format!("{} gone, {} changed", count(gone.len(), "file", "files"), changed.len());
    let root = if purge.iter().any(|address| address.starts_with('/')) {
        " They are below the root of the site: with a `base_url` in site.toml they are whole."
    } else {
        ""
    };
    list(
        &format!("Addresses to purge from caches and search engines once the new site is uploaded ({files}).{root}"),
        purge.clone(),
    );
    let told = |entry: &Entry| {
        let built = entry.built.strftime("%Y-%m-%d %H:%M UTC");
        format!("{built}, for the audience `{}` in `{}`: {} {}", entry.audience, entry.output, entry.kind, entry.item)
    };
    list("Made for others, who have to be told:", issued.iter().map(told).collect());
    if issued.is_empty() {
        text += "\nNothing that holds them was made for the press or anybody else, as far as is recorded.\n";
    }
    text.trim_end().to_owned()
}

fn object(withdrawal: &Withdrawal) -> serde_json::Value {
    let mentions: Vec<_> = (withdrawal.mentions.iter())
        .map(|m| json!({ "file": m.file, "line": m.line, "text": m.text, "stops": m.stops }))
        .collect();
    let issued: Vec<_> = (withdrawal.issued.iter())
        .map(|entry| {
            json!({
                "built": entry.built.to_string(), "audience": entry.audience, "output": entry.output,
                "what": entry.kind, "item": entry.item,
            })
        })
        .collect();
    json!({
        "person": withdrawal.person.slug,
        "name": withdrawal.person.name.value,
        "stills": withdrawal.stills,
        "clips": withdrawal.clips,
        "stories": withdrawal.stories,
        "mentions": mentions,
        "gone": withdrawal.gone,
        "changed": withdrawal.changed,
        "purge": withdrawal.purge,
        "issued": issued,
    })
}
