package io.kbsserver.mock;

import io.kbsserver.access.Caller;
import io.kbsserver.api.OperationId;
import io.kbsserver.replies.ReplyPermission;
import io.kbsserver.rest.login.ObjectRule;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/** Whoever it is may reply to whatever ticket it is: the mock has no database to ask. */
@Singleton
@Replaces(ReplyPermission.class)
@Requires(beans = MockMode.class)
class MockReplyPermission implements ObjectRule {

  @Override
  public OperationId operation() {
    return OperationId.CREATE_REPLY;
  }

  @Override
  public boolean permits(long id, Caller caller) {
    return true;
  }
}
