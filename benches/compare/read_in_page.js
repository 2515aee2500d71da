return [...document.querySelectorAll('[data-testid="lazy-column"] [role="listitem"]')].map(read);
