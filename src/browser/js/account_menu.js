// The control that opens the menu with the person's own profile, or null.
const [site] = arguments;
const control = locate(document, site.account.menu);
return control && seen(control) ? control : null;
