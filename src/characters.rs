//! What a character is: a letter, a capital, a number, and which class it has where words end.
//!
//! Natively the standard library says the first. In the browser its tables, and that of the classes
//! ([`crate::word_bounds`]), took 3.7 kB of the module's 80, compressed, and held much of the same
//! twice. So there one table of runs stands in for all, which is spread out, a byte a character, when a
//! text first has one that is not ASCII. `tests/characters.rs` writes it by asking the standard
//! library and the crate unicode-segmentation, and compares them on every character.

mod runs;

use std::sync::OnceLock;

use runs::RUNS;

/// In the byte of a character: its class, as an index into what [`crate::word_bounds`] lists.
pub const CLASS: u8 = 15;

/// And what else it is.
pub const LETTER: u8 = 1 << 4;
/// As `char::is_lowercase` says.
pub const SMALL: u8 = 1 << 5;
/// As `char::is_uppercase` says.
pub const CAPITAL: u8 = 1 << 6;
/// As `char::is_numeric` says.
pub const NUMBER: u8 = 1 << 7;

/// In the place of a byte, for a run of capitals and small letters by turns: whether the first is a capital
/// is its lowest bit, as that of a place in the run counted from its end is.
pub const BY_TURNS: u8 = SMALL | CAPITAL;

/// Unicode has nothing of ours between these, nor after [`END`].
pub const GAP: std::ops::Range<u32> = 0x34000..0xe0000;

/// See [`GAP`].
pub const END: u32 = 0xe1000;

/// What the standard library has as `is_alphabetic` and the like, by names of our own, so that none of
/// its tables comes into the browser.
pub trait Character: Copy {
    /// `char::is_alphabetic`.
    fn is_letter(self) -> bool;
    /// `char::is_alphanumeric`.
    fn is_letter_or_number(self) -> bool;
    /// `char::is_lowercase`.
    fn is_small(self) -> bool;
    /// `char::is_uppercase`.
    fn is_capital(self) -> bool;
    /// `char::is_numeric`.
    fn is_number(self) -> bool;
}

#[cfg(not(target_arch = "wasm32"))]
impl Character for char {
    fn is_letter(self) -> bool {
        self.is_alphabetic()
    }

    fn is_letter_or_number(self) -> bool {
        self.is_alphanumeric()
    }

    fn is_small(self) -> bool {
        self.is_lowercase()
    }

    fn is_capital(self) -> bool {
        self.is_uppercase()
    }

    fn is_number(self) -> bool {
        self.is_numeric()
    }
}

#[cfg(target_arch = "wasm32")]
impl Character for char {
    fn is_letter(self) -> bool {
        match self {
            '\0'..='\x7f' => self.is_ascii_alphabetic(),
            _ => byte_of(self) & LETTER != 0,
        }
    }

    fn is_letter_or_number(self) -> bool {
        match self {
            '\0'..='\x7f' => self.is_ascii_alphanumeric(),
            _ => byte_of(self) & (LETTER | NUMBER) != 0,
        }
    }

    fn is_small(self) -> bool {
        match self {
            '\0'..='\x7f' => self.is_ascii_lowercase(),
            _ => byte_of(self) & SMALL != 0,
        }
    }

    fn is_capital(self) -> bool {
        match self {
            '\0'..='\x7f' => self.is_ascii_uppercase(),
            _ => byte_of(self) & CAPITAL != 0,
        }
    }

    fn is_number(self) -> bool {
        match self {
            '\0'..='\x7f' => self.is_ascii_digit(),
            _ => byte_of(self) & NUMBER != 0,
        }
    }
}

/// The table's byte of a character past ASCII: [`CLASS`], [`LETTER`] and so on. The first call spreads the
/// table out.
pub fn byte_of(c: char) -> u8 {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    let code = c as u32;
    let at = match code {
        0..GAP_START => code,
        GAP_END..END => code - (GAP_END - GAP_START),
        _ => return 0,
    };
    let bytes = BYTES.get_or_init(spread);
    bytes.get(at as usize).copied().unwrap_or_default()
}

const GAP_START: u32 = GAP.start;
const GAP_END: u32 = GAP.end;

/// A byte a character, but for those in the gap.
fn spread() -> Vec<u8> {
    let mut bytes = vec![0; RUNS[0].0 as usize];
    bytes.reserve_exact((END - (GAP.end - GAP.start)) as usize);
    let mut lengths = LENGTHS.iter();
    for &byte in &BYTES {
        let (mut length, mut shift) = (0, 0);
        for &part in lengths.by_ref() {
            length |= usize::from(part & 0x7f) << shift;
            shift += 7;
            if part < 0x80 {
                break;
            }
        }
        if byte & BY_TURNS == BY_TURNS {
            for at in 0..length {
                let case = if at & 1 == usize::from(byte & 1) {
                    SMALL
                } else {
                    CAPITAL
                };
                bytes.push(1 | LETTER | case);
            }
        } else {
            bytes.resize(bytes.len() + length, byte);
        }
    }
    bytes
}

/// The bytes of the runs, apart from their lengths: like compresses with like.
static BYTES: [u8; RUNS.len()] = {
    let mut bytes = [0; RUNS.len()];
    let mut at = 0;
    while at < RUNS.len() {
        bytes[at] = RUNS[at].1;
        at += 1;
    }
    bytes
};

/// The lengths of the runs, seven bits a byte, the lowest first; the eighth says that another byte follows.
static LENGTHS: [u8; packed::<{ RUNS.len() * 3 }>().1] = packed().0;

const fn packed<const N: usize>() -> ([u8; N], usize) {
    let (mut bytes, mut n_bytes) = ([0; N], 0);
    let mut at = 0;
    while at < RUNS.len() {
        let end = if at + 1 < RUNS.len() {
            RUNS[at + 1].0
        } else {
            END - (GAP.end - GAP.start)
        };
        let mut length = end - RUNS[at].0;
        while length >= 0x80 {
            bytes[n_bytes] = length as u8 | 0x80;
            n_bytes += 1;
            length >>= 7;
        }
        bytes[n_bytes] = length as u8;
        n_bytes += 1;
        at += 1;
    }
    (bytes, n_bytes)
}
