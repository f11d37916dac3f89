/**
 * The OpenAPI file as the programs of this house read it while they run: operations, routes,
 * schemas, examples, and our own marks ({@code x-kbs-…}). What of it is on, and for whom, is the
 * server's to know.
 */
package io.kbsserver.contract;
