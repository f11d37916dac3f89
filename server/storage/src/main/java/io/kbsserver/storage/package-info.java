/**
 * The database that a process works on, built-in or elsewhere, and how statements are put together.
 */
@NullMarked
package io.kbsserver.storage;

import org.jspecify.annotations.NullMarked;
