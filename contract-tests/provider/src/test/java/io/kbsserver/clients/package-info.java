/**
 * Clients run against the real server: those that exist for WordPress as they are published, and
 * the SDKs as they are generated.
 */
package io.kbsserver.clients;
