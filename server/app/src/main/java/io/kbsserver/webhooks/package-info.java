/** Where changes are sent to, and what they are signed with. */
@NullMarked
package io.kbsserver.webhooks;

import org.jspecify.annotations.NullMarked;
