/** Takes what people answer by mail for replies to tickets, or puts it aside. */
@NullMarked
package io.kbsserver.mail.incoming;

import org.jspecify.annotations.NullMarked;
