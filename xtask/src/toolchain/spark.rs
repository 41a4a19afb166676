//! Apache Spark, for the test of `examples/spark`.

use std::path::PathBuf;

use anyhow::Result;

use super::{apt_install, missing, python};
use crate::{process, project};

/// Returns a Python that has Spark, which pip downloads and unpacks: 456 MB. It runs on Java.
pub fn ensure() -> Result<PathBuf> {
    if process::find("java").is_none() {
        apt_install("Java (apt-get)", &["default-jre-headless"]).map_err(|error| {
            let mend =
                "apt-get install default-jre-headless, as root; Spark needs Java 17 or newer";
            missing("Java is", &error, mend)
        })?;
    }
    let requirements = project::root().join("examples/spark/requirements.txt");
    python::environment("spark", &requirements)
}
