/** Why a request is not fulfilled, without a word of HTTP. */
@NullMarked
package io.kbsserver.refusal;

import org.jspecify.annotations.NullMarked;
