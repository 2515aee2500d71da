// Lets go of the guard; answers what it let through.
const count = disarm();
return JSON.stringify(count ? count.passed : 0);
