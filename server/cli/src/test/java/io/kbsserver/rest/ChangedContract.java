package io.kbsserver.rest;

import io.kbsserver.contract.Contract;
import io.kbsserver.contract.ContractFile;
import io.kbsserver.rest.routing.PackagedContract;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/** The contract of a server that a test gives another one than the packaged. */
@Factory
@Requires(property = ChangedContract.TEXT)
public class ChangedContract {

  /** The property that holds the whole file. */
  public static final String TEXT = "kbs-test.contract";

  /** The packaged file. */
  public static String packaged() {
    return new String(ContractFile.packaged(), StandardCharsets.UTF_8);
  }

  @Singleton
  @Replaces(value = Contract.class, factory = PackagedContract.class)
  Contract contract(@Property(name = TEXT) String text) {
    return new Contract(text.getBytes(StandardCharsets.UTF_8));
  }
}
