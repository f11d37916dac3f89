package io.kbsserver.consumers;

import io.kbsserver.client.AgentsApi;
import io.kbsserver.client.ApiClient;
import io.kbsserver.client.ApplicationPasswordsApi;
import io.kbsserver.client.ArticlesApi;
import io.kbsserver.client.BatchesApi;
import io.kbsserver.client.ChangesApi;
import io.kbsserver.client.CompaniesApi;
import io.kbsserver.client.CustomersApi;
import io.kbsserver.client.DiscoveryApi;
import io.kbsserver.client.FilesApi;
import io.kbsserver.client.FormsApi;
import io.kbsserver.client.HistoryApi;
import io.kbsserver.client.MediaApi;
import io.kbsserver.client.NotesApi;
import io.kbsserver.client.RepliesApi;
import io.kbsserver.client.TermsApi;
import io.kbsserver.client.TicketsApi;
import io.kbsserver.client.UsersApi;
import io.kbsserver.client.WebhooksApi;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.function.Consumer;

/** The SDK, as one login of one site. */
record Api(
    TicketsApi tickets,
    NotesApi notes,
    HistoryApi history,
    ChangesApi changes,
    RepliesApi replies,
    CustomersApi customers,
    CompaniesApi companies,
    AgentsApi agents,
    UsersApi users,
    ApplicationPasswordsApi passwords,
    FormsApi forms,
    ArticlesApi articles,
    TermsApi terms,
    DiscoveryApi discovery,
    FilesApi files,
    MediaApi media,
    BatchesApi batches,
    WebhooksApi webhooks,
    FormSender sender) {

  /** Makes one; whatever is to be said with every request is added by the last argument. */
  static Api at(String site, Consumer<HttpRequest.Builder> always) {
    ApiClient client = new ApiClient();
    client.updateBaseUri(site + "/wp-json");
    client.setRequestInterceptor(always);
    return new Api(
        new TicketsApi(client),
        new NotesApi(client),
        new HistoryApi(client),
        new ChangesApi(client),
        new RepliesApi(client),
        new CustomersApi(client),
        new CompaniesApi(client),
        new AgentsApi(client),
        new UsersApi(client),
        new ApplicationPasswordsApi(client),
        new FormsApi(client),
        new ArticlesApi(client),
        new TermsApi(client),
        new DiscoveryApi(client),
        new FilesApi(client),
        new MediaApi(client),
        new BatchesApi(client),
        new WebhooksApi(client),
        new FormSender(site + "/wp-json", always));
  }

  /** Adds one more parameter to the address of a request. */
  static void ask(HttpRequest.Builder request, String parameter) {
    URI address = request.build().uri();
    String separator = address.getQuery() == null ? "?" : "&";
    request.uri(URI.create(address + separator + parameter));
  }
}
