//! Lines over time as SVG, in a file that needs nothing else: axes, a legend, and a name under every fifth period or so.

use std::fmt::Write;

/// A line: its name, and a value for each period, where there is one.
pub struct Series {
    pub name: String,
    pub values: Vec<Option<f64>>,
}

const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 400.0;
/// Room for the axes, left and below, and for the legend above.
const LEFT: f64 = 70.0;
const BELOW: f64 = 50.0;
const ABOVE: f64 = 50.0;
const RIGHT: f64 = 20.0;
/// Names under the axis at most, and lines across.
const NAMES: usize = 12;
const STEPS: usize = 4;
/// Colours that are told apart by most eyes (Okabe and Ito 2008), and dashes for where they are not.
const COLOURS: [&str; 7] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];
const DASHES: [&str; 3] = ["", "6 3", "2 3"];

/// The chart of some lines over the same periods; `unit` says what is counted.
pub fn svg(periods: &[String], lines: &[Series], unit: &str) -> String {
    let most = lines.iter().flat_map(|line| line.values.iter().flatten()).copied().fold(0.0, f64::max);
    let most = if most > 0.0 { most } else { 1.0 };
    let x = |at: usize| LEFT + (WIDTH - LEFT - RIGHT) * (at as f64 + 0.5) / periods.len().max(1) as f64;
    let y = |value: f64| HEIGHT - BELOW - (HEIGHT - BELOW - ABOVE) * value / most;
    let mut all = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"white\"/>\n"
    );
    for step in 0..=STEPS {
        let value = most * step as f64 / STEPS as f64;
        let at = y(value);
        let _ = writeln!(
            all,
            "<line x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{at:.1}\" y2=\"{at:.1}\" stroke=\"#ddd\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            WIDTH - RIGHT,
            LEFT - 6.0,
            at + 4.0,
            rounded(value),
        );
    }
    for (at, period) in periods.iter().enumerate().step_by(periods.len().div_ceil(NAMES).max(1)) {
        let (x, y) = (x(at), HEIGHT - BELOW + 18.0);
        let _ = writeln!(all, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{}</text>", escaped(period));
    }
    let _ = writeln!(all, "<text x=\"{LEFT}\" y=\"{:.1}\">{}</text>", HEIGHT - 8.0, escaped(unit));
    for (number, line) in lines.iter().enumerate() {
        let (colour, dash) = (COLOURS[number % COLOURS.len()], DASHES[number / COLOURS.len() % DASHES.len()]);
        let stroke = format!("stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\" fill=\"none\"");
        for run in runs(&line.values) {
            let points: Vec<String> = run.iter().map(|(at, value)| format!("{:.1},{:.1}", x(*at), y(*value))).collect();
            let _ = writeln!(all, "<polyline points=\"{}\" {stroke} stroke-linecap=\"round\"/>", points.join(" "));
        }
        let (from, row) = (LEFT + (number % 4) as f64 * 220.0, 16.0 + (number / 4) as f64 * 16.0);
        let _ = writeln!(
            all,
            "<line x1=\"{from:.1}\" x2=\"{:.1}\" y1=\"{row:.1}\" y2=\"{row:.1}\" {stroke}/>\
             <text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            from + 20.0,
            from + 26.0,
            row + 4.0,
            escaped(&line.name),
        );
    }
    all + "</svg>\n"
}

/// The stretches that have values, a lone value doubled so that it can be seen.
fn runs(values: &[Option<f64>]) -> Vec<Vec<(usize, f64)>> {
    let mut runs: Vec<Vec<(usize, f64)>> = vec![Vec::new()];
    for (at, value) in values.iter().enumerate() {
        match (value, runs.last_mut()) {
            (Some(value), Some(run)) => run.push((at, *value)),
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs.iter_mut().filter(|run| run.len() == 1).for_each(|run| run.push(run[0]));
    runs
}

fn rounded(value: f64) -> String {
    if value >= 10.0 || value == 0.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

fn escaped(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_where_nothing_is_known_and_names_are_escaped() {
        let line = Series { name: "甲<乙>&".into(), values: vec![Some(1.0), None, Some(2.0), Some(0.0)] };
        let periods: Vec<String> = ["2018", "2019", "2020", "2021"].map(String::from).to_vec();
        let chart = svg(&periods, &[line], "篇");
        assert_eq!(chart.matches("<polyline").count(), 2);
        assert!(chart.contains("甲&lt;乙&gt;&amp;") && !chart.contains("<乙>") && !chart.contains("NaN"));
        assert!(svg(&[], &[], "").ends_with("</svg>\n"));
    }
}
