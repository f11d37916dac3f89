package io.kbsserver.consumers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kbsserver.client.ApiException;
import io.kbsserver.client.ApiResponse;
import io.kbsserver.client.TicketsApi;
import io.kbsserver.client.TicketsApi.APICreateTicketRequest;
import io.kbsserver.client.model.Endpoint;
import io.kbsserver.client.model.Ticket;
import io.kbsserver.client.model.TicketCreate;
import java.util.Set;
import java.util.stream.Collectors;

/** A form on a website: whoever fills it in gets a ticket number, or is told what to mend. */
final class IntakeForm {

  private final TicketsApi tickets;

  IntakeForm(Api api) {
    tickets = api.tickets();
  }

  /** What is shown after the form was sent. */
  record Receipt(long id, String number, String status, String address) {}

  Receipt submit(TicketCreate ticket) throws ApiException {
    ApiResponse<Ticket> answer =
        tickets.createTicketWithHttpInfo(
            APICreateTicketRequest.newBuilder().ticket(ticket).build());
    Ticket created = answer.getData();
    return new Receipt(
        created.getId(),
        created.getTicketData().getNumber(),
        created.getStatus(),
        answer.getHeaders().get("location").get(0));
  }

  /** The fields that have to be filled in. */
  Set<String> requiredFields() throws ApiException {
    Endpoint creation =
        tickets.describeTickets().getEndpoints().stream()
            .filter(endpoint -> endpoint.getMethods().contains("POST"))
            .findFirst()
            .orElseThrow();
    JsonNode fields = new ObjectMapper().valueToTree(creation.getArgs());
    return fields.properties().stream()
        .filter(field -> field.getValue().path("required").asBoolean())
        .map(field -> field.getKey())
        .collect(Collectors.toSet());
  }
}
