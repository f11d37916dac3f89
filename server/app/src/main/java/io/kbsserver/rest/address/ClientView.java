package io.kbsserver.rest.address;

/**
 * A request as the client sees it, on the other side of all proxies.
 *
 * @param named whether it names a server at all
 * @param site the address that it was sent to, but for the path; without an origin where no server
 *     is named
 * @param client the address that it came from
 */
public record ClientView(boolean named, PublicUrl site, String client) {}
