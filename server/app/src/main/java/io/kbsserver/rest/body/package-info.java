/** What is in a query or a body, whichever way it is written: values, text, files. */
@NullMarked
package io.kbsserver.rest.body;

import org.jspecify.annotations.NullMarked;
