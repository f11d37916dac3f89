/** Checks parameters against the contract, and hands them to the generated methods. */
@NullMarked
package io.kbsserver.rest.parameters;

import org.jspecify.annotations.NullMarked;
