package io.kbsserver.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the page that documents the route shows is what scripts are copied from. */
class ShellScriptConsumerTest extends ConsumerTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  ShellScriptConsumerTest() {
    super("shell-scripts");
  }

  @Test
  void theDocumentedCurlClosesATicket() {
    conversation("the documented curl, which closes a ticket")
        .by("support_manager")
        .given("a ticket exists")
        .asks("POST", "/kbs/v1/tickets/${ticketId}")
        .sends("{\"status\":\"closed\"}", FORM)
        .isAnswered(200, ticket -> ticket.stringValue("status", "closed"))
        .when(api -> assertEquals("closed", new ShellScript(api.sender()).close(7)));
  }

  @Test
  void aFormBecomesATicket() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("ticket_title", "Backup of night 3 & 4 failed: 100 % full");
    fields.put("ticket_content", "No space left.\nHost: über-1");
    fields.put("customer_email", "ops@example.com");
    fields.put("customer_first", "Olga");
    fields.put("customer_last", "Ops");
    conversation("a ticket as curl sends forms")
        .by("support_manager")
        .asks("POST", "/kbs/v1/tickets")
        .sends(ShellScript.form(fields), FORM)
        .isAnswered(
            200,
            ticket -> {
              ticket.integerType("id", 7);
              ticket.object("title", title -> title.stringValue("raw", fields.get("ticket_title")));
              ticket.object(
                  "content", content -> content.stringValue("raw", fields.get("ticket_content")));
              ticket.object(
                  "ticket_data",
                  data -> {
                    data.stringValue("email", "ops@example.com");
                    data.object(
                        "user_info",
                        info -> {
                          info.stringValue("first_name", "Olga");
                          info.stringValue("last_name", "Ops");
                        });
                  });
            })
        .when(api -> assertEquals(7, new ShellScript(api.sender()).create(fields)));
  }
}
