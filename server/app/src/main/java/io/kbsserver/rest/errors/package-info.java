/** Which failure gets which answer, in the envelope of WordPress. */
@NullMarked
package io.kbsserver.rest.errors;

import org.jspecify.annotations.NullMarked;
