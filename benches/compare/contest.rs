//! Who takes part, in which order, and what is told of it.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::playwright::Playwright;

pub const IDS: [&str; 10] = ["B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9", "B10"];
const TABLE_BEGINS: &str = "<!-- table -->\n";
const TABLE_ENDS: &str = "<!-- end of table -->\n";
const HEAD: &str = "| id | job | unit | rescind | in the page | Selenium-style | Playwright | goal | measured |\n| --- | --- | --- | ---: | ---: | ---: | ---: | --- | --- |\n";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Rescind,
    InPage,
    Selenium,
    Playwright,
}

impl Way {
    pub const ALL: [Self; 4] = [Self::Rescind, Self::InPage, Self::Selenium, Self::Playwright];

    fn name(self) -> &'static str {
        match self {
            Self::Rescind => "rescind",
            Self::InPage => "in the page",
            Self::Selenium => "Selenium-style",
            Self::Playwright => "Playwright",
        }
    }
}

#[derive(Default)]
pub struct Rivals {
    pub playwright: Option<Playwright>,
}

/// What is to be measured, and how often.
pub struct Wish {
    pub rounds: usize,
    /// Trials of each race.
    pub trials: usize,
    /// Also what takes many minutes.
    pub long: bool,
    /// Put the result into `results.json` and the README.
    pub write: bool,
    only: Vec<String>,
    pub rivals: Rivals,
}

impl Wish {
    pub fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut wish = Self {
            rounds: 5,
            trials: 100,
            long: false,
            write: false,
            only: Vec::new(),
            rivals: Rivals { playwright: Playwright::find() },
        };
        while let Some(argument) = arguments.next() {
            let mut next = || arguments.next().ok_or(format!("{argument} wants a value"));
            match argument.as_str() {
                "--bench" => {}
                "--long" => wish.long = true,
                "--write" => wish.write = true,
                "--rounds" => wish.rounds = number(&next()?)?,
                "--trials" => wish.trials = number(&next()?)?,
                "--only" => wish.only = next()?.split(',').map(str::to_uppercase).collect(),
                other => return Err(format!("{other} is not known")),
            }
        }
        match wish.only.iter().find(|id| !IDS.contains(&id.as_str())) {
            Some(id) => Err(format!("{id} is none of {}", IDS.join(", "))),
            None => Ok(wish),
        }
    }

    pub fn ids(&self) -> impl Iterator<Item = &'static str> {
        IDS.into_iter().filter(|id| self.only.is_empty() || self.only.iter().any(|only| only == id))
    }

    /// Those of these ways that can take part.
    pub fn present(&self, ways: &[Way]) -> Vec<Way> {
        let is_here = |way: &Way| *way != Way::Playwright || self.rivals.playwright.is_some();
        ways.iter().copied().filter(is_here).collect()
    }
}

fn number(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err(format!("{text} is no number from 1")),
        Ok(number) => Ok(number),
    }
}

/// Every way once in each round, and each in every place of the order.
pub async fn in_turns(
    ways: &[Way],
    rounds: usize,
    mut once: impl AsyncFnMut(Way) -> f64,
) -> Vec<(Way, Cell)> {
    let mut costs: Vec<Vec<f64>> = vec![Vec::new(); ways.len()];
    for round in 0..rounds {
        for turn in 0..ways.len() {
            let at = (round + turn) % ways.len();
            costs[at].push(once(ways[at]).await);
        }
    }
    ways.iter().copied().zip(costs.into_iter().map(Cell::Rounds)).collect()
}

pub enum Cell {
    Rounds(Vec<f64>),
    Trials { wrong: usize, right: usize, refused: usize },
}

impl Cell {
    pub fn median(&self) -> f64 {
        let Self::Rounds(rounds) = self else { return f64::NAN };
        let mut sorted = rounds.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
    }

    fn shown(&self) -> String {
        match self {
            Self::Rounds(_) => rounded(self.median()),
            Self::Trials { wrong, right, refused } => format!("**{wrong}** / {right} / {refused}"),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Rounds(rounds) => json!({ "median": self.median(), "rounds": rounds }),
            Self::Trials { wrong, right, refused } => {
                json!({ "wrong": wrong, "right": right, "refused": refused })
            }
        }
    }
}

/// What is to be reached: at most so much.
pub struct Goal {
    words: String,
    limit: f64,
    measured: f64,
}

pub struct Row {
    id: &'static str,
    job: String,
    unit: &'static str,
    cells: Vec<(Way, Cell)>,
    goals: Vec<Goal>,
}

impl Row {
    pub fn new(
        id: &'static str,
        job: impl Into<String>,
        unit: &'static str,
        cells: Vec<(Way, Cell)>,
    ) -> Self {
        Self { id, job: job.into(), unit, cells, goals: Vec::new() }
    }

    pub fn of_rescind(
        id: &'static str,
        job: impl Into<String>,
        unit: &'static str,
        rounds: Vec<f64>,
    ) -> Self {
        Self::new(id, job, unit, vec![(Way::Rescind, Cell::Rounds(rounds))])
    }

    /// At most so many times another way's figure, where that took part.
    pub fn at_most_times(mut self, limit: f64, other: Way) -> Self {
        if let (Some(own), Some(theirs)) = (self.median(Way::Rescind), self.median(other)) {
            let words = format!("≤ {limit} × {}", other.name());
            self.goals.push(Goal { words, limit, measured: own / theirs });
        }
        self
    }

    pub fn at_most(mut self, limit: f64) -> Self {
        if let Some(measured) = self.median(Way::Rescind) {
            let words = format!("≤ {} {}", rounded(limit), self.unit);
            self.goals.push(Goal { words, limit, measured });
        }
        self
    }

    pub fn goal(mut self, words: impl Into<String>, limit: f64, measured: f64) -> Self {
        self.goals.push(Goal { words: words.into(), limit, measured });
        self
    }

    pub fn median(&self, way: Way) -> Option<f64> {
        self.cells.iter().find(|(of, _)| *of == way).map(|(_, cell)| cell.median())
    }

    pub fn markdown(&self) -> String {
        let cell = |way| self.cells.iter().find(|(of, _)| *of == way).map(|(_, cell)| cell.shown());
        let [own, page, selenium, playwright] =
            Way::ALL.map(|way| cell(way).unwrap_or_else(|| "–".to_owned()));
        let goals: Vec<&str> = self.goals.iter().map(|goal| goal.words.as_str()).collect();
        let reached: Vec<String> = self.goals.iter().map(Goal::reached).collect();
        let (goals, reached) = (goals.join("; "), reached.join("; "));
        let Self { id, job, unit, .. } = self;
        format!(
            "| {id} | {job} | {unit} | {own} | {page} | {selenium} | {playwright} | {goals} | {reached} |"
        )
    }

    fn json(&self) -> Value {
        let cells = self.cells.iter().map(|(way, cell)| (way.name().to_owned(), cell.json()));
        let goals = self.goals.iter().map(|Goal { words, limit, measured }| {
            json!({ "goal": words, "limit": limit, "measured": measured, "reached": measured <= limit })
        });
        json!({
            "id": self.id, "job": self.job, "unit": self.unit,
            "ways": cells.collect::<serde_json::Map<_, _>>(), "goals": goals.collect::<Vec<_>>(),
        })
    }
}

impl Goal {
    fn reached(&self) -> String {
        let measured = rounded(self.measured);
        if self.measured <= self.limit { measured } else { format!("**missed**: {measured}") }
    }
}

fn rounded(value: f64) -> String {
    match value {
        value if value.is_nan() => "–".to_owned(),
        value if value.abs() >= 100.0 => format!("{value:.0}"),
        value if value.abs() >= 10.0 => format!("{value:.1}"),
        value if value == value.trunc() => format!("{value:.0}"),
        value if value.abs() < 0.01 => format!("{value:.4}"),
        value => format!("{value:.2}"),
    }
}

/// Puts what was measured into `results.json` and between the marks of the README; what was not
/// measured this time stays there as it was.
pub fn write(rows: &[Row], wish: &Wish) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches");
    let (results, page) = (folder.join("results.json"), folder.join("README.md"));
    let old: Value = std::fs::read_to_string(&results)
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    let machine = machine();
    let mut all: Vec<Value> = old["rows"].as_array().cloned().unwrap_or_default();
    let measured: Vec<&str> = rows.iter().map(|row| row.id).collect();
    all.retain(|row| !measured.contains(&row["id"].as_str().unwrap_or_default()));
    for row in rows {
        let mut json = row.json();
        json["row"] = json!(row.markdown());
        json["machine"] = json!(machine);
        json["rounds"] = json!(wish.rounds);
        all.push(json);
    }
    let place = |row: &Value| IDS.iter().position(|id| row["id"] == **id);
    all.sort_by_key(place);
    let mut table = format!("{TABLE_BEGINS}{HEAD}");
    for row in &all {
        writeln!(table, "{}", row["row"].as_str().unwrap_or_default()).unwrap();
    }
    let text = json!({ "schema": 1, "rows": all });
    std::fs::write(&results, format!("{text:#}\n")).unwrap();
    let words = std::fs::read_to_string(&page).unwrap();
    let (before, rest) = words.split_once(TABLE_BEGINS).unwrap();
    let (_, after) = rest.split_once(TABLE_ENDS).unwrap();
    std::fs::write(page, format!("{before}{table}{TABLE_ENDS}{after}")).unwrap();
}

fn machine() -> String {
    let told = |path: &str, key: &str| {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default();
        line.split([':', '=']).next_back().unwrap_or_default().trim().trim_matches('"').to_owned()
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let (model, system) =
        (told("/proc/cpuinfo", "model name"), told("/etc/os-release", "PRETTY_NAME"));
    format!("{cores} cores ({model}), {system}")
}
