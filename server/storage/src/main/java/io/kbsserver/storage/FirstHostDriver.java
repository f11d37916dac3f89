package io.kbsserver.storage;

import com.mysql.cj.jdbc.NonRegisteringDriver;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to the first of several hosts that answers, and stays there.
 *
 * <p>The driver's own connection to several hosts leads who waits on one that has broken to all the
 * others before it says so, each for as long as connecting may take, and nobody can end that. Of
 * these connections each knows one host: when it breaks, that is told at once.
 */
public final class FirstHostDriver extends NonRegisteringDriver {
  private static final Logger LOG = LoggerFactory.getLogger(FirstHostDriver.class);

  /** Whatever begins so says that there is no connection. */
  private static final String NO_CONNECTION = "08";

  /** For the pool, which makes it by its name. */
  public FirstHostDriver() throws SQLException {
    super();
  }

  @Override
  public @Nullable Connection connect(String url, Properties properties) throws SQLException {
    List<ConnectionUrl> hosts = ConnectionUrl.parse(url).each();
    for (ConnectionUrl host : hosts.subList(0, hosts.size() - 1)) {
      try {
        return super.connect(host.jdbc(), properties);
      } catch (SQLException e) {
        if (e.getSQLState() == null || !e.getSQLState().startsWith(NO_CONNECTION)) {
          throw e;
        }
        LOG.debug("The next host is tried, since {} does not answer", host.server());
      }
    }
    return super.connect(hosts.get(hosts.size() - 1).jdbc(), properties);
  }

  /** The same for one who makes a connection without a pool. */
  static Connection connect(ConnectionUrl url, @Nullable String user, @Nullable String password)
      throws SQLException {
    Properties properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    Connection connection = new FirstHostDriver().connect(url.jdbc(), properties);
    if (connection == null) {
      throw new SQLException("No URL of the driver's", NO_CONNECTION + "001");
    }
    return connection;
  }
}
