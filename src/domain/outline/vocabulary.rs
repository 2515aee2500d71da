//! Words that are nobody's: names of the standards, and the site's own addresses.

/// Whether a list has this word.
pub fn has(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// Tags of HTML and SVG, and attributes of the standards.
pub(super) const NAMES: &str = "\
    a abbr address article aside audio b blockquote body br button canvas caption circle cite \
    clippath code col colgroup data datalist dd defs del details dfn dialog div dl dt ellipse em \
    embed fieldset figcaption figure footer form g h1 h2 h3 h4 h5 h6 head header hgroup hr html i \
    iframe image img input ins kbd label legend li line link main mark mask meta meter nav noscript \
    object ol optgroup option output p path picture polygon polyline pre progress q rect s samp \
    script search section select slot small source span strong style sub summary sup svg symbol \
    table tbody td template text textarea tfoot th thead time title tr u ul use video wbr \
    alt aria-atomic aria-busy aria-checked aria-controls aria-current aria-describedby \
    aria-description aria-disabled aria-expanded aria-haspopup aria-hidden aria-label \
    aria-labelledby aria-level aria-live aria-modal aria-owns aria-posinset aria-pressed \
    aria-roledescription aria-selected aria-setsize aria-valuetext async autocomplete autofocus \
    charset checked class content contenteditable crossorigin datetime decoding dir disabled \
    download draggable fetchpriority fill for height hidden href id inert is lang loading media \
    method name nonce open placeholder preload rel role rows src srcset stroke tabindex target \
    translate type value viewBox width xmlns";

/// Attributes that are there to be found by.
pub(super) const TELLING: &str = "\
    role id class href type lang dir componentkey aria-current aria-selected aria-expanded \
    aria-hidden aria-disabled aria-modal aria-busy data-testid data-view-name data-component-type \
    data-sdui-screen data-sdui-destination-screen data-display-contents data-control-name \
    data-rehydrated data-color-scheme data-test-modal";

/// Attributes that are there to be read, or that lead elsewhere.
pub const READ: &str = "\
    alt title placeholder style src srcset content value name for poster action data download ping \
    label aria-label aria-description aria-valuetext aria-roledescription";

/// Roles of WAI-ARIA, whoever is called so.
pub(super) const ROLES: &str = "\
    alert alertdialog article banner button checkbox complementary contentinfo dialog feed group \
    heading img link list listbox listitem main menu menuitem navigation none option presentation \
    progressbar radio region row search status tab tablist tabpanel textbox";

/// Parts of addresses that are the site's own; any other is a star.
pub const PLACES: &str = "\
    in feed me mynetwork grow invitation-manager invite-connect received sent CONNECTION \
    ORGANIZATION EVENT CONTENT_SERIES login company messaging linkedin";
