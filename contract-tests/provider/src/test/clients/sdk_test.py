import json
import os
import unittest

from kbs_client import (
    ApiClient,
    ApiException,
    Configuration,
    FilesApi,
    MediaApi,
    TicketCreate,
    TicketsApi,
    TicketUpdate,
)

HOST = os.environ["KBS_SITE_URL"] + "/wp-json"
PASSWORDS = json.loads(os.environ["KBS_APPLICATION_PASSWORDS"])


def connect(login, api=TicketsApi):
    """A client with a login of the site, or without one."""
    site = Configuration(host=HOST, username=login, password=PASSWORDS.get(login))
    return api(ApiClient(site))


def new_ticket(**fields):
    """What a form has to send for a new ticket."""
    form = {
        "ticket_title": "Für Python 🔥",
        "ticket_content": "The printer on the second floor is on fire.",
        "customer_email": "wanda@example.org",
        "customer_first": "Wanda",
        "customer_last": "Werner",
    }
    return TicketCreate(**{**form, **fields})


class PythonSdk(unittest.TestCase):
    tickets = connect("manager")

    def test_lists_what_the_filters_leave_with_the_totals(self):
        filters = {"status": ["open", "hold"], "order": "asc"}
        answer = self.tickets.list_tickets_with_http_info(**filters, per_page=4)
        everything = self.tickets.list_tickets(**filters, per_page=100)
        self.assertEqual({ticket.status for ticket in everything}, {"open", "hold"})
        self.assertEqual(answer.data, everything[:4])
        self.assertEqual(answer.headers["X-WP-Total"], str(len(everything)))

    def test_reads_a_ticket_by_its_number(self):
        ticket = self.tickets.get_ticket("KBS1003DE")
        self.assertEqual((ticket.id, ticket.ticket_data.number), (99, "KBS1003DE"))
        self.assertEqual(ticket.links, ticket.wordpress_links)

    def test_creates_a_ticket_and_updates_it(self):
        created = self.tickets.create_ticket(new_ticket(agent_id=3))
        self.assertEqual((created.title.raw, created.status), ("Für Python 🔥", "open"))
        closed = self.tickets.update_ticket(str(created.id), changes=TicketUpdate(status="closed"))
        self.assertEqual((closed.status, closed.ticket_data.agent), ("closed", 3))

    def test_downloads_a_file(self):
        files = connect("manager", FilesApi)
        self.assertEqual(bytes(files.download_ticket_file(22, 234)), b"A report.")
        part = files.download_ticket_file(22, 234, range="bytes=2-")
        self.assertEqual(bytes(part), b"report.")

    def test_attaches_a_file_to_a_ticket(self):
        media = connect("manager", MediaApi)
        name = "attachment; filename*=UTF-8''F%C3%BCr.txt"
        made = media.upload_media(b"It is on fire.", post=26, content_disposition=name)
        self.assertEqual((made.title.rendered, made.post), ("Für", 26))
        self.assertEqual([one.id for one in media.list_media(parent=[26])], [made.id])

    def test_passes_refusals_on(self):
        files = connect("manager", FilesApi)
        refusals = [
            (lambda: files.download_ticket_file(42, 236), 404, "rest_file_missing"),
            (lambda: connect(None).list_tickets(), 401, "rest_forbidden_context"),
            (lambda: connect("carl").get_ticket("26"), 403, "rest_forbidden"),
            (lambda: self.tickets.get_ticket("999999"), 404, "rest_post_invalid_id"),
            (
                lambda: self.tickets.create_ticket(new_ticket(customer_email="")),
                400,
                "required_fields",
            ),
        ]
        for request, status, code in refusals:
            with self.assertRaises(ApiException) as refused:
                request()
            error = refused.exception
            self.assertEqual((error.status, error.data.code), (status, code))
            self.assertEqual(error.data.data.status, status)


if __name__ == "__main__":
    unittest.main()
