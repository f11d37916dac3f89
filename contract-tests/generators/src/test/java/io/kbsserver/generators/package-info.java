/**
 * Clients as others generate them: with the usual generator and the options that it begins with.
 */
package io.kbsserver.generators;
