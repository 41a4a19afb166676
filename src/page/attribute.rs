//! The attributes that are looked at.

/// An attribute that tells something. `www/walk.js` has the same in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are the names of HTML")]
pub enum Attribute {
    // Those whose words tell what an element is for.
    Class,
    Id,
    Role,
    Itemprop,
    Itemtype,
    AriaLabel,
    DataTestid,
    DataComponent,
    // The others.
    Hidden,
    AriaHidden,
    Style,
    Href,
    Rel,
    Name,
    Property,
    Content,
    Datetime,
    Open,
    Lang,
    DataNosnippet,
    HttpEquiv,
}

const N_ATTRIBUTES: usize = 21;
/// The first attributes, whose words tell what an element is for.
const N_TELLING: usize = 8;

impl Attribute {
    /// The names in the order of the numbers.
    #[cfg(feature = "cli")]
    pub const NAMES: [&str; N_ATTRIBUTES] = [
        "class",
        "id",
        "role",
        "itemprop",
        "itemtype",
        "aria-label",
        "data-testid",
        "data-component",
        "hidden",
        "aria-hidden",
        "style",
        "href",
        "rel",
        "name",
        "property",
        "content",
        "datetime",
        "open",
        "lang",
        "data-nosnippet",
        "http-equiv",
    ];
}

/// The attributes of one element.
#[derive(Clone, Copy, Debug, Default)]
pub struct Attributes<'a>([Option<&'a str>; N_ATTRIBUTES]);

impl<'a> Attributes<'a> {
    /// Adds one by its number; one that there is not says nothing.
    pub fn add(&mut self, number: usize, value: &'a str) {
        if let Some(place) = self.0.get_mut(number) {
            *place = Some(value);
        }
    }

    /// Adds one by its lower-case name, if it tells something.
    #[cfg(feature = "cli")]
    pub fn add_named(&mut self, name: &str, value: &'a str) {
        if let Some(number) = Attribute::NAMES.iter().position(|known| *known == name) {
            self.add(number, value);
        }
    }

    /// The value of one.
    pub fn get(&self, attribute: Attribute) -> Option<&'a str> {
        self.0[attribute as usize]
    }

    /// Those that are there, by their numbers.
    #[cfg(feature = "cli")]
    pub fn numbered(&self) -> impl Iterator<Item = (usize, &'a str)> {
        let numbered = self.0.iter().enumerate();
        numbered.filter_map(|(number, value)| Some((number, (*value)?)))
    }

    /// The values of those that tell what the element is for: in one order, whatever order the page
    /// has them in.
    pub(super) fn telling(&self) -> impl Iterator<Item = &'a str> {
        self.0[..N_TELLING].iter().filter_map(|value| *value)
    }
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_in_one_order() {
        let mut attributes = Attributes::default();
        attributes.add_named("http-equiv", "a");
        attributes.add_named("aria-label", "b");
        attributes.add_named("onclick", "c");
        attributes.add(N_ATTRIBUTES, "d");
        assert_eq!(attributes.get(Attribute::HttpEquiv), Some("a"));
        assert_eq!(attributes.telling().collect::<Vec<_>>(), ["b"]);
    }
}
