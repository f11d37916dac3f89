package io.kbsserver.drill;

import io.kbsserver.testing.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Postfix and dovecot as Debian packs them, with a folder, ports and a certificate of their own:
 * postfix takes mail of who logs in, by STARTTLS alone, and puts it into mailboxes that dovecot
 * shows. Who has a mailbox is told at the beginning; all others are refused.
 */
final class DebianMail implements AutoCloseable {

  /** That of every mailbox. */
  static final String PASSWORD = "secret";

  private static final Path POSTFIX = Path.of("/usr/sbin/postfix");
  private static final Path DOVECOT = Path.of("/usr/sbin/dovecot");
  private static final Path IMAP = Path.of("/usr/lib/dovecot/imap");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The user and group {@code mail} of Debian, whose mailboxes are. */
  private static final int OWNER = 8;

  private final Path folder;
  private final String host;
  private final int submission;
  private final int delivery;
  private final int imap;
  private final int logins;
  private Process postfix;
  private Process dovecot;

  /**
   * Not started yet.
   *
   * @param host an address of this machine
   * @param addresses those that have a mailbox; what is before the {@code @} logs in to it
   */
  DebianMail(Path folder, String host, List<String> addresses)
      throws IOException, GeneralSecurityException {
    this.folder = folder;
    this.host = host;
    submission = DrillServer.freePort();
    delivery = DrillServer.freePort();
    imap = DrillServer.freePort();
    logins = DrillServer.freePort();
    for (String name : List.of("postfix", "queue", "data", "mail", "run", "state", "log")) {
      Files.createDirectory(folder.resolve(name));
    }
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2")
        .with("-subj", "/CN=drill", "-addext", "subjectAltName=IP:" + host)
        .with("-keyout", in("key.pem"), "-out", in("cert.pem"))
        .end();
    trusted();
    Files.writeString(folder.resolve("postfix/main.cf"), main());
    Files.writeString(folder.resolve("postfix/master.cf"), master());
    Files.writeString(folder.resolve("postfix/boxes"), boxes(addresses));
    Files.writeString(folder.resolve("dovecot.conf"), dovecot());
    run("chown", "postfix:", in("data")).end();
    run("chown", "mail:mail", in("mail")).end();
  }

  /** Whether this machine has what it needs. */
  static boolean isPossible() {
    return Files.exists(POSTFIX)
        && Files.exists(DOVECOT)
        && Files.exists(IMAP)
        && "root".equals(System.getProperty("user.name"));
  }

  String smtpUrl() {
    return "smtp://" + host + ":" + submission;
  }

  String imapUrl() {
    return "imap://" + host + ":" + imap;
  }

  String host() {
    return host;
  }

  int imapPort() {
    return imap;
  }

  /** Where mail servers of others hand in theirs. */
  int deliveryPort() {
    return delivery;
  }

  /** The options by which a JVM knows the certificate. */
  String trusting() {
    return "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
        .formatted(in("trust.p12"), PASSWORD);
  }

  /** What both have logged. */
  String log() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : List.of("log/mail.log", "log/dovecot.log", "log/start.log")) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  void startPostfix() throws IOException, InterruptedException {
    postfix = start("postfix", "-c", in("postfix"), "start-fg");
    awaitOpen(host, submission);
    awaitOpen("127.0.0.1", delivery);
  }

  void startDovecot() throws IOException, InterruptedException {
    dovecot = start("dovecot", "-F", "-c", in("dovecot.conf"));
    awaitOpen(host, imap);
  }

  void stopPostfix() throws InterruptedException {
    if (postfix.isAlive()) {
      run("postfix", "-c", in("postfix"), "stop").end();
      awaitEnd(postfix);
    }
  }

  void stopDovecot() throws InterruptedException {
    dovecot.destroy();
    awaitEnd(dovecot);
  }

  private static void awaitEnd(Process process) throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private Process start(String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log/start.log").toFile()))
        .start();
  }

  private void awaitOpen(String at, int port) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(at, port), 1000);
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw new AssertionError(log(), e);
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  private String in(String name) {
    return folder.resolve(name).toString();
  }

  /** A command that is put together. */
  private record Run(Path folder, List<String> command) {
    Run with(String... more) {
      List<String> all = new ArrayList<>(command);
      all.addAll(List.of(more));
      return new Run(folder, all);
    }

    void end() {
      Program ended = Program.run(folder, Map.of(), PATIENCE, command);
      if (!ended.succeeded()) {
        throw new AssertionError(command + ": " + ended.output());
      }
    }
  }

  private Run run(String... command) {
    return new Run(folder, List.of(command));
  }

  private void trusted() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream written = Files.newInputStream(folder.resolve("cert.pem"))) {
      Certificate certificate =
          CertificateFactory.getInstance("X.509").generateCertificate(written);
      store.setCertificateEntry("drill", certificate);
    }
    try (OutputStream out = Files.newOutputStream(folder.resolve("trust.p12"))) {
      store.store(out, PASSWORD.toCharArray());
    }
  }

  private String main() {
    return """
        compatibility_level = 3.6
        queue_directory = %1$s/queue
        data_directory = %1$s/data
        command_directory = /usr/sbin
        daemon_directory = /usr/lib/postfix/sbin
        mail_owner = postfix
        setgid_group = postdrop
        myhostname = mail.drill.example
        mydestination =
        mynetworks =
        inet_interfaces = %2$s, 127.0.0.1
        inet_protocols = ipv4
        alias_maps =
        alias_database =
        local_transport = error:nothing is local
        default_transport = error:nothing goes elsewhere
        relay_transport = error:nothing goes elsewhere
        virtual_mailbox_domains = desk.example, customers.example, example.org
        virtual_mailbox_base = %1$s/mail
        virtual_mailbox_maps = texthash:%1$s/postfix/boxes
        virtual_uid_maps = static:%3$d
        virtual_gid_maps = static:%3$d
        virtual_minimum_uid = 1
        smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
        smtpd_tls_cert_file = %1$s/cert.pem
        smtpd_tls_key_file = %1$s/key.pem
        smtpd_tls_loglevel = 1
        smtpd_sasl_type = dovecot
        smtpd_sasl_path = inet:127.0.0.1:%4$d
        smtpd_client_connection_count_limit = 0
        smtpd_peername_lookup = no
        smtputf8_enable = yes
        maillog_file_prefixes = %1$s
        maillog_file = %1$s/log/mail.log
        """
        .formatted(folder, host, OWNER, logins);
  }

  private String master() {
    return """
        %s:%d inet n - n - - smtpd
          -o smtpd_tls_security_level=encrypt -o smtpd_tls_auth_only=yes
          -o smtpd_sasl_auth_enable=yes
          -o smtpd_client_restrictions=permit_sasl_authenticated,reject
        127.0.0.1:%d inet n - n - - smtpd -o smtpd_tls_security_level=none
        pickup unix n - n 60 1 pickup
        cleanup unix n - n - 0 cleanup
        qmgr unix n - n 300 1 qmgr
        tlsmgr unix - - n 1000? 1 tlsmgr
        rewrite unix - - n - - trivial-rewrite
        bounce unix - - n - 0 bounce
        defer unix - - n - 0 bounce
        trace unix - - n - 0 bounce
        proxymap unix - - n - - proxymap
        error unix - - n - - error
        retry unix - - n - - error
        virtual unix - n n - - virtual
        anvil unix - - n - 1 anvil
        postlog unix-dgram n - n - 1 postlogd
        """
        .formatted(host, submission, delivery);
  }

  private static String boxes(List<String> addresses) {
    return addresses.stream()
        .map(address -> address + " " + address.substring(0, address.indexOf('@')) + "/\n")
        .collect(Collectors.joining());
  }

  private String dovecot() {
    return """
        base_dir = %1$s/run
        state_dir = %1$s/state
        log_path = %1$s/log/dovecot.log
        protocols = imap
        listen = %2$s
        ssl = required
        ssl_cert = <%1$s/cert.pem
        ssl_key = <%1$s/key.pem
        disable_plaintext_auth = yes
        auth_mechanisms = plain login
        mail_location = maildir:%1$s/mail/%%n
        first_valid_uid = 1
        mail_max_userip_connections = 100
        passdb {
          driver = static
          args = password=%5$s
        }
        userdb {
          driver = static
          args = uid=%3$d gid=%3$d home=%1$s/mail/%%n
        }
        service imap-login {
          inet_listener imap {
            port = %6$d
          }
          inet_listener imaps {
            port = 0
          }
        }
        service auth {
          inet_listener {
            address = 127.0.0.1
            port = %4$d
          }
        }
        service stats {
          process_limit = 1
        }
        """
        .formatted(folder, host, OWNER, logins, PASSWORD, imap);
  }

  @Override
  public void close() {
    try {
      if (postfix != null) {
        stopPostfix();
      }
      if (dovecot != null) {
        stopDovecot();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
