//! `cargo xtask screenshots`: the demo pages with the widget open, and the widget in all its states, as PNG.
//!
//! The pages are opened in Chromium by `screenshots.mjs`; `states.mjs` says what each state is, and which of them are in the
//! documentation.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::toolchain::browsers;
use crate::{browse, project};

/// A dozen pages or states, each a few times: a minute or two, more on a machine that is at work.
const LIMIT: Duration = Duration::from_secs(600);

/// The page that stands for all in the README.
const README_PAGE: &str = "www/demo/politics.html";
/// Most bytes of its picture: whoever looks at the README loads it, whoever clones the project keeps it.
const README_BYTES: u64 = 200_000;

/// Most bytes of all pictures in the documentation.
const DOCS_BYTES: u64 = 600_000;

/// Writes pictures of every demo page and of every state of the widget into a folder.
pub fn all(out: &Path) -> Result<()> {
    take("pages", out, &project::files("www/demo", ".html")?)?;
    take("states", &out.join("states"), &[])?;
    println!("the pictures are in {}", out.display());
    Ok(())
}

/// Writes the pictures of the documentation, `docs/images/`.
pub fn docs() -> Result<()> {
    let folder = project::root().join("docs/images");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    take("docs", &folder, &[])?;
    let mut n_bytes = 0;
    for picture in project::files("docs/images", ".png")? {
        n_bytes += project::root().join(picture).metadata()?.len();
    }
    if n_bytes > DOCS_BYTES {
        bail!(
            "docs/images has {n_bytes} bytes, {} too many",
            n_bytes - DOCS_BYTES
        );
    }
    println!("docs/images has {n_bytes} bytes");
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
