//! Arguments, as clap reads them.

use crate::clearance;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::NonZeroU8;
use std::path::PathBuf;

/// Behind-the-scenes microsites from a folder of stories, people and stills.
#[derive(Debug, Parser)]
#[command(name = "backlot", version, about, disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a new site that builds at once and explains itself
    New {
        /// Folder to make
        folder: PathBuf,
    },
    /// Build the site
    Build(Common),
    /// Add a story, a person or a gallery
    Add(Add),
    /// Show the site in your browser, and every change as soon as you save it
    Serve(Serve),
    /// Build the site, and build it again after every change
    Watch(Watch),
    /// Say everything that building would say, and what a careful editor would; write nothing
    Check(Common),
    /// Say what is held back and what to do about it, and what became public by which rule
    Clearance(Clearance),
    /// List the coming times at which a build would change something
    Schedule(Schedule),
    /// Lists of stills for those who may refuse them: out, and back in
    #[command(subcommand)]
    Approvals(Approvals),
    /// Say what it touches when somebody withdraws their consent, and do it
    Withdraw(Withdraw),
    /// See which themes there are, and change a part of one
    #[command(subcommand)]
    Theme(Theme),
    /// Show what would be made of photographs, and why
    Develop(Develop),
    /// Empty the cache: what was made before and can be made again
    Clean {
        /// The site folder
        #[arg(default_value = ".")]
        site: PathBuf,
        /// Only what the site as it is now does not use, such as pictures that are held by now
        #[arg(long)]
        held: bool,
    },
    /// Print completions for your shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum Theme {
    /// List the themes that come with Backlot, and those in the site's `themes/`
    List {
        /// The site folder
        #[arg(long, value_name = "SITE", default_value = ".")]
        site: PathBuf,
    },
    /// List all that can be replaced in a theme: blocks of pages, components, tokens
    Show {
        /// The theme
        name: String,
    },
    /// Put a part of a theme into the site, where it wins over the theme
    Eject {
        /// The theme
        name: String,
        /// A component (`story_card`), block (`home.html:film`), page (`home.html`) or token (`surface`) [default: all]
        #[arg(allow_hyphen_values = true)]
        file: Option<String>,
        /// The site folder
        #[arg(long, value_name = "SITE", default_value = ".")]
        site: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(super) struct Common {
    /// The site folder
    #[arg(default_value = ".")]
    pub(super) site: PathBuf,
    /// Where the site goes [default: SITE/public, or what the audience is called]
    #[arg(long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Show drafts too
    #[arg(long)]
    pub(super) drafts: bool,
    /// Build as if it were this date or time, such as 2026-12-01T00:01
    #[arg(long, value_name = "INSTANT")]
    pub(super) as_of: Option<String>,
    /// For whom
    #[arg(long, value_enum, default_value = "public")]
    pub(super) audience: Audience,
    /// Where the site will be, instead of site.toml's base_url
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// How many stills to develop at the same time [default: number of cores]
    #[arg(long, value_name = "N")]
    pub(super) jobs: Option<NonZeroU8>,
    /// Warnings stop the build
    #[arg(long)]
    pub(super) strict: bool,
    /// How to print messages
    #[arg(long, value_enum, default_value = "human")]
    pub(super) format: Format,
    /// Print only warnings and errors
    #[arg(long)]
    pub(super) quiet: bool,
}

/// Which site, and how it is seen.
#[derive(Debug, Args)]
pub(super) struct View {
    /// The site folder
    #[arg(default_value = ".")]
    pub(super) site: PathBuf,
    /// Where the site goes [default: SITE/public, or what the audience is called]
    #[arg(long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Show drafts too
    #[arg(long)]
    pub(super) drafts: bool,
    /// As if it were this date or time, such as 2026-12-01T00:01
    #[arg(long, value_name = "INSTANT")]
    pub(super) as_of: Option<String>,
    /// For whom
    #[arg(long, value_enum, default_value = "public")]
    pub(super) audience: Audience,
}

#[derive(Debug, Args)]
pub(super) struct Clearance {
    #[command(flatten)]
    pub(super) view: View,
    /// In which order to list what is held
    #[arg(long, value_enum, default_value = "still")]
    pub(super) by: By,
    /// Print all that was ever recorded of what was published
    #[arg(long)]
    pub(super) trail: bool,
    /// How to print it
    #[arg(long, value_enum, default_value = "human")]
    pub(super) format: Table,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum By {
    /// By the people on whom it depends
    Person,
    /// Item by item
    Still,
    /// By the time at which it ends
    Date,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Table {
    /// For people
    Human,
    /// A table for spreadsheets
    Csv,
    /// One JSON object a line, for programs
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Schedule {
    #[command(flatten)]
    pub(super) view: View,
    /// How to print it
    #[arg(long, value_enum, default_value = "human")]
    pub(super) format: Calendar,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Calendar {
    /// For people
    Human,
    /// One JSON object a line, for programs
    Json,
    /// Lines for a crontab, in UTC
    Cron,
}

#[derive(Debug, Subcommand)]
pub(super) enum Approvals {
    /// Print the table of all stills that somebody has a say about
    Export {
        #[command(flatten)]
        view: View,
        /// Only what this person has a say about
        #[arg(long, value_name = "PERSON")]
        person: Option<String>,
        /// Record that they get it today: their time to decide begins
        #[arg(long)]
        submit: bool,
        /// Write it into this file instead of printing it
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Read a table that came back
    Import {
        /// The table: still,person,decision,date,by,note
        file: PathBuf,
        #[command(flatten)]
        view: View,
    },
}

#[derive(Debug, Args)]
pub(super) struct Withdraw {
    /// Who, as their file in crew/ is called, or by name
    pub(super) person: String,
    #[command(flatten)]
    pub(super) view: View,
    /// Where the website is, instead of what site.toml says
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// Change the profile, and keep the report in records/
    #[arg(long)]
    pub(super) apply: bool,
    /// How to print it
    #[arg(long, value_enum, default_value = "human")]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct Develop {
    /// Photographs
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// The site whose theme and settings are used [default: the one that the photograph is in]
    #[arg(long, value_name = "SITE")]
    pub(super) site: Option<PathBuf>,
    /// Put the pictures there, to look at
    #[arg(long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// How to print it
    #[arg(long, value_enum, default_value = "human")]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// What to add
    #[arg(value_enum)]
    pub(super) kind: Kind,
    /// Its title, or the person's name; the file is named after it
    pub(super) title: String,
    /// The site folder
    #[arg(long, value_name = "SITE", default_value = ".")]
    pub(super) site: PathBuf,
    /// For a gallery: the folder with its stills, which are copied into the site
    #[arg(long, value_name = "DIR")]
    pub(super) stills: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    /// A text in stories/
    Story,
    /// A profile in crew/
    Person,
    /// A folder in media/
    Gallery,
}

#[derive(Debug, Args)]
pub(super) struct Watch {
    #[command(flatten)]
    pub(super) common: Common,
    /// Look for changes every second instead of being told, as for some network drives
    #[arg(long)]
    pub(super) poll: bool,
}

#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    pub(super) watch: Watch,
    /// Be seen by others, at this name or address of your computer [default: only you]
    #[arg(long, value_name = "ADDRESS")]
    pub(super) host: Option<String>,
    /// Where in your browser [default: 4747, or the next free one]
    #[arg(long, value_name = "NUMBER")]
    pub(super) port: Option<u16>,
    /// Show what is held as well, each with a label that says why: only to you, and never in a build
    #[arg(long, conflicts_with_all = ["audience", "output", "host"])]
    pub(super) show_held: bool,
    /// Open it in your browser
    #[arg(long)]
    pub(super) open: bool,
    /// What opens files from the preview: code, zed, subl … [default: $VISUAL or $EDITOR]
    #[arg(long, value_name = "NAME")]
    pub(super) editor: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Audience {
    /// Everybody
    Public,
    /// Journalists: what is cleared for the press, and asks search engines to keep out
    Press,
    /// Those who decide about stills: contact sheets
    Approvals,
}

impl From<Audience> for clearance::Audience {
    fn from(audience: Audience) -> Self {
        match audience {
            Audience::Public => clearance::Audience::Public,
            Audience::Press => clearance::Audience::Press,
            Audience::Approvals => clearance::Audience::Approvals,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Human,
    /// One JSON object a line, for programs
    Json,
}
