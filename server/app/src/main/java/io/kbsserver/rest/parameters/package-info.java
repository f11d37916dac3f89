/** Checks parameters against the contract, and hands them to the generated methods. */
package io.kbsserver.rest.parameters;
