/** Sends changes to webhooks, whichever server does it. */
@NullMarked
package io.kbsserver.webhooks.delivery;

import org.jspecify.annotations.NullMarked;
