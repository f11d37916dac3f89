// What the Kotlin client does against the real server.

import org.openapitools.client.apis.DiscoveryApi
import org.openapitools.client.apis.FilesApi
import org.openapitools.client.apis.MediaApi
import org.openapitools.client.apis.TicketsApi
import org.openapitools.client.infrastructure.ApiClient
import org.openapitools.client.infrastructure.ClientError
import org.openapitools.client.infrastructure.ClientException
import org.openapitools.client.models.TicketCreate
import org.openapitools.client.models.TicketUpdate

fun main() {
    val root = System.getenv("KBS_SITE_URL") + "/wp-json"
    ApiClient.username = System.getenv("KBS_LOGIN")
    ApiClient.password = System.getenv("KBS_PASSWORD")
    val tickets = TicketsApi(root)
    val agent = System.getenv("KBS_AGENT")

    expect(DiscoveryApi(root).getIndex().namespaces, listOf("kbs/v1", "wp/v2"))
    expect(tickets.describeTickets().endpoints.size, 2)

    val created = tickets.createTicket(
        TicketCreate(
            ticketTitle = "Für Kotlin",
            ticketContent = "It is on fire.",
            customerEmail = "nina@example.com",
            customerFirst = "Nina",
            customerLast = "Newman",
            agentId = agent,
        ),
    )
    expect(created.title.raw, "Für Kotlin")
    expect(created.ticketData.agent.toString(), agent)
    expect(created.links.self.size, 1)

    val ticket = System.getenv("KBS_TICKET").toLong()
    val page = tickets.listTickets(
        page = 2,
        perPage = 1,
        include = listOf(created.id, ticket),
        status = listOf("new", "open"),
    )
    expect(page.size, 1)

    val changes = TicketUpdate(status = "closed", agent = System.getenv("KBS_OTHER_AGENT"))
    val updated = tickets.updateTicket(created.id.toString(), ticketUpdate = changes)
    expect(updated.status, "closed")
    expect(updated.ticketData.agent.toString() == agent, false)

    val seen = tickets.getTicket(created.id.toString(), embed = listOf("agent"))
    expect(seen.embedded!!["agent"]!!.size, 1)

    val file = FilesApi(root).downloadTicketFile(
        ticket,
        System.getenv("KBS_FILE").toLong(),
    )
    expect(file.readText(), "It is on fire.")

    val attached = MediaApi(root).uploadMedia(file, ticket, "attachment; filename=\"fire.txt\"")
    expect(attached.title.rendered, "fire")
    expect(attached.post, ticket)

    try {
        tickets.listTickets(perPage = 1000)
        throw IllegalStateException("There are pages of 1000")
    } catch (refused: ClientException) {
        expect(refused.statusCode, 400)
        val body = (refused.response as ClientError<*>).body.toString()
        expect(body.contains("rest_invalid_param"), true)
    }
}

fun expect(actual: Any?, expected: Any?) {
    check(actual == expected) { "$actual and not $expected" }
}
