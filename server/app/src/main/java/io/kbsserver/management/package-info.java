/** What whoever runs the server can ask it, on a port of its own. */
@NullMarked
package io.kbsserver.management;

import org.jspecify.annotations.NullMarked;
