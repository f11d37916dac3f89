package io.kbsserver.tickets;

import io.micronaut.data.annotation.Embeddable;
import io.micronaut.data.annotation.EmbeddedId;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.MappedProperty;

/** An additional agent of a ticket, in the order in which they were named. */
@MappedEntity
record TicketAgent(@EmbeddedId Key key, int position) {

  /** Of which ticket, and who. */
  @Embeddable
  record Key(@MappedProperty("ticket_id") long ticketId, @MappedProperty("user_id") long userId) {}
}
