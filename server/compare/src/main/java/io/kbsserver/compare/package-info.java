/**
 * Compares two sites, request by request, and says which differences are meant. Knows servers only
 * from the outside.
 */
@NullMarked
package io.kbsserver.compare;

import org.jspecify.annotations.NullMarked;
