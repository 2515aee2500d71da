// Lets go of the guard; answers how many clicks it let through. A document that has no guard is
// another one, to which a click led.
const count = disarm();
return JSON.stringify(count ? count.passed : 1);
