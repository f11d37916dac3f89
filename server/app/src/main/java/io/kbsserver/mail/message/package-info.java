/** What mails say, and how they are built. */
@NullMarked
package io.kbsserver.mail.message;

import org.jspecify.annotations.NullMarked;
