/** The routes of the contract, and how requests find them. */
@NullMarked
package io.kbsserver.rest.routing;

import org.jspecify.annotations.NullMarked;
