/** The mock says what the contract says. */
package io.kbsserver.mock;
