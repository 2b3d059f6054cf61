//! The plots of the manual, as SVG.

use std::error::Error;
use std::ops::Range;

use e2e::cost::Call;
use e2e::load_cost::{Cost, Growth, Row};
use e2e::pairs::{self, Pair};
use plotters::coord::Shift;
use plotters::prelude::*;

/// A picture that is drawn.
type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn = Result<(), Box<dyn Error>>;

const FONT: (&str, u32) = ("sans-serif", 14);
const TITLE: (&str, u32) = ("sans-serif", 17);
const OURS: RGBColor = RGBColor(206, 66, 43);
const IN_C: RGBColor = RGBColor(60, 100, 170);
const LEAST: RGBColor = RGBColor(140, 140, 140);
const EQUAL: RGBColor = RGBColor(90, 90, 90);

/// The bars of a plot: a title, and a ratio to C for each name.
type Bars = (String, Vec<(String, f64)>);

/// What each program takes in Rust, as a multiple of the same one in C.
///
/// # Errors
/// When the plot can't be drawn.
pub fn pairs(pairs: &[Pair]) -> Result<String, Box<dyn Error>> {
    let column = |column: &pairs::Column| {
        let bars = pairs.iter().map(|pair| (pair.name.to_owned(), column.ratio(pair))).collect();
        (format!("{}: Rust / C, geometric mean {:.2}", column.title, column.mean(pairs)), bars)
    };
    let columns: Vec<Bars> = pairs::COLUMNS.iter().map(column).collect();
    picture((1000, 720), |area| {
        for (area, (title, bars)) in area.split_evenly((2, 2)).iter().zip(&columns) {
            draw_bars(area, title, bars)?;
        }
        Ok(())
    })
}

/// The instructions of each call in Rust, as a multiple of those in C.
///
/// # Errors
/// When the plot can't be drawn.
pub fn calls(calls: &[Call]) -> Result<String, Box<dyn Error>> {
    let bars: Vec<_> = calls.iter().map(|call| (call.what.to_owned(), call.rust / call.c)).collect();
    picture((720, 420), |area| draw_bars(area, "instructions of a call: Rust / C", &bars))
}

/// How loads grow, by our loader and by RT-Thread's.
///
/// # Errors
/// When the plot can't be drawn.
pub fn growth(growth: &[Growth]) -> Result<String, Box<dyn Error>> {
    picture((1000, 720), |area| {
        for (area, growth) in area.split_evenly((2, 2)).iter().zip(growth) {
            draw_growth(area, growth)?;
        }
        Ok(())
    })
}

fn picture(size: (u32, u32), draw: impl FnOnce(&Area<'_>) -> Drawn) -> Result<String, Box<dyn Error>> {
    let mut text = String::new();
    {
        let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
        area.fill(&WHITE)?;
        draw(&area)?;
        area.present()?;
    }
    Ok(text)
}

/// Bars from left to right, one below the other, and a line where Rust takes as much as C.
fn draw_bars(area: &Area<'_>, title: &str, bars: &[(String, f64)]) -> Drawn {
    let most = bars.iter().map(|(_, ratio)| *ratio).fold(1.5, f64::max) * 1.1;
    let longest = bars.iter().map(|(name, _)| name.len()).max().unwrap_or_default() as u32;
    let mut chart = ChartBuilder::on(area)
        .caption(title, TITLE)
        .margin(10)
        .x_label_area_size(24)
        .y_label_area_size(20 + 7 * longest)
        .build_cartesian_2d(0.0..most, (0..bars.len() as i32 - 1).into_segmented())?;
    let name = |place: &SegmentValue<i32>| match place {
        SegmentValue::CenterOf(index) => {
            bars.iter().rev().nth(*index as usize).map(|(name, _)| name.clone()).unwrap_or_default()
        }
        _ => String::new(),
    };
    chart
        .configure_mesh()
        .disable_y_mesh()
        .y_labels(bars.len())
        .y_label_formatter(&name)
        .label_style(FONT)
        .light_line_style(TRANSPARENT)
        .draw()?;
    let edge = |index: usize| if index < bars.len() { SegmentValue::Exact(index as i32) } else { SegmentValue::Last };
    for (index, (_, ratio)) in bars.iter().rev().enumerate() {
        let corners = [(0.0, edge(index)), (*ratio, edge(index + 1))];
        let mut bar = Rectangle::new(corners, if *ratio > 1.0 { OURS.filled() } else { IN_C.filled() });
        bar.set_margin(2, 2, 0, 0);
        chart.draw_series([bar])?;
    }
    let line = [(1.0, edge(0)), (1.0, edge(bars.len()))];
    chart.draw_series(LineSeries::new(line, EQUAL.stroke_width(2)))?;
    Ok(())
}

/// One line for each loader.
fn draw_growth(area: &Area<'_>, growth: &Growth) -> Drawn {
    /// A loader's name and colour, and what a load costs by it.
    type Line = (&'static str, RGBColor, fn(&Row) -> Cost);
    let lines: [Line; 3] =
        [("ours", OURS, |row| row.ours), ("C by dlmodule", IN_C, |row| row.stock), ("least", LEAST, |row| row.least)];
    let of = |line: &Line| -> Vec<(f64, f64)> {
        let point = |(count, row): &(u32, Row)| (f64::from(*count), f64::from((line.2)(row).instructions) / 1000.0);
        growth.points.iter().map(point).collect()
    };
    let most = |axis: fn(&(f64, f64)) -> f64| {
        let points = lines.iter().flat_map(of);
        points.map(|point| axis(&point)).fold(0.0, f64::max) * 1.05
    };
    let (x, y): (Range<f64>, Range<f64>) = (0.0..most(|point| point.0), 0.0..most(|point| point.1));
    let mut chart = ChartBuilder::on(area)
        .caption(format!("thousands of instructions, by {}", growth.of), TITLE)
        .margin(10)
        .x_label_area_size(24)
        .y_label_area_size(56)
        .build_cartesian_2d(x, y)?;
    let whole = |number: &f64| format!("{number:.0}");
    chart
        .configure_mesh()
        .x_label_formatter(&whole)
        .y_label_formatter(&whole)
        .label_style(FONT)
        .light_line_style(TRANSPARENT)
        .draw()?;
    for line in &lines {
        let colour = line.1;
        chart
            .draw_series(LineSeries::new(of(line), colour.stroke_width(2)).point_size(3))?
            .label(line.0)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(2)));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE.mix(0.8))
        .label_font(FONT)
        .draw()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plot_has_a_bar_for_each_name() -> Result<(), Box<dyn Error>> {
        let names = ["one", "another", "the third"];
        let bars: Vec<_> =
            names.iter().zip([0.5, 1.0, 2.25]).map(|(name, ratio)| ((*name).to_owned(), ratio)).collect();
        let svg = picture((400, 300), |area| draw_bars(area, "ratios", &bars))?;
        for name in names {
            assert!(svg.contains(name), "{name} is missing in {svg}");
        }
        // The background, and three bars, of which one is above 1.
        assert_eq!(svg.matches("<rect").count(), 4);
        assert_eq!(svg.matches("fill=\"#CE422B\"").count(), 1);
        Ok(())
    }
}
