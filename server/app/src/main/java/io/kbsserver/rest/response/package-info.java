/** What WordPress does to every answer: headers, envelope, fields, embedding, pages. */
@NullMarked
package io.kbsserver.rest.response;

import org.jspecify.annotations.NullMarked;
