package io.kbsserver.replies;

import static io.kbsserver.api.OperationId.CREATE_REPLY;

import io.kbsserver.access.Caller;
import io.kbsserver.api.OperationId;
import io.kbsserver.rest.login.ObjectRule;
import jakarta.inject.Singleton;

/** Customers see tickets that they may not reply to: those of their colleagues. */
@Singleton
public class ReplyPermission implements ObjectRule {

  private final ReplyService service;

  ReplyPermission(ReplyService service) {
    this.service = service;
  }

  @Override
  public OperationId operation() {
    return CREATE_REPLY;
  }

  @Override
  public boolean permits(long id, Caller caller) {
    return service.mayReply(id, caller);
  }
}
