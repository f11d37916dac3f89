/**
 * What every list shares, whatever stands on it: which part of it is asked for and in which order,
 * the page with its exact total, and the reading of it. A route adds its table, its filters and how
 * its rows are read.
 */
@NullMarked
package io.kbsserver.list;

import org.jspecify.annotations.NullMarked;
