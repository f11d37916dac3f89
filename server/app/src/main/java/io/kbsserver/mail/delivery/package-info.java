/** Sends mails, whichever server does, or only records them. */
@NullMarked
package io.kbsserver.mail.delivery;

import org.jspecify.annotations.NullMarked;
