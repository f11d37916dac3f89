/** Mails to customers and agents: who is owed one, what it says, and how it is sent. */
@NullMarked
package io.kbsserver.mail;

import org.jspecify.annotations.NullMarked;
