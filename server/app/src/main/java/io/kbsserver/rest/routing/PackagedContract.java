package io.kbsserver.rest.routing;

import io.kbsserver.contract.Contract;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** The contract that the server holds itself to. */
@Factory
public class PackagedContract {

  @Singleton
  Contract contract() {
    return Contract.packaged();
  }
}
