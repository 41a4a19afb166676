//! `cargo xtask screenshots`: the demo pages with the widget open, as PNG.
//!
//! The pages are opened in Chromium by `screenshots.mjs`, which says what each picture shows.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::toolchain::browsers;
use crate::{browse, project};

/// A dozen pages, each a few times.
const LIMIT: Duration = Duration::from_secs(300);

/// The page that stands for all in the README.
const README_PAGE: &str = "www/demo/politics.html";
/// Most bytes of its picture: whoever looks at the README loads it, whoever clones the project keeps it.
const README_BYTES: u64 = 200_000;

/// Writes pictures of every demo page into a folder.
pub fn all(out: &Path) -> Result<()> {
    take("pages", out, &project::files("www/demo", ".html")?)?;
    println!("the pictures are in {}", out.display());
    Ok(())
}

/// Writes the picture of the README, `docs/widget.png`.
pub fn readme() -> Result<()> {
    let picture = project::root().join("docs/widget.png");
    take("readme", &picture, &[README_PAGE.to_owned()])?;
    let n_bytes = picture.metadata()?.len();
    if n_bytes > README_BYTES {
        bail!(
            "docs/widget.png has {n_bytes} bytes, {} too many",
            n_bytes - README_BYTES
        );
    }
    println!("docs/widget.png has {n_bytes} bytes");
    Ok(())
}

fn take(what: &str, out: &Path, pages: &[String]) -> Result<()> {
    browsers::ensure_fonts();
    let out = std::path::absolute(out)?;
    let folder = if what == "readme" {
        out.parent()
    } else {
        Some(out.as_path())
    };
    fs::create_dir_all(folder.context("a picture needs a folder")?)?;
    let told = [what.as_ref(), out.as_os_str()];
    let pages = pages.iter().map(AsRef::as_ref);
    browse::run(
        "xtask/screenshots.mjs",
        LIMIT,
        told.into_iter().chain(pages),
    )
}
