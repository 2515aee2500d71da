//! What of a page may be shown, attribute by attribute, and what never is.

use proptest::prelude::*;

use super::*;

fn element(tag: &str, attributes: &[(&str, &str)]) -> RawElement {
    let read = |(name, value): &(&str, &str)| {
        let length = u64::try_from(value.chars().count()).unwrap();
        let value = (!has(READ, name)).then(|| (*value).to_owned());
        ((*name).to_owned(), value, length)
    };
    let attributes = attributes.iter().map(read).collect();
    RawElement { tag: tag.into(), attributes, ..RawElement::default() }
}

fn page(root: RawElement) -> RawPage {
    let card = |name: &str| {
        vec![name.to_owned(), format!("Withdraw invitation sent to {name}"), "Withdraw".into()]
    };
    let people = vec![card("Robin Example"), card("Ada Sample")];
    RawPage {
        root,
        slugs: vec!["robin-example-1b2c3d".into(), "bo".into(), "quotes".into()],
        texts: people.concat().into_iter().chain(["My Network".into(), "Sent".into()]).collect(),
        people,
    }
}

#[track_caller]
fn check(name: &str, value: &str, expected: &str) {
    let lines = outline(&page(element("div", &[(name, value)])), Reader::Anybody);
    assert_eq!(lines, [format!("div {expected}")]);
}

#[test]
fn words_of_programmers_are_shown() {
    check("role", "listitem", "role=\"listitem\"");
    check("data-testid", "lazy-column", "data-testid=\"lazy-column\"");
    check(
        "data-sdui-screen",
        "com.linkedin.sdui.flagshipnav.mynetwork.invitations.InvitationSentWithType",
        "data-sdui-screen=\"com.linkedin.sdui.flagshipnav.mynetwork.invitations.InvitationSentWithType\"",
    );
    check(
        "data-view-name",
        "sent-invitations-withdraw-single",
        "data-view-name=\"sent-invitations-withdraw-single\"",
    );
    check("aria-current", "true", "aria-current=\"true\"");
}

#[test]
fn what_a_label_says_is_its_length() {
    check("aria-label", "Withdraw invitation sent to Robin Example", "aria-label[41]");
    check("alt", "Robin Example", "alt[13]");
    check("title", "x", "title[1]");
    check("src", "https://example.org/robin.png", "src[29]");
    check("style", "color:red", "style[9]");
}

#[test]
fn a_telling_attribute_that_holds_somebody_is_its_length() {
    check("data-testid", "card-robin-example", "data-testid[18]");
    check("data-testid", "card-of-RobinExample", "data-testid[20]");
    check("componentkey", "row_robin-example-1b2c3d", "componentkey[24]");
    check("componentkey", "row_robinexample", "componentkey[16]");
    check("componentkey", "row-robin", "componentkey[9]");
    check("data-testid", "ada", "data-testid[3]");
    check("componentkey", "rowROBINEXAMPLE1B2C3Dx", "componentkey[22]");
    check("id", "bo", "id[2]");
    check("id", "bottom", "id=\"bottom\"");
    check("data-testid", "Robin Example", "data-testid[13]");
    check("role", "=HYPERLINK(1)", "role[13]");
    check("id", "élodie", "id[6]");
}

#[test]
fn of_an_attribute_that_is_not_known_the_page_must_not_say_one_word() {
    check("data-probe", "lazy-column", "data-probe=\"lazy-column\"");
    check("data-card", "robin", "data-card[5]");
    check("data-card", "sent-row", "data-card[8]");
    check("data-card", "robinexample", "data-card[12]");
    let of = element("div", &[("data-card", "sent-row"), ("data-card", "robin-example")]);
    let lines = outline(&page(of), Reader::Person);
    assert_eq!(lines, ["div data-card=\"sent-row\" data-card[13]"]);
}

#[test]
fn identifiers_and_hashed_classes_are_left_out() {
    check("id", "ember1234", "id=\"*\"");
    check(
        "componentkey",
        "auto-component-0b1c2d3e-aaaa-bbbb-cccc-0123456789ab",
        "componentkey=\"auto-component-<uuid>\"",
    );
    check("componentkey", "urn:li:fsd_profile:ACoAAB12cd", "componentkey=\"urn:li:fsd_profile:*\"");
    check("class", "invitation-card _4235f695 db828f0d pl5", "class=\"invitation-card pl5 +2\"");
    check("class", "_4235f695 ff2cbb93", "class[18]");
}

#[test]
fn an_address_is_its_pattern() {
    check("href", "https://www.linkedin.com/in/robin-example/?a=b", "href=\"/in/*/?\"");
    check(
        "href",
        "/mynetwork/invitation-manager/sent",
        "href=\"/mynetwork/invitation-manager/sent\"",
    );
    check("href", "javascript:alert('Robin')", "href=\"javascript:\"");
    check("href", "robin:x", "href=\"other:\"");
    check("href", "//example.org", "href=\"/\"");
    check("href", "#robin", "href=\"#\"");
    check("href", "https://robin@example.org:80", "href=\"/\"");
}

#[test]
fn names_of_tags_and_attributes_are_looked_at_too() {
    let lines =
        outline(&page(element("robin-example", &[("data-robin-example", "1")])), Reader::Anybody);
    assert_eq!(lines, ["? ?[1]"]);
}

#[test]
fn texts_are_lengths_and_brothers_of_one_form_are_counted() {
    let row = |length| RawElement {
        texts: vec![(length, true)],
        ..element("p", &[("aria-label", &"x".repeat(usize::try_from(length).unwrap()))])
    };
    let root = RawElement { children: (1..=9).map(row).collect(), ..element("ul", &[]) };
    let lines = outline(&page(root), Reader::Anybody);
    assert_eq!(
        lines,
        [
            "ul",
            "  p aria-label[1] text[1, digits]",
            "  p aria-label[2] text[2, digits]",
            "  p aria-label[3] text[3, digits]",
            "  … 6 more of these forms"
        ]
    );
}

proptest! {
    #[test]
    fn no_slug_ever_comes_through(
        slug in "[a-z]{4,8}(-[a-z]{2,6}){0,2}", before in "[a-z_-]{0,5}", after in "[a-z_-]{0,5}",
        name in prop::sample::select(format!("{TELLING} data-x alt").split(' ').map(str::to_owned).collect::<Vec<_>>()),
    ) {
        let value = format!("{before}{slug}{after}");
        let slugs = vec![slug.clone()];
        let root = element("div", &[(name.as_str(), &value)]);
        let page = RawPage { root, slugs, ..RawPage::default() };
        prop_assume!(![PLACES, ROLES].iter().any(|list| has(list, &value)));
        let shown = outline(&page, Reader::Person).concat();
        prop_assert!(!shown.trim_start_matches(&format!("div {name}")).contains(&slug), "{shown}");
    }
}
