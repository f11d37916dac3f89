/** Writing here: rows in batches, the ids that they have here, what was changed here meanwhile. */
package io.kbsserver.wordpress.destination;
