/** Clients that exist for WordPress, run as they are published against the real server. */
package io.kbsserver.clients;
