/**
 * Drills: what a night may bring, done for real and for some minutes. They are no part of the
 * build; docs/promises.md has the command and what was measured, and docs/operating.md that of
 * load, databases and clusters.
 */
package io.kbsserver.drill;
