/** KBS Server: the REST API of the KB Support help desk as a server of its own. */
@NullMarked
package io.kbsserver;

import org.jspecify.annotations.NullMarked;
