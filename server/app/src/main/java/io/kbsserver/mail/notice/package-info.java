/** Which mails are owed to whom, by what the log tells. */
@NullMarked
package io.kbsserver.mail.notice;

import org.jspecify.annotations.NullMarked;
