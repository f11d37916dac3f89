// What the Go client does against the real server.
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"

	kbs "github.com/GIT_USER_ID/GIT_REPO_ID"
)

func main() {
	configuration := kbs.NewConfiguration()
	configuration.Servers = kbs.ServerConfigurations{{URL: os.Getenv("KBS_SITE_URL") + "/wp-json"}}
	client := kbs.NewAPIClient(configuration)
	login := kbs.BasicAuth{UserName: os.Getenv("KBS_LOGIN"), Password: os.Getenv("KBS_PASSWORD")}
	ctx := context.WithValue(context.Background(), kbs.ContextBasicAuth, login)
	agent := os.Getenv("KBS_AGENT")

	index, _, err := client.DiscoveryAPI.GetIndex(ctx).Execute()
	check(err)
	expect(index.Namespaces[0], "kbs/v1")
	route, _, err := client.TicketsAPI.DescribeTickets(ctx).Execute()
	check(err)
	expect(len(route.Endpoints), 2)

	ticket := kbs.NewTicketCreate("Für Go", "It is on fire.", "nina@example.com", "Nina", "Newman")
	ticket.SetAgentId(agent)
	created, _, err := client.TicketsAPI.CreateTicket(ctx).TicketCreate(*ticket).Execute()
	check(err)
	expect(created.Title.Raw, "Für Go")
	expect(fmt.Sprint(created.TicketData.Agent), agent)
	expect(len(created.Links.Self), 1)

	of, _ := strconv.ParseInt(os.Getenv("KBS_TICKET"), 10, 64)
	tickets, response, err := client.TicketsAPI.ListTickets(ctx).
		Include([]int64{created.GetId(), of}).Status([]string{"new", "open"}).PerPage(1).Page(2).Execute()
	check(err)
	expect(len(tickets), 1)
	expect(response.Header.Get("X-WP-Total"), "2")
	expect(response.Header.Get("X-WP-TotalPages"), "2")

	changes := kbs.NewTicketUpdate()
	changes.SetStatus("closed")
	changes.SetAgent(os.Getenv("KBS_OTHER_AGENT"))
	updated, _, err := client.TicketsAPI.
		UpdateTicket(ctx, fmt.Sprint(created.GetId())).TicketUpdate(*changes).Execute()
	check(err)
	expect(updated.Status, "closed")
	expect(updated.TicketData.ResolvedDate.IsSet(), true)
	if fmt.Sprint(updated.TicketData.Agent) == agent {
		panic("The agent is the same")
	}

	seen, _, err := client.TicketsAPI.GetTicket(ctx, fmt.Sprint(created.GetId())).
		Embed([]string{"agent"}).Execute()
	check(err)
	expect(len(seen.GetEmbedded()["agent"]), 1)

	id, _ := strconv.ParseInt(os.Getenv("KBS_FILE"), 10, 64)
	file, _, err := client.FilesAPI.DownloadTicketFile(ctx, of, id).Execute()
	check(err)
	content, err := os.ReadFile((*file).Name())
	check(err)
	expect(string(content), "It is on fire.")

	named := "attachment; filename=\"fire.txt\""
	(*file).Close()
	file, err = os.Open((*file).Name())
	check(err)
	attached, _, err := client.MediaAPI.UploadMedia(ctx).Body(file).Post(of).ContentDisposition(named).Execute()
	check(err)
	expect(attached.Title.Rendered, "fire")
	expect(attached.GetPost(), of)

	_, _, err = client.TicketsAPI.ListTickets(ctx).PerPage(1000).Execute()
	refused := err.(*kbs.GenericOpenAPIError).Model().(kbs.ErrorEnvelope)
	expect(refused.Code, "rest_invalid_param")
	expect(len(refused.Data.GetParams()), 1)
}

func check(err error) {
	if err != nil {
		if refused, ok := err.(*kbs.GenericOpenAPIError); ok {
			fmt.Println(string(refused.Body()))
		}
		panic(err)
	}
}

func expect[T comparable](actual, expected T) {
	if actual != expected {
		panic(fmt.Sprintf("%v and not %v", actual, expected))
	}
}
