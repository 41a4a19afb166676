//! What elements are for, by the words of their attributes and their names.
//!
//! In: a page. Out: for each element how far up the tree something stands that says what this is.

use crate::language::Words;
use crate::page::{Element, Page, Tag};

/// What the words of an element's attributes say it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// An advertisement.
    Ad,
    /// Beside the article: a sidebar, a widget.
    Aside,
    /// About the author.
    Author,
    /// The article's text.
    Body,
    /// A caption or a credit.
    Caption,
    /// Readers' comments.
    Comments,
    /// A post from elsewhere, a quotation set apart.
    Embed,
    /// The foot of the page.
    Footer,
    /// A headline or heading.
    Headline,
    /// A box of facts, a table of contents.
    Infobox,
    /// Date, tags, topics.
    Meta,
    /// Over the page: consent to cookies, a dialog.
    Modal,
    /// Menus, search, login.
    Navigation,
    /// An offer: a newsletter, a subscription, an appeal for money.
    Offer,
    /// A film or sound and its controls.
    Player,
    /// Other stories.
    Related,
    /// Ways to share the story, social networks.
    Share,
    /// The standfirst.
    Standfirst,
    /// A list of things, other stories perhaps.
    Listing,
    /// A picture and what belongs to it.
    Picture,
    /// What stands before or behind a barrier to those who don't pay.
    Paywall,
}

/// The number of roles.
pub const N_ROLES: usize = 21;

/// The names of the roles.
pub const ROLE_NAMES: [&str; N_ROLES] = [
    "ad",
    "aside",
    "author",
    "body",
    "caption",
    "comments",
    "embed",
    "footer",
    "headline",
    "infobox",
    "meta",
    "modal",
    "navigation",
    "offer",
    "player",
    "related",
    "share",
    "standfirst",
    "listing",
    "picture",
    "paywall",
];

/// Words of attributes and the role they tell of: `a` is the first of [`Role`], and so on.
const ROLES: Words = Words::sorted(
    "about\tc\nabstract\tr\naccount\tm\nad\ta\nads\ta\nadslot\ta\nadvert\ta\nadvertisement\ta\n\
     affiliate\ta\nalert\tl\nalsoread\tp\narticlebody\td\naside\tb\naudio\to\nauthor\tc\n\
     authors\tc\nbanner\ta\nbio\tc\nbiography\tc\nblockquote\tg\nbody\td\nbookmark\tq\nbottom\th\n\
     box\tj\nbreadcrumb\tm\nbreadcrumbs\tm\nbtn\tm\nbutton\tm\nbuttons\tm\nbyline\tc\ncallout\tj\n\
     caption\te\ncard\ts\ncards\ts\ncarousel\tp\ncategories\tk\ncategory\tk\nchapo\tr\n\
     comment\tf\ncommentary\tf\ncommentlist\tf\ncomments\tf\ncomplementary\tb\nconsent\tl\n\
     content\td\ncontentinfo\th\ncontributor\tc\ncookie\tl\ncookies\tl\ncopyright\th\n\
     correspondent\tc\ncredit\te\ncredits\te\ncta\tn\ndate\tk\ndateline\tk\ndatetime\tk\ndeck\tr\n\
     dek\tr\ndescription\tr\ndialog\tl\ndisclaimer\th\ndiscuss\tf\ndiscussion\tf\ndisqus\tf\n\
     disquscomments\tf\ndonate\tn\ndonation\tn\ndropdown\tm\nelementor\t~\nembed\tg\nentry\td\nexcerpt\tr\n\
     facebook\tq\nfactbox\tj\nfeatured\ts\nfigcaption\te\nfigure\tt\nfollow\tq\nfooter\th\n\
     gallery\tt\ngdpr\tl\nhashtags\tk\nheading\ti\nheadline\ti\nheadlines\ts\nhighlights\tj\n\
     image\tt\nimages\tt\nimg\tt\ninfo\tj\ninfobox\tj\ninstagram\tg\nintro\tr\nlatest\ts\n\
     lead\tr\nlede\tr\nlegal\th\nlegend\te\nlinks\ts\nlist\ts\nlisting\ts\nlogin\tm\nlogo\tm\n\
     masthead\tm\nmedia\tt\nmembership\tn\nmenu\tm\nmeta\tk\nmetadata\tk\nmeter\tu\nmodal\tl\n\
     more\ts\nmost\ts\nmostpopular\tp\nmostread\tp\nnav\tm\nnavbar\tm\nnavigation\tm\n\
     newsletter\tn\nnewsletters\tn\nnext\ts\nonetrust\tl\noptanon\tl\noutbrain\ta\noverlay\tl\n\
     pagination\tm\npaid\ta\nparagraph\td\npartner\ta\npartners\ta\npaywall\tu\nperson\tc\n\
     photo\tt\nphotos\tt\npiano\tu\npicture\tt\nplayer\to\npodcast\to\npolicy\tl\npopular\tp\n\
     popup\tl\npost\td\nposts\ts\nprivacy\tl\nprofile\tc\npromo\tn\npromoted\ta\npromotion\tn\n\
     published\tk\npullquote\tg\nquote\tg\nrail\tb\nread\ts\nreadmore\tp\nreadnext\tp\nrecirc\tp\n\
     recirculation\tp\nrecommendations\tp\nrecommended\tp\nregistration\tn\nregwall\tu\n\
     related\tp\nrelatedarticles\tp\nreply\tf\nreporter\tc\nrespond\tf\nsearch\tm\nsecondary\tb\n\
     share\tq\nsharing\tq\nsidebar\tb\nsignup\tn\nsimilar\tp\nsiteorigin\t~\nskip\tm\nslide\tt\nslideshow\tt\n\
     social\tq\nsource\tt\nsponsor\ta\nsponsored\ta\nstandfirst\tr\nstories\ts\nstory\td\n\
     strapline\tr\nsubhead\tr\nsubheadline\tr\nsubline\tr\nsubmenu\tm\nsubnav\tm\nsubscribe\tn\n\
     subscribers\tn\nsubscription\tn\nsubtitle\tr\nsuggested\tp\nsummary\tr\ntaboola\ta\ntag\tk\n\
     tags\tk\ntalkback\tf\ntaxonomy\tk\nteaser\tp\nteasers\tp\ntext\td\nthumbnail\tt\ntime\tk\n\
     timestamp\tk\ntitle\ti\ntoc\tj\ntoolbar\tm\ntopic\tk\ntopics\tk\ntrending\tp\ntweet\tg\n\
     twitter\tg\nupdated\tk\nvcard\tc\nvideo\to\nvorspann\tr\nwidget\tb\nwidgets\tb\nwriter\tc",
);

/// The class of builders of pages that call each part of a page a widget, the article's text too.
const BUILDER: u8 = b'~' - b'a';

/// How many elements up something stands that has a role: 0 is the block's own line, 1 the element
/// around it, and so on; `FAR` is nowhere or that far up.
pub type Distances = [u8; N_ROLES];

/// Farther up than this an element says nothing of a block.
pub const FAR: u8 = 12;

/// Roles, a bit each.
pub type Roles = u32;

/// The roles that words tell of.
pub fn roles_of_words(words: &str) -> Roles {
    let mut roles = 0;
    for word in words.split(' ') {
        if let Some(&[letter]) = ROLES.class(word).map(str::as_bytes) {
            roles |= 1 << (letter - b'a');
        }
    }
    if roles >> BUILDER & 1 == 1 {
        roles &= !(1 << Role::Aside as u8);
    }
    roles
}

/// The roles that an element has by itself, by its words and its name.
pub fn roles(element: &Element) -> Roles {
    let by_name = match element.tag {
        // What holds the whole page is of no kind.
        Tag::Html | Tag::Body => return 0,
        Tag::Nav => 1 << Role::Navigation as u8,
        Tag::Footer => 1 << Role::Footer as u8,
        Tag::Aside => 1 << Role::Aside as u8,
        Tag::Dialog => 1 << Role::Modal as u8,
        Tag::Figcaption | Tag::Caption => 1 << Role::Caption as u8,
        Tag::Figure => 1 << Role::Picture as u8,
        _ => 0,
    };
    roles_of_words(&element.words) | by_name
}

/// What holds this share of all prose is not furniture, whatever it is called, …
const TOO_MUCH_FOR_ASIDE: f64 = 0.5;
/// … but for comments, of which there may be more than of the article.
const TOO_MUCH_FOR_COMMENTS: f64 = 0.95;

/// For each element its distance from each role, itself at 0. `roles` says which an element has by
/// itself, `share` how much of the page's prose it holds.
pub fn distances(
    page: &Page,
    roles: impl Fn(usize) -> Roles,
    share: impl Fn(usize) -> f64,
) -> Vec<Distances> {
    let mut all: Vec<Distances> = Vec::with_capacity(page.elements.len());
    for (index, element) in page.elements.iter().enumerate() {
        let mut own = [FAR; N_ROLES];
        if element.parent != index {
            own = all[element.parent];
            for distance in &mut own {
                *distance = (*distance + 1).min(FAR);
            }
        }
        let roles = roles(index);
        let share = share(index);
        for (role, distance) in own.iter_mut().enumerate() {
            let most = match role {
                BODY => f64::INFINITY,
                COMMENTS => TOO_MUCH_FOR_COMMENTS,
                _ => TOO_MUCH_FOR_ASIDE,
            };
            if roles >> role & 1 == 1 && share < most {
                *distance = 0;
            }
        }
        all.push(own);
    }
    all
}

const BODY: usize = Role::Body as usize;
const COMMENTS: usize = Role::Comments as usize;

/// Whether words mark a standfirst.
pub fn is_standfirst(words: &str) -> bool {
    roles_of_words(words) >> Role::Standfirst as u8 & 1 == 1
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_words_are_sorted_for_the_search() {
        assert!(super::ROLES.iter().is_sorted());
    }
}
