/** What WordPress does to every answer: headers, envelope, fields, embedding, pages. */
package io.kbsserver.rest.response;
