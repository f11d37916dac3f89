/** What a request says, wherever it says it: its address, its query, its body. */
@NullMarked
package io.kbsserver.rest.request;

import org.jspecify.annotations.NullMarked;
