/**
 * Drills: what a night may bring, done for real and for some minutes. They are no part of the
 * build; docs/operating.md has their commands and what was measured.
 */
package io.kbsserver.drill;
