package io.kbsserver.access;

import io.kbsserver.site.Setting;
import io.kbsserver.site.Site;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request, and what follows from it.
 *
 * @param userId WordPress user id
 * @param login user name
 * @param email e-mail address of the login
 * @param roles WordPress roles
 * @param customerIds the KBS customers that belong to this login
 * @param companyIds the companies of those customers
 */
public record Caller(
    long userId,
    String login,
    String email,
    Set<String> roles,
    List<Long> customerIds,
    List<Long> companyIds) {

  /** The same login as one that may do nothing and sees nothing. */
  public Caller withoutRights() {
    return new Caller(userId, login, "", Set.of(), List.of(), List.of());
  }

  /** Whether this login works on tickets. */
  public boolean isAgent(Site site) {
    return (roles.contains(Role.SUPPORT_AGENT) && !isKeptFromTickets(site)) || isTicketAdmin(site);
  }

  /** Whether this login sees every ticket, however agents are restricted. */
  public boolean isTicketAdmin(Site site) {
    return (roles.contains(Role.SUPPORT_MANAGER) || roles.contains(Role.ADMINISTRATOR))
        && !isKeptFromTickets(site);
  }

  /** As in the plugin: without the setting an administrator is no agent, whatever else besides. */
  private boolean isKeptFromTickets(Site site) {
    return roles.contains(Role.ADMINISTRATOR) && !site.get(Setting.ADMIN_AGENTS);
  }

  /** Whether this login runs the help desk or the site, whether it works on tickets or not. */
  public boolean isManager() {
    return roles.contains(Role.SUPPORT_MANAGER) || roles.contains(Role.ADMINISTRATOR);
  }

  /** Whether this login may know who the customers are. */
  public boolean knowsCustomers(Site site) {
    return isAgent(site) || isManager();
  }

  /** Whether this login may know who this customer is; null where there is none. */
  public boolean knowsCustomer(@Nullable Long customerId, Site site) {
    return knowsCustomers(site) || (customerId != null && customerIds.contains(customerId));
  }

  /** Whether this login has the capability to edit tickets, whichever it may see. */
  public boolean mayEditTickets() {
    return roles.contains(Role.SUPPORT_AGENT)
        || roles.contains(Role.SUPPORT_MANAGER)
        || roles.contains(Role.ADMINISTRATOR)
        || roles.contains(Role.EDIT_TICKETS);
  }

  /** Whether this login may reply to tickets: to those that it sees, or only to its own. */
  public boolean mayReply(Site site) {
    return isAgent(site) || (site.get(Setting.CUSTOMERS_MAY_REPLY) && !customerIds.isEmpty());
  }

  /** Whether this login may know all users of the site, and all that is known of them. */
  public boolean mayListUsers() {
    return roles.contains(Role.ADMINISTRATOR);
  }

  /** Whether this login may know and manage what belongs to a user alone. */
  public boolean mayEditUser(long id) {
    return id == userId || roles.contains(Role.ADMINISTRATOR);
  }

  /** Whether this login may edit what others have uploaded. */
  public boolean mayEditMedia() {
    return roles.contains(Role.ADMINISTRATOR)
        || roles.contains(Role.EDITOR)
        || roles.contains(Role.SUPPORT_MANAGER);
  }

  /** Whether this login writes on the site, tickets or anything else. */
  public boolean mayWrite() {
    return mayEditTickets() || roles.contains(Role.EDITOR);
  }

  /** Whether HTML of this login is stored as it comes. */
  public boolean mayPublishUnfilteredHtml() {
    return roles.contains(Role.UNFILTERED_HTML)
        || (!roles.contains(Role.NO_UNFILTERED_HTML)
            && Role.OF_UNFILTERED_HTML.stream().anyMatch(roles::contains));
  }
}
