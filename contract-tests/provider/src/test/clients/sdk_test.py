import json
import os
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer

from urllib3.exceptions import HTTPError

from kbs_client import (
    ApiClient,
    ApiException,
    Configuration,
    FilesApi,
    HistoryApi,
    ListTicketsOrderby,
    MediaApi,
    OpenApiException,
    Order,
    TicketCreate,
    TicketHistoryEntryType,
    TicketsApi,
    TicketUpdate,
    all_pages,
    connect,
)

SITE = os.environ["KBS_SITE_URL"]
PASSWORDS = json.loads(os.environ["KBS_APPLICATION_PASSWORDS"])


def log_in(login, api=TicketsApi):
    """Operations with a login of the site."""
    return api(connect(SITE, login, PASSWORDS[login]))


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
    tickets = log_in("manager")

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
        files = log_in("manager", FilesApi)
        self.assertEqual(bytes(files.download_ticket_file(22, 234)), b"A report.")
        part = files.download_ticket_file(22, 234, range="bytes=2-")
        self.assertEqual(bytes(part), b"report.")

    def test_attaches_a_file_to_a_ticket(self):
        media = log_in("manager", MediaApi)
        name = "attachment; filename*=UTF-8''F%C3%BCr.txt"
        made = media.upload_media(b"It is on fire.", post=26, content_disposition=name)
        self.assertEqual((made.title.rendered, made.post), ("Für", 26))
        self.assertEqual([one.id for one in media.list_media(parent=[26])], [made.id])

    def test_passes_refusals_on(self):
        files = log_in("manager", FilesApi)
        anonymous = TicketsApi(ApiClient(Configuration(host=SITE + "/wp-json")))
        refusals = [
            (lambda: files.download_ticket_file(42, 236), 404, "rest_file_missing"),
            (anonymous.list_tickets, 401, "rest_forbidden_context"),
            (lambda: log_in("carl").get_ticket("26"), 403, "rest_forbidden"),
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
            self.assertEqual((error.status, error.code), (status, code))
            self.assertEqual(error.data.data.status, status)
            self.assertEqual(error.message, error.data.message)
            self.assertTrue(str(error).startswith(f"{status} {code}: {error.message}"), str(error))

    def test_says_what_is_wrong_with_which_parameter(self):
        with self.assertRaises(ApiException) as refused:
            self.tickets.list_tickets(after="nothing")
        error = refused.exception
        self.assertEqual(list(error.params), ["after"])
        self.assertIn(error.params["after"], str(error))

    def test_reads_a_list_to_its_end(self):
        operation = self.tickets.list_tickets_with_http_info
        everything = self.tickets.list_tickets(orderby="id", order="asc", per_page=100)
        by_id = {"orderby": ListTicketsOrderby.ID, "order": Order.ASC}
        paged = all_pages(operation, **by_id, per_page=4)
        self.assertGreater(len(everything), 8)
        self.assertEqual(list(paged), everything)
        with self.assertRaises(ApiException):
            next(all_pages(operation, per_page=4, after="nothing"))

    def test_has_only_the_fields_that_were_asked_for(self):
        ticket = self.tickets.list_tickets(fields=["id", "title.raw"], per_page=1)[0]
        answered = {"id": ticket.id, "title": {"raw": ticket.title.raw}}
        self.assertEqual(ticket.to_dict(), answered)
        self.assertEqual(ticket.model_fields_set, set(answered))
        self.assertIsNone(ticket.ticket_tag)

    def test_reads_one_of_several_values_as_such(self):
        created = self.tickets.create_ticket(new_ticket())
        entry = log_in("manager", HistoryApi).list_ticket_history(created.id)[-1]
        self.assertIs(entry.type, TicketHistoryEntryType.TICKET_DOT_CREATED)

    def test_reads_values_of_later_versions(self):
        body = b'[{"type": "ticket.merged"}, {"type": "ticket.created"}]'
        with BusyServer(0, body) as (tickets, _):
            merged, created = HistoryApi(tickets.api_client).list_ticket_history(7)
        self.assertEqual((merged.type.name, merged.type.value), ("UNKNOWN", "ticket.merged"))
        self.assertEqual(merged.to_dict()["type"], "ticket.merged")
        self.assertIs(created.type, TicketHistoryEntryType.TICKET_DOT_CREATED)
        with BusyServer(0, b'[{"type": 7}]') as (tickets, _):
            with self.assertRaises(ValueError):
                HistoryApi(tickets.api_client).list_ticket_history(7)

    def test_calls_things_as_the_api_does(self):
        ticket = self.tickets.get_ticket(99)
        self.assertEqual(ticket.date, ticket.to_dict()["date"])


class BusyServer:
    """A server that is busy for some requests, and then answers the same to all of them. It hangs
    up without an answer where there is no body.
    """

    def __init__(self, busy, body=b"{}", headers=()):
        self.logins = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                outer.logins.append(self.headers["Authorization"])
                if body is None:
                    self.close_connection = True
                    return
                is_busy = len(outer.logins) <= busy
                self.send_response(503 if is_busy else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Retry-After", "0")
                for header in headers:
                    self.send_header(*header)
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_PUT = do_GET

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        site = f"http://127.0.0.1:{self.server.server_port}/"
        return TicketsApi(connect(site, "jané", "abcd EFGH 1234")), self.logins

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


class Patience(unittest.TestCase):
    def test_asks_a_busy_server_again(self):
        with BusyServer(3) as (tickets, logins):
            self.assertIsNone(tickets.get_ticket(7).id)
            self.assertEqual(logins, ["Basic amFuw6k6YWJjZCBFRkdIIDEyMzQ="] * 4)

    def test_tells_of_a_server_that_stays_busy(self):
        with BusyServer(9) as (tickets, logins):
            with self.assertRaises(ApiException) as refused:
                tickets.get_ticket(7)
            self.assertEqual((refused.exception.status, refused.exception.code), (503, None))
            self.assertEqual(len(logins), 4)

    def test_sends_again_what_writes_only_under_its_key(self):
        with BusyServer(1) as (tickets, logins):
            with self.assertRaises(ApiException):
                tickets.create_ticket(new_ticket())
            self.assertEqual(len(logins), 1)
        with BusyServer(1) as (tickets, logins):
            tickets.create_ticket(new_ticket(), idempotency_key="a")
            self.assertEqual(len(logins), 2)

    def test_sends_no_change_again_to_a_server_that_hangs_up(self):
        with BusyServer(0, body=None) as (tickets, logins):
            with self.assertRaises(HTTPError):
                tickets.put_ticket("7", changes=TicketUpdate(status="closed"))
            self.assertEqual(len(logins), 1)
            with self.assertRaises(HTTPError):
                tickets.get_ticket(7)
            self.assertEqual(len(logins), 1 + 4)


class Gateways(unittest.TestCase):
    """What comes of an answer on its way."""

    def test_reads_all_pages_whatever_the_case_of_their_number(self):
        for name in ["X-WP-TotalPages", "x-wp-totalpages", "X-Wp-Totalpages"]:
            with BusyServer(0, b'[{"id": 7}]', [(name, "2")]) as (tickets, logins):
                found = all_pages(tickets.list_tickets_with_http_info)
                self.assertEqual([ticket.id for ticket in found], [7, 7], name)
                self.assertEqual(len(logins), 2)

    def test_takes_no_list_for_complete_whose_pages_are_unknown(self):
        with BusyServer(0, b'[{"id": 7}]') as (tickets, _):
            with self.assertRaisesRegex(OpenApiException, "X-WP-TotalPages"):
                next(all_pages(tickets.list_tickets_with_http_info))

    def test_passes_on_refusals_that_are_not_of_the_server(self):
        for body in [b'{"message": {"text": "Busy"}, "code": 7}', b'{"message": 7, "code": ["a"]}']:
            with BusyServer(9, body) as (tickets, _):
                with self.assertRaises(ApiException) as refused:
                    tickets.get_ticket(7)
                error = refused.exception
                said = (error.status, error.code, error.message)
                self.assertEqual(said, (503, None, "Service Unavailable"))
                self.assertEqual(str(error), "503 Service Unavailable")


if __name__ == "__main__":
    unittest.main()
