package io.kbsserver.mail.incoming;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is concluded from headers; a bar is the end of a field. */
class MailHeadTest {

  private static MailHead head(String fields) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    Arrays.stream(fields.split("\\|"))
        .map(field -> field.split(":", 2))
        .forEach(
            field ->
                all.computeIfAbsent(field[0].strip().toLowerCase(), any -> new ArrayList<>())
                    .add(field[1].strip()));
    return new MailHead(all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "From: a@example.org; a@example.org",
        "From: \"Doe, Jane\" <a@example.org>; a@example.org",
        "From: \"victim@example.org\" <a@example.org>; a@example.org",
        "From: a@example.org, b@example.org; ''",
        "From: a@example.org|From: b@example.org; ''",
        "From: undisclosed:; ''",
        "From: nobody at all; ''",
        "Subject: none; ''"
      })
  void aMailIsFromOneAddress(String fields, String sender) {
    assertEquals(sender, head(fields).sender().orElse(""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Subject: a; false",
        "Auto-Submitted: no; false",
        "Auto-Submitted: auto-replied; true",
        "Auto-Submitted: auto-generated (vacation); true",
        "Precedence: bulk; true",
        "Precedence: Junk; true",
        "Precedence: list; true",
        "Precedence: normal; false",
        "Return-Path: <>; true",
        "Return-Path: <a@example.org>; false",
        "X-Auto-Response-Suppress: OOF; true",
        "X-Auto-Response-Suppress: None; false",
        "List-Id: <news.example.org>; true",
        "X-Autoreply: yes; true",
        "X-Failed-Recipients: a@example.org; true",
        "Content-Type: multipart/report; true"
      })
  void whatProgramsWriteIsKnown(String fields, boolean isAutomatic) {
    assertEquals(isAutomatic, Automatic.sign(head(fields), "a@example.org").isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "MAILER-DAEMON@example.org,true",
    "postmaster@example.org,true",
    "c@example.org,false"
  })
  void mailServersAreKnown(String sender, boolean isAutomatic) {
    assertEquals(isAutomatic, Automatic.sign(head("Subject: a"), sender).isPresent());
  }

  /** A semicolon of the header is a tilde here. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Authentication-Results: mx.example.org~ dmarc=pass header.from=a.example; true",
        "Authentication-Results: MX.example.org 1~ spf=pass~ dkim=pass~ DMARC = pass (p=none); true",
        "Authentication-Results: mx.example.org~ dmarc=pass header.from=b.example; false",
        "Authentication-Results: mx.example.org~ dmarc=fail; false",
        "Authentication-Results: mx.example.org~ spf=pass; false",
        "Authentication-Results: mx.example.org~ dmarc=passed; false",
        "Authentication-Results: other.example.org~ dmarc=pass; false",
        "Subject: a; false",
        // The topmost is the server's; what is below may have come with the mail.
        "Authentication-Results: mx.example.org~ dmarc=fail|Authentication-Results: mx.example.org~ dmarc=pass; false",
        "Authentication-Results: mx.example.org~ spf=pass|Authentication-Results: mx.example.org~ dmarc=pass; false",
        "Authentication-Results: other~ dmarc=fail|Authentication-Results: mx.example.org~ dmarc=pass; true",
        // In comments and quoted strings stands what the sender likes.
        "Authentication-Results: mx.example.org (~ dmarc=pass )~ dmarc=fail; false",
        "Authentication-Results: mx.example.org~ spf=fail smtp.mailfrom=\"x~ dmarc=pass ~\"; false",
        "Authentication-Results: mx.example.org~ spf=fail (a\\) ~ dmarc=pass ~); false"
      })
  void onlyTheOperatorsMailServerIsBelieved(String fields, boolean hasPassed) {
    assertEquals(
        hasPassed,
        Authentication.hasPassed(
            head(fields.replace('~', ';')), "mx.example.org", "ann@a.example"));
  }
}
