//! What the pure core costs: an age, the rules over ten thousand invitations, and their plan, table
//! and page. `cargo bench --bench core`.
#![allow(clippy::unwrap_used, reason = "a measurement that fails should panic")]
#![allow(missing_docs, reason = "criterion's own functions")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiff::{SignedDuration, Timestamp};
use rescind::config::Config;
use rescind::domain::invitation::{Invitation, Key, Kind};
use rescind::domain::language;
use rescind::domain::plan::Plan;
use rescind::domain::report::{Report, Row};
use rescind::report::html::{Page, html};
use rescind::report::table::{View, table};

const PEOPLE: usize = 10_000;
const AGES: [(&str, &str); 4] = [
    ("en", "Sent 3 weeks ago"),
    ("de", "Gesendet vor 3 Wochen"),
    ("ar", "قبل ٣ أسابيع"),
    ("ja", "3週間前に送信済み"),
];
const RULES: &str = r#"
[[rule]]
name = "stale"
older_than = "6 weeks"

[[rule]]
name = "recruiters"
older_than = "2 weeks"
headline = ["recruiter", "talent acquisition", "/head of .*hiring/"]

[keep]
names = ["Ada Lovelace"]
headline = ["/^ceo\\b/", "beekeeper"]
"#;

fn people(now: Timestamp) -> Vec<Invitation> {
    let english = language::bundled("en").unwrap();
    let jobs = ["Beekeeper", "Talent acquisition", "Engineer at Example", "CEO", "Écrivaine"];
    (0..PEOPLE)
        .map(|number| {
            let sent_text = format!("Sent {} weeks ago", 1 + number % 12);
            Invitation {
                key: Key::recorded(format!("in/person-{number}")),
                name: format!("Person {number}"),
                profile_url: Some(format!("https://www.linkedin.com/in/person-{number}")),
                headline: Some(jobs[number % jobs.len()].to_owned()),
                note: None,
                kind: Kind::Person,
                age: english.parse_age(&sent_text, now),
                sent_text,
                doubt: None,
            }
        })
        .collect()
}

fn ages(criterion: &mut Criterion) {
    let now = Timestamp::now();
    let mut group = criterion.benchmark_group("an age");
    for (code, text) in AGES {
        let language = language::bundled(code).unwrap();
        assert!(language.parse_age(text, now).is_some(), "{text}");
        group.bench_function(code, |bencher| {
            bencher.iter(|| language.parse_age(black_box(text), now));
        });
    }
}

fn lists(criterion: &mut Criterion) {
    let now = Timestamp::now();
    let rules = Config::parse(RULES, "rules").unwrap().rules;
    let people = people(now);
    let mut group = criterion.benchmark_group("ten thousand");
    group.sample_size(10).throughput(Throughput::Elements(PEOPLE as u64));
    group.bench_function("rules", |bencher| {
        bencher.iter(|| people.iter().map(|one| rules.decide(one)).filter(is_rule).count());
    });
    let decided =
        people.iter().map(|one| Row { decision: rules.decide(one), invitation: one.clone() });
    let report = Report {
        generated_at: now,
        site: "https://www.linkedin.com".to_owned(),
        account: None,
        layout: "2026".to_owned(),
        language: "en".to_owned(),
        announced: Some(PEOPLE as u64),
        complete: true,
        rows: decided.collect(),
        remarks: Vec::new(),
    };
    let view = View { columns: 100, colour: true, verbose: true, next: None };
    group.bench_function("table", |bencher| bencher.iter(|| table(&report, view).len()));
    let plan = Plan::new(report.clone(), SignedDuration::from_hours(24));
    let text = plan.to_json();
    group.bench_function("plan, written", |bencher| bencher.iter(|| plan.to_json().len()));
    group.bench_function("plan, read", |bencher| {
        bencher.iter(|| Plan::from_json(black_box(&text)).unwrap());
    });
    let page =
        Page { report: &report, plan: Some(&plan), rules: &["stale"], trend: &[], apply: None };
    group.bench_function("page", |bencher| bencher.iter(|| html(&page).unwrap().len()));
}

fn is_rule(decision: &rescind::domain::rules::Decision) -> bool {
    decision.rule.is_some()
}

criterion_group!(core, ages, lists);
criterion_main!(core);
