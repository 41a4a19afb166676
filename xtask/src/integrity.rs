//! Hashes in the form that browsers check files against.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

/// Returns `sha384-…`, as publishers are used to see it in the `integrity` attribute of a script.
pub fn of(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// Returns `sha256-…`, for what our own code fetches: no weaker in practice, and each hash that a page loads
/// is 16 bytes shorter, which no compression takes off.
pub fn inlined(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hashes_of_nothing_are_the_known_ones() {
        assert_eq!(
            super::of(b""),
            "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb",
        );
        assert_eq!(
            super::inlined(b""),
            "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        );
    }
}
