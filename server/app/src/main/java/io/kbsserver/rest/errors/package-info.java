/** Which failure gets which answer, in the envelope of WordPress. */
package io.kbsserver.rest.errors;
