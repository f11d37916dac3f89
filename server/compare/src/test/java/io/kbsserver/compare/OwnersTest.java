package io.kbsserver.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tickets can all be one customer's to see. */
class OwnersTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "carl    | 3 0 c@x -            | true",
        "carl    | 0 0 c@x -            | false",
        "carl    | 3 0 c@x -; 3 5 d@x - | true",
        "carl    | 3 0 c@x -; 4 0 d@x - | false",
        "carl    | 3 5 c@x -; 4 5 d@x - | true",
        "carl    | 3 5 c@x -; 4 6 d@x - | false",
        "carl    | 4 5 d@x -; 6 5 e@x - | true",
        "carl    | 3 0 c@x -; 4 0 d@x C@x | true",
        "carl    | 3 0 c@x -; 4 0 d@x e@x | false",
        "carl    | 4 0 d@x c@x; 6 0 e@x c@x | true",
        "c@x     | 4 0 d@x c@x; 6 0 e@x c@x | true",
        "c@x     | 4 0 d@x b@x; 6 0 e@x b@x | false",
        "C@x     | 4 5 d@x -; 6 0 e@x c@x | true",
        "carl    | 3 5 c@x -; 4 5 d@x -; 6 0 e@x c@x | true",
        "carl    | 3 5 c@x -; 4 5 d@x -; 6 0 e@x d@x | true",
        "carl    | 3 5 c@x -; 4 5 d@x -; 6 0 e@x - | false",
        "carl    | 3 0 c@x -; 4 5 d@x -; 6 0 e@x f@x | false"
      })
  void ticketsAreOfOneCustomer(String login, String tickets, boolean expected) throws IOException {
    Owners owners = new Owners(login);
    boolean fit = true;
    for (String ticket : tickets.split("; ")) {
      fit &= owners.fits(ticket(ticket.split(" ")));
    }
    assertEquals(expected, fit);
  }

  private static JsonNode ticket(String... words) throws IOException {
    return JSON.readTree(
        """
        {"id":1,"ticket_data":{"customer":%s,"company":%s,"email":"%s","participants":["%s"]}}
        """
            .formatted((Object[]) words)
            .replace("[\"-\"]", "[]"));
  }
}
