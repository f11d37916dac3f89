/** The routes of the contract, and how requests find them. */
package io.kbsserver.rest.routing;
