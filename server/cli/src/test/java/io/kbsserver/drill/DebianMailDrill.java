package io.kbsserver.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kbsserver.cli.Main;
import io.kbsserver.http.NetworkAddress;
import io.kbsserver.testing.ChildProcess;
import io.kbsserver.testing.TestDatabase;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Customers and an agent write to each other by mail alone, through postfix and dovecot of Debian,
 * over connections that are made secure, while each of the two is away for a while. Each word is a
 * reply once and is mailed once, and dovecot shows each ticket as one thread in its order.
 *
 * <p>{@code -Ddrill.customers=20} says how many write.
 */
class DebianMailDrill {

  private static final int ROUNDS = 3;
  private static final long PATIENCE_SECONDS = 240;
  private static final long AWAY_SECONDS = 5;

  private static final String DESK = "desk@desk.example";

  /** Who has the login of the client as well. */
  private static final String AGENT = "drill@example.org";

  private final Map<String, Long> tickets = new HashMap<>();
  private DebianMail mail;
  private SafeClient client;

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void eachWordArrivesOnceAndInOrder() throws Exception {
    assumeTrue(DebianMail.isPossible(), "needs postfix and dovecot-imapd of Debian, and root");
    String host = NetworkAddress.any().orElse("");
    assumeTrue(!host.isEmpty(), "This machine has no network");
    int customers = Integer.getInteger("drill.customers", 20);
    Path folder = Files.createTempDirectory("debian-mail-drill");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    TestDatabase database = TestDatabase.get();
    List<String> addresses = new ArrayList<>(List.of(DESK, AGENT));
    for (int i = 0; i < customers; i++) {
      addresses.add(customer(i));
    }
    try (DebianMail debian = new DebianMail(folder, host, addresses)) {
      mail = debian;
      mail.startDovecot();
      mail.startPostfix();
      Path password = Files.writeString(folder.resolve("password"), DebianMail.PASSWORD);
      Map<String, String> environment =
          Map.ofEntries(
              Map.entry("KBS_DATABASE_URL", database.createSchema("debian_mail_drill")),
              Map.entry("KBS_DATABASE_USER", database.user()),
              Map.entry("KBS_DATABASE_PASSWORD", database.password()),
              Map.entry("KBS_SMTP_URL", mail.smtpUrl()),
              Map.entry("KBS_SMTP_USER", "desk"),
              Map.entry("KBS_SMTP_PASSWORD_FILE", password.toString()),
              Map.entry("KBS_IMAP_URL", mail.imapUrl()),
              Map.entry("KBS_IMAP_USER", "desk"),
              Map.entry("KBS_IMAP_PASSWORD_FILE", password.toString()),
              Map.entry("KBS_MAIL_MODE", "send"),
              Map.entry(
                  "JAVA_TOOL_OPTIONS",
                  "-Xmx256m -Dkbs.mail.settle=1s -Dkbs.mail.first-pause=1s"
                      + " -Dkbs.mail.outage-pause=1s -Dkbs.mail.in.polling=1s"
                      + " -Dkbs.mail.in.outage-pause=1s "
                      + mail.trusting()));
      String login = TicketWriters.newLogin(environment);
      command(environment, "settings set from_email " + DESK);
      try (DrillServer server = DrillServer.start(environment)) {
        client = new SafeClient(List.of(server.port()), login, 1);
        long began = System.nanoTime();
        talk(customers);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        String refused = refused(environment);
        check(customers);
        String report =
            String.format(
                Locale.ROOT,
                "%d s; %d tickets, %d words by mail, each a reply once; %d mails of ours, each once;"
                    + " %d threads in order, as dovecot tells; %d mails handed in by login and %d"
                    + " connections by TLS; refused: %s%n",
                seconds,
                customers,
                customers * (2 * ROUNDS - 1),
                customers * 2 * (ROUNDS + 1) + customers,
                2 * customers,
                count("sasl_username=desk"),
                count("TLS connection established from"),
                refused);
        System.out.print(report);
        Files.writeString(Path.of("target", "debian-mail-drill.txt"), report);
      } catch (AssertionError e) {
        System.out.println(mail.log());
        throw e;
      }
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    }
  }

  private static String customer(int number) {
    return "customer" + number + "@customers.example";
  }

  private static String command(Map<String, String> environment, String command)
      throws InterruptedException {
    try (ChildProcess process =
        ChildProcess.start(Main.class, ChildProcess.classPath(), environment, command.split(" "))) {
      assertEquals(0, process.exitCode(), process.errors());
      return process.output();
    }
  }

  private int count(String logged) throws Exception {
    return (int) mail.log().lines().filter(line -> line.contains(logged)).count();
  }

  /** A ticket of each customer, to which the agent replies, and the customer, in turn. */
  private void talk(int customers) throws Exception {
    for (int i = 0; i < customers; i++) {
      String address = customer(i);
      Map<String, Object> ticket =
          Map.of(
              "ticket_title",
              "Störung " + i + ": プリンターが動かない",
              "ticket_content",
              "Is it a thread?",
              "customer_email",
              address,
              "customer_first",
              "Some",
              "customer_last",
              "Body",
              "agent_id",
              AGENT);
      tickets.put(address, client.post("/tickets", ticket).get("id").asLong());
    }
    for (int round = 0; round < ROUNDS; round++) {
      String word = "Word " + round + " of ";
      if (round == 0) {
        for (long ticket : tickets.values()) {
          client.post("/replies/ticket/" + ticket, Map.of("reply_content", word + "the agent"));
        }
      } else {
        answerAll(AGENT, "reply_notice", round, word + "the agent");
        if (round == 1) {
          mail.stopPostfix();
          TimeUnit.SECONDS.sleep(AWAY_SECONDS);
          mail.startPostfix();
        }
        awaitReplies(2 * round + 1);
      }
      answerAll(null, "reply", round + 1, word + "the customer");
      if (round == 1) {
        mail.stopDovecot();
        TimeUnit.SECONDS.sleep(AWAY_SECONDS);
        mail.startDovecot();
      }
      awaitReplies(2 * round + 2);
    }
    awaitMails(AGENT, "reply_notice", ROUNDS);
    for (long ticket : tickets.values()) {
      client.post("/tickets/" + ticket, Map.of("status", "closed"));
    }
    awaitMails("closed", 1);
  }

  /** Each ticket's newest mail to the agent, or to its customer, is answered. */
  private void answerAll(String agent, String kind, int times, String word) throws Exception {
    for (Map.Entry<String, Long> ticket : tickets.entrySet()) {
      String from = agent == null ? ticket.getKey() : agent;
      awaitMails(from, ticket.getValue(), kind, times);
      try (DrillMailbox mailbox = new DrillMailbox(mail, from)) {
        List<MimeMessage> found = mailbox.about(ticket.getValue(), kind);
        mailbox.answer(found.get(found.size() - 1), word);
      }
    }
  }

  private void awaitMails(String kind, int times) throws Exception {
    for (Map.Entry<String, Long> ticket : tickets.entrySet()) {
      awaitMails(ticket.getKey(), ticket.getValue(), kind, times);
    }
  }

  private void awaitMails(String address, String kind, int times) throws Exception {
    for (long ticket : tickets.values()) {
      awaitMails(address, ticket, kind, times);
    }
  }

  private void awaitMails(String address, long ticket, String kind, int times) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (found(address, ticket, kind) < times) {
      assertTrue(
          System.nanoTime() < end,
          () -> "No " + kind + " " + times + " to " + address + " about " + ticket);
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private int found(String address, long ticket, String kind) throws Exception {
    try (DrillMailbox mailbox = new DrillMailbox(mail, address)) {
      return mailbox.about(ticket, kind).size();
    } catch (MessagingException e) {
      // There is no mailbox before the first mail.
      return 0;
    }
  }

  private void awaitReplies(int times) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    for (long ticket : tickets.values()) {
      while (replies(ticket).size() < times) {
        assertTrue(System.nanoTime() < end, () -> "Not " + times + " replies to " + ticket);
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }
  }

  private List<String> replies(long ticket) throws InterruptedException {
    List<String> texts = new ArrayList<>();
    for (JsonNode reply :
        client.get("/replies/ticket/" + ticket + "?orderby=id&order=asc&per_page=100")) {
      texts.add(reply.at("/content/rendered").asText().strip());
    }
    return texts;
  }

  /** What postfix says of an address that nobody has, as the list of failed mails has it. */
  private String refused(Map<String, String> environment) throws Exception {
    client.post(
        "/tickets",
        Map.of(
            "ticket_title", "To nobody",
            "ticket_content", "Is it refused?",
            "customer_email", "gone@customers.example",
            "customer_first", "No",
            "customer_last", "Body"));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    String listed = "";
    while (!listed.contains("gone@customers.example")) {
      assertTrue(System.nanoTime() < end, "It is not refused");
      listed = command(environment, "mail list --state failed --json");
    }
    JsonNode failed = SafeClient.json(listed);
    assertEquals(1, failed.size(), listed);
    return failed.get(0).get("reason").asText();
  }

  private void check(int customers) throws Exception {
    List<String> words = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      words.add("<p>Word " + round + " of the agent</p>");
      words.add("<p>Word " + round + " of the customer</p>");
    }
    for (long ticket : tickets.values()) {
      assertEquals(words, replies(ticket));
    }
    for (Map.Entry<String, Long> ticket : tickets.entrySet()) {
      try (DrillMailbox mailbox = new DrillMailbox(mail, ticket.getKey())) {
        List<List<MimeMessage>> threads = mailbox.threads();
        assertEquals(1, threads.size(), ticket::toString);
        List<String> kinds = kinds(threads.get(0), ticket.getValue());
        assertEquals(List.of("received", "reply", "reply", "reply", "closed"), kinds);
      }
    }
    try (DrillMailbox mailbox = new DrillMailbox(mail, AGENT)) {
      List<List<MimeMessage>> threads = mailbox.threads();
      Set<Long> about = new HashSet<>();
      for (List<MimeMessage> thread : threads) {
        long ticket = DrillMailbox.ticket(thread.get(0));
        assertTrue(about.add(ticket), () -> "Two threads about " + ticket);
        assertEquals(
            List.of("assigned", "reply_notice", "reply_notice", "reply_notice"),
            kinds(thread, ticket));
      }
      assertEquals(customers, about.size());
    }
    try (DrillMailbox desk = new DrillMailbox(mail, DESK)) {
      assertEquals(0, desk.count("INBOX"));
      assertEquals(customers * (2 * ROUNDS - 1), desk.count("KBS taken"));
      assertEquals(0, desk.count("KBS aside"));
    }
  }

  private static List<String> kinds(List<MimeMessage> thread, long ticket)
      throws MessagingException {
    List<String> kinds = new ArrayList<>();
    for (MimeMessage message : thread) {
      assertEquals(ticket, DrillMailbox.ticket(message));
      kinds.add(DrillMailbox.kind(message));
    }
    return kinds;
  }
}
