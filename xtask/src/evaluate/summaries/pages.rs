//! Whole pages from end to end, and what is lost where: by finding the article, by cutting it into
//! sentences, by choosing among them.

use nutgraf::salience::Trees;
use nutgraf::{Article, Options, article};

use super::articles::{self, Item};
use super::verdict::{HEADER, Verdict, mean, row};
use crate::corpus::{Labelled, TruePage};
use crate::evaluate::{N_FOLDS, extraction};
use crate::train::{extraction as train_extraction, salience as train};

/// For each fold trees of extraction that were trained without its sites.
pub fn extraction_trees(pages: &[TruePage]) -> Vec<article::Trees> {
    let examples: Vec<_> = pages.iter().map(train_extraction::example).collect();
    extraction::models(pages, &examples)
}

/// The articles of pages, each found by the trees of its fold.
pub fn articles(pages: &[Labelled], extraction: &[article::Trees]) -> Vec<Article> {
    let find = |page: &Labelled| {
        let fold = page.family % N_FOLDS;
        train::article(page, &extraction[fold as usize])
    };
    pages.iter().map(find).collect()
}

/// Prints what is lost where; `items` are the pages with the articles found on them, `trees` and
/// `extraction` those of their folds.
pub fn print(pages: &[Labelled], items: &[Item], trees: &[Trees], extraction: &[article::Trees]) {
    let plain: Vec<Labelled> = pages
        .iter()
        .map(|page| Labelled {
            html: None,
            ..page.clone()
        })
        .collect();
    let shipped = vec![article::Trees::SHIPPED; N_FOLDS as usize];
    let plain_articles = articles(&plain, extraction);
    let plain_items = Item::all(&plain, &plain_articles);
    let shipped_articles = articles(pages, &shipped);
    let shipped_items = Item::all(pages, &shipped_articles);
    let ours = |items: &[Item]| {
        let chosen = articles::choose(items, trees, &Options::default());
        articles::judge(items, &chosen)
    };
    let rows: [(&str, Vec<Verdict>); 7] = [
        (
            "best of all labelled sentences",
            pages
                .iter()
                .map(|page| Verdict::oracle(page, |_| true))
                .collect(),
        ),
        ("best, true text, our sentences", oracle(&plain_items)),
        ("best, our article and sentences", oracle(items)),
        ("ours, true text", ours(&plain_items)),
        ("ours, from end to end", ours(items)),
        ("ours, extraction as shipped", ours(&shipped_items)),
        (
            "LEAD-3, true text",
            pages.iter().map(Verdict::lead).collect(),
        ),
    ];
    println!(
        "\npages, by trees trained on those of other sites and on the labelled articles; so is \
         extraction, but where \"as shipped\",\nwhich was trained on these pages"
    );
    for (name, is_in) in [
        ("all", (|_| true) as fn(&Labelled) -> bool),
        ("English", |page| page.language == "en"),
        ("others", |page| page.language != "en"),
    ] {
        println!("{name:9}{}", &HEADER[9..]);
        let part = |verdicts: &[Verdict]| -> Vec<Verdict> {
            let both = pages.iter().zip(verdicts);
            both.filter(|(page, _)| is_in(page))
                .map(|(_, verdict)| *verdict)
                .collect()
        };
        for (name, verdicts) in &rows {
            println!("{}", row(name, &part(verdicts)));
        }
        let gain = |index: usize| {
            let verdicts = part(&rows[index].1);
            100.0
                * mean(
                    &verdicts
                        .iter()
                        .map(|verdict| verdict.gain)
                        .collect::<Vec<_>>(),
                )
        };
        println!(
            "lost of {:.1}: {:.1} by sentences, {:.1} by extraction, {:.1} by the choice, which would \
             lose {:.1} on the true text",
            gain(0),
            gain(0) - gain(1),
            gain(1) - gain(2),
            gain(2) - gain(4),
            gain(1) - gain(3),
        );
    }
}

/// The best choice there is among the sentences that may be chosen.
fn oracle(items: &[Item]) -> Vec<Verdict> {
    let best = |item: &Item| {
        let eligible = item.reading.measured.eligible.iter();
        let at_hand: Vec<usize> = eligible
            .zip(&item.hits)
            .filter(|(is_eligible, _)| **is_eligible)
            .flat_map(|(_, hits)| hits)
            .copied()
            .collect();
        Verdict::oracle(item.labelled, |at| at_hand.contains(&at))
    };
    items.iter().map(best).collect()
}
