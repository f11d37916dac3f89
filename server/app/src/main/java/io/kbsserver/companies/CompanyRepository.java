package io.kbsserver.companies;

import io.kbsserver.storage.Jdbc;
import jakarta.inject.Singleton;
import java.util.List;

/** Companies whose customers open tickets. */
@Singleton
public class CompanyRepository {

  private final Jdbc jdbc;

  CompanyRepository(Jdbc jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether there is a company with this id. */
  public boolean exists(long id) {
    return jdbc.number("SELECT COUNT(*) FROM company WHERE id = ? AND missing = FALSE", List.of(id))
        > 0;
  }
}
