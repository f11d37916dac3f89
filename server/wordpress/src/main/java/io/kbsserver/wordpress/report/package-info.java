/** What an import says: how far it is, what it did, what was odd. */
@NullMarked
package io.kbsserver.wordpress.report;

import org.jspecify.annotations.NullMarked;
