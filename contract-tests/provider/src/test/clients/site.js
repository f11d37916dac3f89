// The site under test, as ClientsTest names it in the environment.
export const siteUrl = process.env.KBS_SITE_URL;
export const apiRoot = `${siteUrl}/wp-json/`;

const passwords = JSON.parse(process.env.KBS_APPLICATION_PASSWORDS);

/** A login of the imported site, with its application password. */
export function credentials(username) {
  return { username, password: passwords[username] };
}

/** The same as a header, with the blanks that WordPress shows in the password. */
export function authorization(username) {
  const shown = passwords[username].match(/.{4}/g).join(' ');
  return { Authorization: `Basic ${Buffer.from(`${username}:${shown}`).toString('base64')}` };
}

/** What a form has to send for a new ticket. */
export function newTicket(title) {
  return {
    ticket_title: title,
    ticket_content: 'The printer on the second floor is on fire.',
    customer_email: 'wanda@example.org',
    customer_first: 'Wanda',
    customer_last: 'Werner',
  };
}
