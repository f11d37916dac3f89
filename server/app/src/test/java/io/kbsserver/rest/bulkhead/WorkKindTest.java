package io.kbsserver.rest.bulkhead;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kbsserver.contract.Contract;
import io.kbsserver.contract.Operation;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which reads take the places of searches. */
class WorkKindTest {

  @ParameterizedTest
  @CsvSource({
    "listTerms, orderby, name, READ",
    "listTerms, orderby, count, SEARCH",
    "listTerms, orderby, description, SEARCH",
    "listTerms, search, print, SEARCH",
    "listTickets, orderby, date, READ",
    "listTickets, offset, -20000, SEARCH",
    "createTicket, orderby, count, WRITE"
  })
  void whatLooksAtMuchIsASearch(String id, String parameter, String value, WorkKind kind) {
    Operation operation =
        Contract.packaged().operations().stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow();
    assertEquals(kind, WorkKind.of(operation, Map.of(parameter, value)));
  }
}
