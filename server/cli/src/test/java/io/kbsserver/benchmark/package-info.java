/**
 * What requests cost, as ratios in one run: against a server that does nothing but answer, and
 * against the same request on a smaller site. By hand, and no part of the build;
 * docs/performance.md has the command and what was measured.
 */
package io.kbsserver.benchmark;
