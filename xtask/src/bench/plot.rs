//! Figures → pictures, SVG files of `docs/images/`.
//!
//! Drawn with plotters, the charting library that most Rust programs use, by its SVG backend alone: no fonts, no
//! bitmaps. The same figures give the same bytes.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use plotters::coord::Shift;
use plotters::coord::ranged1d::{Ranged, ValueFormatter};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::project;

const SIZE: (u32, u32) = (860, 460);
/// Room for the names of lines, at their ends.
const NAMES_WIDTH: u32 = 190;
const TEXT: (&str, i32) = ("sans-serif", 14);
const TITLE: (&str, i32) = ("sans-serif", 20);
/// Told apart by readers who see no red or no green (Okabe and Ito, "Color Universal Design", 2008). The first is
/// ours.
const COLORS: [RGBColor; 8] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 180, 233),
    RGBColor(230, 159, 0),
    RGBColor(90, 90, 90),
    RGBColor(150, 120, 60),
];

/// A name and what it stands at.
pub type Series = (String, Vec<(f64, f64)>);

/// Names of axes, and the words for numbers on them.
pub struct Axes<'a> {
    pub title: &'a str,
    pub x: &'a str,
    pub y: &'a str,
    pub x_words: &'a dyn Fn(&f64) -> String,
    pub y_words: &'a dyn Fn(&f64) -> String,
}

/// Where a picture goes.
fn path(name: &str) -> PathBuf {
    project::root().join("docs/images").join(name)
}

/// Draws lines, both axes by powers of ten.
pub fn lines(name: &str, axes: &Axes, all: &[Series]) -> Result<()> {
    let (x, y) = (bounds(all, |point| point.0), bounds(all, |point| point.1));
    draw(name, |area| {
        let mut chart = ChartBuilder::on(area)
            .margin(12)
            .margin_right(NAMES_WIDTH)
            .caption(axes.title, TITLE)
            .x_label_area_size(46)
            .y_label_area_size(70)
            .build_cartesian_2d((x.0..x.1).log_scale(), (y.0..y.1).log_scale())?;
        mesh(&mut chart, axes)?;
        let mut taken: Vec<i32> = Vec::new();
        let mut ends: Vec<(&Series, RGBColor, (i32, i32))> = Vec::new();
        for (series, color) in all.iter().zip(COLORS.iter().cycle()) {
            let points = series.1.iter().copied();
            let width = if ends.is_empty() { 3 } else { 2 };
            chart.draw_series(LineSeries::new(points.clone(), color.stroke_width(width)))?;
            chart.draw_series(points.map(|point| Circle::new(point, 3, color.filled())))?;
            if let Some(last) = series.1.last() {
                ends.push((series, *color, chart.backend_coord(last)));
            }
        }
        // Names stand at the ends of their lines, apart from each other.
        ends.sort_by_key(|(_, _, (_, y))| *y);
        for (series, color, (_, y)) in ends {
            let y = taken.last().map_or(y, |last| y.max(last + 17));
            taken.push(y);
            let style = TEXT
                .into_font()
                .color(&color)
                .pos(Pos::new(HPos::Left, VPos::Center));
            area.draw_text(&series.0, &style, ((SIZE.0 - NAMES_WIDTH + 8) as i32, y))?;
        }
        Ok(())
    })
}

/// Draws points with their names; the horizontal axis by powers of ten.
pub fn points(name: &str, axes: &Axes, all: &[Series]) -> Result<()> {
    let x = bounds(all, |point| point.0);
    let y = bounds(all, |point| point.1);
    let (low, high) = ((y.0 - 5.0).max(0.0), y.1 + 5.0);
    draw(name, |area| {
        let mut chart = ChartBuilder::on(area)
            .margin(12)
            .caption(axes.title, TITLE)
            .x_label_area_size(46)
            .y_label_area_size(60)
            .build_cartesian_2d((x.0 / 3.0..x.1 * 40.0).log_scale(), low..high)?;
        mesh(&mut chart, axes)?;
        for ((name, points), color) in all.iter().zip(COLORS.iter().cycle()) {
            chart.draw_series(points.iter().map(|&point| {
                EmptyElement::at(point)
                    + Circle::new((0, 0), 6, color.filled())
                    + Text::new(name.clone(), (11, -8), TEXT.into_font().color(color))
            }))?;
        }
        Ok(())
    })
}

/// Draws bars, one below the other, with marks of what is allowed.
pub fn bars(name: &str, axes: &Axes, all: &[(String, f64)], marks: &[(&str, f64)]) -> Result<()> {
    let sizes = all.iter().map(|(_, size)| *size);
    let most = sizes
        .chain(marks.iter().map(|(_, at)| *at))
        .fold(0.0, f64::max)
        * 1.15;
    draw(name, |area| {
        area.titled(axes.title, TITLE)?;
        let (left, top, width) = (190, 56, f64::from(SIZE.0) - 230.0);
        let row = (SIZE.1 as i32 - 110) / all.len().max(1) as i32;
        let x = |size: f64| left + (size / most * width) as i32;
        let style =
            |color: &RGBColor, h| TEXT.into_font().color(color).pos(Pos::new(h, VPos::Center));
        for (index, (name, size)) in all.iter().enumerate() {
            let y = top + row * index as i32;
            let color = if index + 1 == all.len() {
                COLORS[0]
            } else {
                COLORS[4]
            };
            area.draw(&Rectangle::new(
                [(left, y + 4), (x(*size), y + row - 4)],
                color.filled(),
            ))?;
            let middle = y + row / 2;
            area.draw_text(name, &style(&BLACK, HPos::Right), (left - 8, middle))?;
            // The sum is the longest, and what is allowed is marked beside it.
            let (place, style) = if index + 1 == all.len() {
                (x(*size) - 8, style(&WHITE, HPos::Right))
            } else {
                (x(*size) + 8, style(&BLACK, HPos::Left))
            };
            area.draw_text(&(axes.x_words)(size), &style, (place, middle))?;
        }
        let bottom = top + row * all.len() as i32;
        for (name, at) in marks {
            let line = vec![(x(*at), top), (x(*at), bottom + 8)];
            area.draw(&PathElement::new(line, COLORS[1].stroke_width(2)))?;
            area.draw_text(
                name,
                &style(&COLORS[1], HPos::Center),
                (x(*at), bottom + 22),
            )?;
        }
        Ok(())
    })
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

fn draw(
    name: &str,
    draw: impl FnOnce(&Area) -> std::result::Result<(), Box<dyn std::error::Error>>,
) -> Result<()> {
    let path = path(name);
    let area = SVGBackend::new(&path, SIZE).into_drawing_area();
    let drawn = (|| {
        area.fill(&WHITE)?;
        draw(&area)?;
        area.present()?;
        Ok::<(), Box<dyn std::error::Error>>(())
    })();
    drawn.map_err(|error| anyhow!("{} can't be drawn: {error}", path.display()))?;
    println!("drawn: docs/images/{name}");
    Ok(())
}

fn mesh<'a, X, Y>(
    chart: &mut ChartContext<'_, SVGBackend<'a>, Cartesian2d<X, Y>>,
    axes: &Axes,
) -> std::result::Result<(), Box<dyn std::error::Error>>
where
    X: Ranged<ValueType = f64> + ValueFormatter<f64>,
    Y: Ranged<ValueType = f64> + ValueFormatter<f64>,
{
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .x_desc(axes.x)
        .y_desc(axes.y)
        .label_style(TEXT)
        .axis_desc_style(TEXT)
        .x_label_formatter(axes.x_words)
        .y_label_formatter(axes.y_words)
        .draw()?;
    Ok(())
}

/// The least and the greatest of all points.
fn bounds(all: &[Series], of: impl Fn(&(f64, f64)) -> f64) -> (f64, f64) {
    let numbers = all.iter().flat_map(|(_, points)| points).map(of);
    numbers.fold((f64::INFINITY, 0.0), |(low, high), n| {
        (low.min(n), f64::max(high, n))
    })
}
