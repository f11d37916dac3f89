/** The logins that work on tickets. */
@NullMarked
package io.kbsserver.agents;

import org.jspecify.annotations.NullMarked;
