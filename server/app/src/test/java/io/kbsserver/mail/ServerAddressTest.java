package io.kbsserver.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kbsserver.mail.ServerAddress.Protocol;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerAddressTest {

  @ParameterizedTest
  @CsvSource({
    "smtp://mail.example.com,smtp://mail.example.com:587",
    "smtps://mail.example.com/,smtps://mail.example.com:465",
    "SMTP://mail.example.com:25,smtp://mail.example.com:25",
    "smtp://[::1]:1025,smtp://[::1]:1025",
    "imap://mail.example.com,imap://mail.example.com:143",
    "imaps://mail.example.com,imaps://mail.example.com:993"
  })
  void theUsualPortNeedNotBeSaid(String written, String meant) {
    Protocol protocol = written.startsWith("imap") ? Protocol.IMAP : Protocol.SMTP;
    assertEquals(meant, ServerAddress.parse(protocol, written).toString());
  }

  /** Only there is talked in clear. */
  @ParameterizedTest
  @CsvSource({
    "localhost,true",
    "LOCALHOST,true",
    "127.0.0.1,true",
    "127.1.2.3,true",
    "[::1],true",
    "[0:0:0:0:0:0:0:1],true",
    "localhost.example.com,false",
    "127.0.0.1.example.com,false",
    "10.0.0.1,false",
    "[::2],false",
    "[fe80::1],false",
    "mail.example.com,false"
  })
  void whatIsOnThisMachineIsToldByItsAddress(String host, boolean isHere) {
    assertEquals(isHere, ServerAddress.parse(Protocol.SMTP, "smtp://" + host).isOnThisMachine());
  }
}
