/**
 * Clients run against the real server: those that exist for WordPress as they are published, the
 * SDKs as they are generated, and the programs that the guides show.
 */
package io.kbsserver.clients;
