"""What the Python client does against the real server."""

import os

from openapi_client import (
    ApiClient,
    ApiException,
    Configuration,
    DiscoveryApi,
    FilesApi,
    MediaApi,
    TicketCreate,
    TicketsApi,
    TicketUpdate,
)


def expect(actual, expected):
    assert actual == expected, f"{actual!r} and not {expected!r}"


site = ApiClient(
    Configuration(
        host=os.environ["KBS_SITE_URL"] + "/wp-json",
        username=os.environ["KBS_LOGIN"],
        password=os.environ["KBS_PASSWORD"],
    )
)
tickets = TicketsApi(site)
agent = os.environ["KBS_AGENT"]
other = int(os.environ["KBS_TICKET"])

expect(DiscoveryApi(site).get_index().namespaces, ["kbs/v1", "wp/v2"])
expect(len(tickets.describe_tickets().endpoints), 2)

created = tickets.create_ticket(
    TicketCreate(
        ticket_title="Für Python",
        ticket_content="It is on fire.",
        customer_email="nina@example.com",
        customer_first="Nina",
        customer_last="Newman",
        agent_id=agent,
    )
)
expect(created.title.raw, "Für Python")
expect(str(created.ticket_data.agent), agent)
expect(len(created.links.var_self), 1)

page = tickets.list_tickets_with_http_info(
    include=[created.id, other], order="asc", per_page=1, page=2
)
expect([ticket.id for ticket in page.data], [max(created.id, other)])
expect((page.headers["X-WP-Total"], page.headers["X-WP-TotalPages"]), ("2", "2"))

changes = TicketUpdate(status="closed", agent=os.environ["KBS_OTHER_AGENT"])
updated = tickets.update_ticket(str(created.id), ticket_update=changes)
expect(updated.status, "closed")
expect(str(updated.ticket_data.agent) == agent, False)

seen = tickets.get_ticket(str(created.id), embed=["agent"])
expect(len(seen.embedded["agent"]), 1)

content = FilesApi(site).download_ticket_file(other, int(os.environ["KBS_FILE"]))
expect(bytes(content), b"It is on fire.")

attached = MediaApi(site).upload_media(
    bytes(content), post=other, content_disposition='attachment; filename="fire.txt"'
)
expect(attached.title.rendered, "fire")
expect(attached.post, other)

try:
    tickets.get_ticket("999999")
    raise AssertionError("There is a ticket 999999")
except ApiException as refused:
    expect(refused.status, 404)
    expect(refused.data.code, "rest_post_invalid_id")
